/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts of addresses, and the networks every reader of an RFC knows by heart. Reading is left to
 * inet_pton(), which knows all spellings; writing is done here, since every request needs it and
 * inet_ntop() goes through printf. */

#include "net/route/address.h"

#include <gio/gnetworking.h>

#define IPV4_OFFSET      12 /* of the four octets in ::ffff:a.b.c.d */
#define IPV4_PREFIX_BITS 96
#define N_GROUPS         8

static const guint8 ipv4_prefix[IPV4_OFFSET] = { [10] = 0xff, [11] = 0xff };

/* Of "::ffff:255.255.255.255", the longest text inet_pton() may be given, with its terminator. */
#define LONGEST_HOST_BYTES 46

#define IPV4_NETWORK(a, b, bits)                                                                   \
  {                                                                                                \
    { { [10] = 0xff, 0xff, a, b }, 0 }, IPV4_PREFIX_BITS + (bits)                                  \
  }

static const PlNetwork private_networks[] = {
  IPV4_NETWORK (10, 0, 8),       IPV4_NETWORK (172, 16, 12), IPV4_NETWORK (192, 168, 16),
  IPV4_NETWORK (169, 254, 16),   IPV4_NETWORK (100, 64, 10), { { { 0xfc }, 0 }, 7 },
  { { { 0xfe, 0x80 }, 0 }, 10 },
};

static const PlNetwork ipv4_loopback = IPV4_NETWORK (127, 0, 8);
static const PlNetwork ipv6_loopback = { { { [15] = 1 }, 0 }, 128 };

PlAddress
pl_address_from_ipv4 (const guint8 *octets, guint16 port)
{
  PlAddress address = { .port = port };

  memcpy (address.bytes, ipv4_prefix, sizeof ipv4_prefix);
  memcpy (address.bytes + IPV4_OFFSET, octets, 4);
  return address;
}

PlAddress
pl_address_from_ipv6 (const guint8 *octets, guint16 port)
{
  PlAddress address = { .port = port };

  memcpy (address.bytes, octets, sizeof address.bytes);
  return address;
}

gboolean
pl_address_is_ipv4 (const PlAddress *address)
{
  return memcmp (address->bytes, ipv4_prefix, sizeof ipv4_prefix) == 0;
}

static gboolean
parse_port (PlSlice text, guint16 *port)
{
  guint value = 0;

  if (text.length == 0 || text.length > strlen ("65535"))
    return FALSE;

  for (gsize i = 0; i < text.length; i++)
    {
      if (!g_ascii_isdigit (text.bytes[i]))
        return FALSE;
      value = value * 10 + (text.bytes[i] - '0');
    }
  *port = value;
  return value > 0 && value <= G_MAXUINT16;
}

static gboolean
parse_host (PlSlice text, gboolean is_ipv6, PlAddress *address)
{
  char terminated[LONGEST_HOST_BYTES];
  guint8 octets[16];

  if (text.length == 0 || text.length >= sizeof terminated
      || memchr (text.bytes, '\0', text.length) != NULL)
    return FALSE;

  memcpy (terminated, text.bytes, text.length);
  terminated[text.length] = '\0';
  if (inet_pton (is_ipv6 ? AF_INET6 : AF_INET, terminated, octets) != 1)
    return FALSE;

  *address = is_ipv6 ? pl_address_from_ipv6 (octets, 0) : pl_address_from_ipv4 (octets, 0);
  return TRUE;
}

static gboolean
parse_bracketed (PlSlice text, PlAddress *address)
{
  const char *bracket = memchr (text.bytes, ']', text.length);
  PlSlice host, rest;

  if (bracket == NULL)
    return FALSE;

  host = pl_slice (text.bytes + 1, bracket - text.bytes - 1);
  rest = pl_slice_from (text, host.length + 2);
  if (!parse_host (host, TRUE, address))
    return FALSE;
  return rest.length == 0
         || (rest.bytes[0] == ':' && parse_port (pl_slice_from (rest, 1), &address->port));
}

gboolean
pl_address_parse (PlSlice text, PlAddress *address)
{
  const char *colon;
  gsize host_length;

  if (text.length == 0)
    return FALSE;
  if (text.bytes[0] == '[')
    return parse_bracketed (text, address);

  colon = memchr (text.bytes, ':', text.length);
  if (colon == NULL)
    return parse_host (text, FALSE, address);

  /* A dot before the first colon: IPv4 with a port. IPv6 has its dots, if any, at the end. */
  host_length = colon - text.bytes;
  if (memchr (text.bytes, '.', host_length) == NULL)
    return parse_host (text, TRUE, address);
  return parse_host (pl_slice (text.bytes, host_length), FALSE, address)
         && parse_port (pl_slice_from (text, host_length + 1), &address->port);
}

