/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clients of one worker. Each session stands in the list from its begin until its connection
 * is closed, and says so then. */

#pragma once

#include "net/exchange/supplies.h"

/**
 * PlSessions:
 * @supplies: what the worker lends; borrowed
 * @list: of PlSession, in the order they began
 * @http2_grown_bytes: by how much windows of uploads over HTTP/2 are larger than they began, in all
 * @on_ended: called with @user_data when a session has left @list and closed its connection
 */
typedef struct
{
  PlSupplies *supplies;
  GQueue list;
  guint64 http2_grown_bytes;
  void (*on_ended) (gpointer user_data);
  gpointer user_data;
} PlSessions;
