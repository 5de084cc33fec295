/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/listening.c: what a socket that somebody else has opened is, and whom it takes. */

#include "net/io/listening.h"

#include <gio/gio.h>
#include <gio/gnetworking.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "net/io/inet_address.h"

static PlAddress
get_address (const char *text, guint16 port)
{
  PlAddress address;

  g_assert_true (pl_address_parse (pl_slice_from_string (text), &address));
  address.port = port;
  return address;
}

/* Returns: (nullable): bound to @text, at a port of the system's choice; %NULL without IPv6 */
static GSocket *
bind_to (const char *text, gboolean ipv6_only, GSocketType type)
{
  PlAddress address = get_address (text, 0);
  g_autoptr (GSocketAddress) at = pl_address_to_socket_address (&address);
  g_autoptr (GSocket) gsocket
      = g_socket_new (g_socket_address_get_family (at), type, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  if (gsocket == NULL)
    return NULL;
  g_socket_set_option (gsocket, IPPROTO_IPV6, IPV6_V6ONLY, ipv6_only, NULL);
  return g_socket_bind (gsocket, at, TRUE, NULL) ? g_steal_pointer (&gsocket) : NULL;
}

static void
test_only_what_listens_for_tcp (void)
{
  g_autoptr (GSocket) udp = bind_to ("127.0.0.1", FALSE, G_SOCKET_TYPE_DATAGRAM);
  g_autoptr (GSocket) tcp = bind_to ("127.0.0.1", FALSE, G_SOCKET_TYPE_STREAM);
  PlListening listening;

  g_assert_false (pl_listening_inspect (-1, &listening));
  g_assert_false (pl_listening_inspect (g_socket_get_fd (udp), &listening));
  g_assert_false (pl_listening_inspect (g_socket_get_fd (tcp), &listening));
  g_assert_true (g_socket_listen (tcp, NULL));
  g_assert_true (pl_listening_inspect (g_socket_get_fd (tcp), &listening));
  g_assert_true (pl_address_is_loopback (&listening.address));
  g_assert_cmpuint (listening.address.port, !=, 0);
}

static void
test_of_the_local_family_is_none (void)
{
  g_autofree char *folder = g_dir_make_tmp ("porchlight-listening-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  g_autoptr (GSocketAddress) at = g_unix_socket_address_new (path);
  g_autoptr (GSocket) local
      = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  PlListening listening;

  g_assert_true (g_socket_bind (local, at, FALSE, NULL) && g_socket_listen (local, NULL));
  g_assert_false (pl_listening_inspect (g_socket_get_fd (local), &listening));
  g_remove (path);
  g_rmdir (folder);
}

/* @covered: of these in this order */
static void
assert_covers (const char *text, gboolean ipv6_only, const char *covered)
{
  static const char *const all[]
      = { "127.0.0.1", "0.0.0.0", "192.168.1.2", "::1", "::", "fd00::2" };
  g_autoptr (GSocket) gsocket = bind_to (text, ipv6_only, G_SOCKET_TYPE_STREAM);
  PlListening listening;

  if (gsocket == NULL)
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  g_assert_true (g_socket_listen (gsocket, NULL));
  g_assert_true (pl_listening_inspect (g_socket_get_fd (gsocket), &listening));
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      PlAddress address = get_address (all[i], listening.address.port);

      g_assert_cmpint (pl_listening_covers (&listening, &address), ==, covered[i] == '+');
      address.port ^= 1;
      g_assert_false (pl_listening_covers (&listening, &address));
    }
}

static void
test_covers (void)
{
  assert_covers ("127.0.0.1", FALSE, "+-----");
  assert_covers ("0.0.0.0", FALSE, "+++---");
  assert_covers ("::1", FALSE, "---+--");
  assert_covers ("::", TRUE, "---+++");
  assert_covers ("::", FALSE, "++++++");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listening/only-what-listens-for-tcp", test_only_what_listens_for_tcp);
  g_test_add_func ("/listening/of-the-local-family-is-none", test_of_the_local_family_is_none);
  g_test_add_func ("/listening/covers", test_covers);
  return g_test_run ();
}
