/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The IPv4 addresses this computer has, and what lies behind each. */

#pragma once

#include "app/system/own_addresses.h"

/**
 * PlInterface:
 * @address, @mask: in host order: 0xc0a80114, 0xffffff00
 */
typedef struct
{
  PlInterfaceKind kind;
  guint32 address;
  guint32 mask;
} PlInterface;

/** pl_interfaces_read: (transfer full) (element-type PlInterface): those that are up. */
GArray *pl_interfaces_read (void);

/** pl_interfaces_has: whether @host is a literal IPv4 address out of @interfaces, or one of
 * loopback, or a name of that. */
gboolean pl_interfaces_has (const GArray *interfaces, const char *host);

/** pl_interface_is_private: RFC 1918: a home network. */
gboolean pl_interface_is_private (const PlInterface *interface);

/** pl_ipv4_dup_text: (transfer full): `192.168.1.20`. */
char *pl_ipv4_dup_text (guint32 address);
