/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ranges (netsh int ipv4 show excludedportrange tcp) are told to no program; but a port in one
 * of them is refused in another way than one that is taken. A socket that was only bound is noticed
 * by nobody, no firewall either. */

#include <gio/gio.h>

#include "app/system/port_owner.h"

static gboolean
is_refused (GSocketFamily family, guint16 port)
{
  g_autoptr (GSocket) socket
      = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) any = g_inet_address_new_any (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (any, port);
  g_autoptr (GError) error = NULL;

  return socket != NULL && !g_socket_bind (socket, address, FALSE, &error)
         && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

/* A program that wants a port for itself alone has others refused in the same way. */
PlPortKeeper
pl_port_find_keeper (guint16 port)
{
  gboolean is_kept
      = is_refused (G_SOCKET_FAMILY_IPV4, port) || is_refused (G_SOCKET_FAMILY_IPV6, port);

  return is_kept && pl_port_owner_is_free (port) ? PL_PORT_KEPT_BY_WINDOWS : PL_PORT_KEPT_BY_NOBODY;
}
