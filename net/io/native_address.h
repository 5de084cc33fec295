/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The system's form of an address to ours and back; alike on every system that has sockets. */

#pragma once

#include <string.h>

#include <gio/gnetworking.h>

#include "net/route/address.h"

/** PlNativeAddress: as bind(), connect() and accept() take and give it. */
typedef union
{
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} PlNativeAddress;

/**
 * pl_native_address_fill:
 * @address: an IPv4 address is written as one, not mapped into IPv6
 * @native: (out):
 *
 * Returns: how many octets of @native count
 */
static inline socklen_t
pl_native_address_fill (PlNativeAddress *native, const PlAddress *address)
{
  *native = (PlNativeAddress){ 0 };
  if (pl_address_is_ipv4 (address))
    {
      native->v4.sin_family = AF_INET;
      native->v4.sin_port = g_htons (address->port);
      memcpy (&native->v4.sin_addr, address->bytes + 12, 4);
      return sizeof native->v4;
    }
  native->v6.sin6_family = AF_INET6;
  native->v6.sin6_port = g_htons (address->port);
  memcpy (&native->v6.sin6_addr, address->bytes, 16);
  return sizeof native->v6;
}

static inline PlAddress
pl_address_from_native (const PlNativeAddress *native)
{
  if (native->any.sa_family == AF_INET)
    return pl_address_from_ipv4 ((const guint8 *) &native->v4.sin_addr,
                                 g_ntohs (native->v4.sin_port));
  return pl_address_from_ipv6 (native->v6.sin6_addr.s6_addr, g_ntohs (native->v6.sin6_port));
}
