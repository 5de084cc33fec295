/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/listening.h"

#include <string.h>

#include <gio/gnetworking.h>

#include "net/io/inet_address.h"

static int
get_option (int descriptor, int level, int option)
{
  int value = 0;
  socklen_t length = sizeof value;

  return getsockopt (descriptor, level, option, (void *) &value, &length) == 0 ? value : 0;
}

static gboolean
read_address (int descriptor, PlAddress *address)
{
  struct sockaddr_storage native = { 0 };
  socklen_t length = sizeof native;
  g_autoptr (GSocketAddress) bound = NULL;
  GInetSocketAddress *inet;

  if (getsockname (descriptor, (struct sockaddr *) &native, &length) < 0)
    return FALSE;
  bound = g_socket_address_new_from_native (&native, length);
  if (!G_IS_INET_SOCKET_ADDRESS (bound))
    return FALSE;
  inet = G_INET_SOCKET_ADDRESS (bound);
  *address = pl_address_from_inet_address (g_inet_socket_address_get_address (inet),
                                           g_inet_socket_address_get_port (inet));
  return TRUE;
}

gboolean
pl_listening_inspect (int descriptor, PlListening *listening)
{
  PlAddress address;

  if (get_option (descriptor, SOL_SOCKET, SO_ACCEPTCONN) == 0
      || get_option (descriptor, SOL_SOCKET, SO_TYPE) != SOCK_STREAM
      || !read_address (descriptor, &address))
    return FALSE;
  listening->address = address;
  listening->takes_ipv4
      = !pl_address_is_ipv4 (&address) && get_option (descriptor, IPPROTO_IPV6, IPV6_V6ONLY) == 0;
  return TRUE;
}

/* 0.0.0.0 and ::, which are for all addresses of their kind. */
static gboolean
is_any (const PlAddress *address)
{
  static const guint8 zeros[16];

  return memcmp (address->bytes + 12, zeros, 4) == 0
         && (pl_address_is_ipv4 (address) || memcmp (address->bytes, zeros, 12) == 0);
}

gboolean
pl_listening_covers (const PlListening *listening, const PlAddress *address)
{
  const PlAddress *own = &listening->address;

  if (own->port != address->port)
    return FALSE;
  if (pl_address_is_same_host (own, address))
    return TRUE;
  if (!is_any (own))
    return FALSE;
  return pl_address_is_ipv4 (own) == pl_address_is_ipv4 (address)
         || (listening->takes_ipv4 && pl_address_is_ipv4 (address));
}
