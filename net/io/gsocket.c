/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/gsocket.h"

#include <gio/gnetworking.h>

#include "net/io/inet_address.h"
#include "net/io/keep_alive.h"
#include "net/io/vanished.h"

/* A socket without such an option works too, only less well. */
static void
set_flag (GSocket *gsocket, int level, int option, int value)
{
  (void) g_socket_set_option (gsocket, level, option, value, NULL);
}

static void
set_up_connection (GSocket *gsocket)
{
  g_socket_set_blocking (gsocket, FALSE);
  set_flag (gsocket, IPPROTO_TCP, TCP_NODELAY, 1);
  pl_keep_alive (g_socket_get_fd (gsocket), PL_KEEP_ALIVE_IDLE_S, PL_KEEP_ALIVE_INTERVAL_S,
                 PL_KEEP_ALIVE_PROBES);
}

static GSocket *
new_socket (const PlAddress *address, GError **error)
{
  GSocketFamily family = pl_address_is_ipv4 (address) ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  GSocket *gsocket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (gsocket != NULL)
    set_up_connection (gsocket);
  return gsocket;
}

GSocket *
pl_gsocket_listen (const PlAddress *address, gboolean shared, GError **error)
{
  g_autoptr (GSocket) gsocket = new_socket (address, error);
  g_autoptr (GSocketAddress) socket_address = pl_address_to_socket_address (address);

  if (gsocket == NULL)
    return NULL;
  if (!pl_address_is_ipv4 (address))
    set_flag (gsocket, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  g_socket_set_listen_backlog (gsocket, PL_LISTEN_BACKLOG);
  if (!pl_gsocket_bind (gsocket, socket_address, shared, error)
      || !g_socket_listen (gsocket, error))
    return NULL;
  return g_steal_pointer (&gsocket);
}

GSocket *
pl_gsocket_adopt (int descriptor)
{
  GSocket *gsocket = g_socket_new_from_fd (descriptor, NULL);

  if (gsocket != NULL)
    set_up_connection (gsocket);
  return gsocket;
}

/* Takes @in. */
static gboolean
read_socket_address (GSocketAddress *in, PlAddress *out)
{
  g_autoptr (GSocketAddress) address = in;
  GInetSocketAddress *inet;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return FALSE;
  inet = G_INET_SOCKET_ADDRESS (address);
  *out = pl_address_from_inet_address (g_inet_socket_address_get_address (inet),
                                       g_inet_socket_address_get_port (inet));
  return TRUE;
}

GSocket *
pl_gsocket_accept (GSocket *listener, PlAddress *peer, GError **error)
{
  GSocket *gsocket;

  /* One that has no peer is gone again: the next. */
  while ((gsocket = g_socket_accept (listener, NULL, error)) != NULL
         && !read_socket_address (g_socket_get_remote_address (gsocket, NULL), peer))
    g_object_unref (gsocket);

  if (gsocket != NULL)
    set_up_connection (gsocket);
  return gsocket;
}

GSocket *
pl_gsocket_connect (const PlAddress *address, GError **error)
{
  g_autoptr (GSocketAddress) socket_address = pl_address_to_socket_address (address);
  g_autoptr (GSocket) gsocket = new_socket (address, error);
  g_autoptr (GError) problem = NULL;

  if (gsocket == NULL)
    return NULL;
  pl_keep_alive (g_socket_get_fd (gsocket), PL_UPSTREAM_KEEP_ALIVE_IDLE_S,
                 PL_UPSTREAM_KEEP_ALIVE_INTERVAL_S, PL_UPSTREAM_KEEP_ALIVE_PROBES);
  pl_vanished_limit (g_socket_get_fd (gsocket), PL_VANISHED_LIMIT_S);
  if (g_socket_connect (gsocket, socket_address, NULL, &problem)
      || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PENDING))
    return g_steal_pointer (&gsocket);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

gboolean
pl_gsocket_get_local_address (GSocket *gsocket, PlAddress *address)
{
  return read_socket_address (g_socket_get_local_address (gsocket, NULL), address);
}

/* g_socket_set_option() takes an int, and lingering is a struct. */
void
pl_gsocket_end_by_reset (GSocket *gsocket)
{
  struct linger now = { .l_onoff = 1, .l_linger = 0 };

  (void) setsockopt (g_socket_get_fd (gsocket), SOL_SOCKET, SO_LINGER, (const void *) &now,
                     sizeof now);
}
