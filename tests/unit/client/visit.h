/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client that comes to a house: what tests of clients' connections stand on. */

#pragma once

#include "net/client/arrival/arrival.h"
#include "tests/unit/exchange/house.h"

/** Visit: @client: its end of the connection; @n_ended: how many sessions have. */
typedef struct
{
  House house;
  PlSessions sessions;
  PeerEnd client;
  guint n_ended;
} Visit;

/** visit_open: a client has connected, and its session has begun. */
void visit_open (Visit *visit, Fixture *fixture);
void visit_close (Visit *visit);
