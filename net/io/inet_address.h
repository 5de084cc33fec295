/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GIO's form of an address to ours and back. */

#pragma once

#include <gio/gio.h>

#include "net/route/address.h"

static inline PlAddress
pl_address_from_inet_address (GInetAddress *address, guint16 port)
{
  const guint8 *octets = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return pl_address_from_ipv4 (octets, port);
  return pl_address_from_ipv6 (octets, port);
}

/** pl_address_to_socket_address: (transfer full): an IPv4 address as one, not mapped into IPv6. */
static inline GSocketAddress *
pl_address_to_socket_address (const PlAddress *address)
{
  gboolean is_ipv4 = pl_address_is_ipv4 (address);
  g_autoptr (GInetAddress) inet_address = g_inet_address_new_from_bytes (
      address->bytes + (is_ipv4 ? 12 : 0), is_ipv4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);

  return g_inet_socket_address_new (inet_address, address->port);
}