static void
write_ipv4 (const guint8 *octets, PlWriter *writer)
{
  for (guint i = 0; i < 4; i++)
    {
      if (i > 0)
        pl_writer_add_char (writer, '.');
      pl_writer_add_decimal (writer, octets[i]);
    }
}

static guint
get_group (const PlAddress *address, guint index)
{
  return address->bytes[index * 2] << 8 | address->bytes[index * 2 + 1];
}

/* Finds the zeros that `::` stands for: the longest run of two or more, of equals the first (RFC
 * 5952 §4.2). Returns how many; @start is past the end where there are none. */
static guint
find_zero_groups (const PlAddress *address, guint *start)
{
  guint longest = 1;
  guint run = 0;

  *start = N_GROUPS;
  for (guint i = 0; i < N_GROUPS; i++)
    {
      run = get_group (address, i) == 0 ? run + 1 : 0;
      if (run > longest)
        {
          longest = run;
          *start = i + 1 - run;
        }
    }
  return *start < N_GROUPS ? longest : 0;
}

static void
write_group (guint group, PlWriter *writer)
{
  static const char digits[] = "0123456789abcdef";
  int shift = 12;

  while (shift > 0 && group >> shift == 0)
    shift -= 4;
  for (; shift >= 0; shift -= 4)
    pl_writer_add_char (writer, digits[group >> shift & 0xf]);
}

static void
write_ipv6 (const PlAddress *address, PlWriter *writer)
{
  guint zeros_start;
  guint n_zeros = find_zero_groups (address, &zeros_start);

  for (guint i = 0; i < N_GROUPS; i++)
    {
      if (i == zeros_start)
        {
          pl_writer_add (writer, PL_SLICE ("::"));
          i += n_zeros - 1;
          continue;
        }
      if (i > 0 && i != zeros_start + n_zeros)
        pl_writer_add_char (writer, ':');
      write_group (get_group (address, i), writer);
    }
}

void
pl_address_write_host (const PlAddress *address, PlWriter *writer)
{
  if (pl_address_is_ipv4 (address))
    write_ipv4 (address->bytes + IPV4_OFFSET, writer);
  else
    write_ipv6 (address, writer);
}

void
pl_address_write (const PlAddress *address, PlWriter *writer)
{
  gboolean is_bracketed = address->port != 0 && !pl_address_is_ipv4 (address);

  if (is_bracketed)
    pl_writer_add_char (writer, '[');
  pl_address_write_host (address, writer);
  if (is_bracketed)
    pl_writer_add_char (writer, ']');
  if (address->port != 0)
    {
      pl_writer_add_char (writer, ':');
      pl_writer_add_decimal (writer, address->port);
    }
}

PlNetwork
pl_network_around (const PlAddress *address, guint prefix_bits)
{
  PlNetwork network = { .address = *address, .prefix_bits = prefix_bits };

  network.address.port = 0;
  for (guint bit = prefix_bits; bit < sizeof address->bytes * 8; bit++)
    network.address.bytes[bit / 8] &= ~(0x80 >> bit % 8);
  return network;
}

gboolean
pl_network_equal (const PlNetwork *a, const PlNetwork *b)
{
  return a->prefix_bits == b->prefix_bits && pl_address_is_same_host (&a->address, &b->address);
}

gboolean
pl_network_contains (const PlNetwork *network, const PlAddress *address)
{
  const guint8 *theirs = network->address.bytes;
  const guint8 *ours = address->bytes;
  guint whole_bytes = network->prefix_bits / 8;
  guint8 last_mask = 0xff00 >> network->prefix_bits % 8;

  if (pl_address_is_ipv4 (address) != pl_address_is_ipv4 (&network->address)
      || memcmp (ours, theirs, whole_bytes) != 0)
    return FALSE;
  return last_mask == 0 || ((ours[whole_bytes] ^ theirs[whole_bytes]) & last_mask) == 0;
}

gboolean
pl_address_is_same_host (const PlAddress *a, const PlAddress *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

guint
pl_address_hash_host (const PlAddress *address)
{
  guint hash = 0;

  for (guint i = 0; i < sizeof address->bytes; i++)
    hash = hash * 33 + address->bytes[i];
  return hash;
}

gboolean
pl_address_equal (const PlAddress *a, const PlAddress *b)
{
  return a->port == b->port && pl_address_is_same_host (a, b);
}

gboolean
pl_address_is_loopback (const PlAddress *address)
{
  return pl_network_contains (&ipv4_loopback, address)
         || pl_network_contains (&ipv6_loopback, address);
}

gboolean
pl_address_is_private (const PlAddress *address)
{
  for (guint i = 0; i < G_N_ELEMENTS (private_networks); i++)
    if (pl_network_contains (&private_networks[i], address))
      return TRUE;
  return pl_address_is_loopback (address);
}
