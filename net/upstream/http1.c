/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/http1.h"

static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *connection)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
}

void
pl_http1_use (SoupMessage *message)
{
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), NULL);
}
