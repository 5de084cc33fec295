/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which networks of this computer are a home: who is there may come in with exposure=network,
 * whatever the number. Why these: docs/adr/012-who-is-home.md. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * pl_home_networks_of: (transfer full):
 * @addresses: (element-type PlOwnAddress): all that this computer has
 *
 * Private addresses are home wherever they come from, so here are the others: the global IPv6
 * networks of interfaces that
 * - lead to other computers: no tunnels, no bridges to containers;
 * - have a private address too (RFC 1918, or fc00::/7), as everything behind a home's router has;
 * - have no public IPv4 address: such a computer is at a provider, among strangers.
 *
 * An address given alone (`/128`, as DHCPv6 does) stands for the 64 bits around it (RFC 4291
 * §2.5.1); a network larger than a home gets (48 bits, RFC 6177) is left out.
 */
PlTrust *pl_home_networks_of (const GArray *addresses);

/** pl_home_networks_read: (transfer full): those of now. */
PlTrust *pl_home_networks_read (void);
