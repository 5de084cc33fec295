/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The addresses this computer has, and what lies behind each. */

#pragma once

#include <gio/gio.h>

/**
 * PlInterfaceKind:
 * @PL_INTERFACE_LOOPBACK: this computer
 * @PL_INTERFACE_BRIDGE: containers and virtual machines on it, and nobody else
 * @PL_INTERFACE_TUNNEL: a single other end, such as a VPN
 * @PL_INTERFACE_NETWORK: other computers
 */
typedef enum
{
  PL_INTERFACE_LOOPBACK,
  PL_INTERFACE_BRIDGE,
  PL_INTERFACE_TUNNEL,
  PL_INTERFACE_NETWORK,
} PlInterfaceKind;

/**
 * PlOwnAddress:
 * @interface: a number of the interface that has it
 * @family: %G_SOCKET_FAMILY_IPV4 or %G_SOCKET_FAMILY_IPV6
 * @octets: in network order; 4 or 16 of them
 * @prefix_bits: how many of them name the network
 */
typedef struct
{
  guint interface;
  PlInterfaceKind kind;
  GSocketFamily family;
  guint8 octets[16];
  guint prefix_bits;
} PlOwnAddress;

/** pl_own_addresses_read: (transfer full) (element-type PlOwnAddress): those of interfaces that are
 * up. */
GArray *pl_own_addresses_read (void);
