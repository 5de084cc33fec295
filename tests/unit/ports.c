/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/ports.h"

GSocketListener *
port_take (guint16 port, guint16 *taken)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocketAddress) effective = NULL;

  if (!g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &effective, NULL))
    return NULL;
  *taken = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return g_steal_pointer (&listener);
}

/* Bound to all addresses, so that none of them is somebody's. */
static gboolean
is_free (guint16 port)
{
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("0.0.0.0", port);

  return g_socket_bind (socket, address, FALSE, NULL);
}

/* Below those that connections are made from, and those that tests in Python choose from beside
 * this one (tests/wire/harness/daemon.py): one of them may have either. */
guint16
port_find_free (void)
{
  static gboolean is_given[20000];
  guint16 port;

  do
    port = (guint16) g_random_int_range (10000, 20000 - 1);
  while (is_given[port] || is_given[port + 1] || !is_free (port) || !is_free (port + 1));
  is_given[port] = is_given[port + 1] = TRUE;
  return port;
}

guint16
port_hold (const char *address, guint16 port)
{
  static GPtrArray *held;
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocketAddress) bound = NULL;

  if (!g_socket_bind (socket, wanted, FALSE, NULL))
    return 0;
  if (held == NULL)
    held = g_ptr_array_new_with_free_func (g_object_unref);
  bound = g_socket_get_local_address (socket, NULL);
  g_ptr_array_add (held, g_steal_pointer (&socket));
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}
