/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The live connection that Immich's pages and apps hold, tried: socket.io over WebSocket, as far
 * as one gets without a login. */

#pragma once

#include <libsoup/soup.h>

/**
 * PlLiveProbe:
 * @is_upgraded: the connection became a WebSocket
 * @status: what the answer was otherwise; 0: there was none
 * @greeting_us: from the start until Immich said the first word; -1: it did not
 * @reply_us: from a message of ours to the next of its; -1: none came
 */
typedef struct
{
  gboolean is_upgraded;
  guint status;
  gint64 greeting_us;
  gint64 reply_us;
} PlLiveProbe;

void pl_live_probe_async (SoupSession *session,
                          const char *url,
                          guint timeout_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/** pl_live_probe_finish: (transfer full): to be freed by g_free(); %NULL only with
 * %G_IO_ERROR_CANCELLED. */
PlLiveProbe *pl_live_probe_finish (GAsyncResult *result, GError **error);
