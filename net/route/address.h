/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses as values: what trust and exposure are decided on. No sockets. */

#pragma once

#include "net/http/slice.h"
#include "net/http/write.h"

/** PL_ADDRESS_TEXT_BYTES: room for the longest text of an address, `[v6]:port`; not terminated. */
#define PL_ADDRESS_TEXT_BYTES 48

/**
 * PlAddress:
 * @bytes: in network order; IPv4 as IPv4-mapped IPv6 (::ffff:a.b.c.d), so that one peer has one
 *   form whichever kind of socket it came through
 * @port: in host order; 0 where there is none
 */
typedef struct
{
  guint8 bytes[16];
  guint16 port;
} PlAddress;

/** pl_address_from_ipv4: @octets are four, in network order. */
PlAddress pl_address_from_ipv4 (const guint8 *octets, guint16 port);

/** pl_address_from_ipv6: @octets are sixteen, in network order; a scope is not kept. */
PlAddress pl_address_from_ipv6 (const guint8 *octets, guint16 port);

/** pl_address_is_ipv4: whether it is an IPv4 address, also one that was written `::ffff:1.2.3.4`.
 */
gboolean pl_address_is_ipv4 (const PlAddress *address);

/**
 * pl_address_parse:
 * @text: an address without a port: `192.168.1.2`, `fe80::1`, `[::1]`, or with one:
 *   `1.2.3.4:80`, `[::1]:80`
 * @address: (out): set when it is one
 *
 * Strict: dotted decimal of four parts without leading zeros, RFC 4291 §2.2 text, a port of
 * 1-65535. A zone (`%eth0`) is refused.
 *
 * Returns: %FALSE when it is none
 */
gboolean pl_address_parse (PlSlice text, PlAddress *address);

/**
 * pl_address_write_host:
 *
 * Adds the address alone, as X-Real-IP wants it: `192.168.1.2`, `2001:db8::1` (RFC 5952, no
 * brackets).
 */
void pl_address_write_host (const PlAddress *address, PlWriter *writer);

/** pl_address_write: with its port if there is one: `192.168.1.2:80`, `[::1]:80`. */
void pl_address_write (const PlAddress *address, PlWriter *writer);

/** pl_address_is_same_host: whether both are the same address, whatever their ports. */
gboolean pl_address_is_same_host (const PlAddress *a, const PlAddress *b);

/** pl_address_hash_host: the same for all that are the same whatever their ports, for a table of
 * few; who may choose them can choose such that collide. */
guint pl_address_hash_host (const PlAddress *address);

/** pl_address_equal: whether their ports are the same, too. */
gboolean pl_address_equal (const PlAddress *a, const PlAddress *b);

/** pl_address_is_loopback: 127.0.0.0/8 or ::1. */
gboolean pl_address_is_loopback (const PlAddress *address);

/**
 * pl_address_is_private:
 *
 * Whether it can only be in the owner's own network: loopback, RFC 1918, link-local (169.254/16,
 * fe80::/10), unique local (fc00::/7), carrier-grade NAT 100.64/10 (which Tailscale uses).
 */
gboolean pl_address_is_private (const PlAddress *address);

/**
 * PlNetwork:
 * @address: where it begins; its bits past @prefix_bits are zero
 * @prefix_bits: 0-128; of an IPv4 network, 96 more than people write
 */
typedef struct
{
  PlAddress address;
  guint prefix_bits;
} PlNetwork;

/** pl_network_around: the network of @prefix_bits that @address is in; these count from the start
 * of its 128 bits, also for IPv4. */
PlNetwork pl_network_around (const PlAddress *address, guint prefix_bits);

/** pl_network_equal: whether both hold the same addresses. */
gboolean pl_network_equal (const PlNetwork *a, const PlNetwork *b);

/**
 * pl_network_contains:
 *
 * Whether @address is in @network. An IPv6 network never holds an IPv4 address: `::/0` does not
 * mean `0.0.0.0/0` too.
 */
gboolean pl_network_contains (const PlNetwork *network, const PlAddress *address);
