/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/home_networks.h"

#include "app/system/own_addresses.h"

#define SUBNET_BITS  64
#define LARGEST_BITS 48
#define ALONE_BITS   128

static const PlNetwork ipv6_global = { { { 0x20 }, 0 }, 3 }; /* RFC 4291 §2.4, as given out */
static const PlNetwork ipv6_link_local = { { { 0xfe, 0x80 }, 0 }, 10 };

static PlAddress
to_address (const PlOwnAddress *own)
{
  return own->family == G_SOCKET_FAMILY_IPV4 ? pl_address_from_ipv4 (own->octets, 0)
                                             : pl_address_from_ipv6 (own->octets, 0);
}

/* What one address says of the interface that has it. A link-local one says nothing: there is one
 * everywhere. */
typedef enum
{
  SAYS_NOTHING,
  SAYS_HOME,
  SAYS_STRANGERS,
} Says;

static Says
ask (const PlAddress *address)
{
  if (pl_network_contains (&ipv6_link_local, address))
    return SAYS_NOTHING;
  if (pl_address_is_private (address))
    return SAYS_HOME;
  return pl_address_is_ipv4 (address) ? SAYS_STRANGERS : SAYS_NOTHING;
}

static gboolean
is_home (const GArray *addresses, guint interface)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < addresses->len; i++)
    {
      const PlOwnAddress *own = &g_array_index (addresses, PlOwnAddress, i);
      PlAddress address = to_address (own);

      if (own->interface != interface)
        continue;
      switch (ask (&address))
        {
        case SAYS_NOTHING:
          break;
        case SAYS_HOME:
          is_any = TRUE;
          break;
        case SAYS_STRANGERS:
          return FALSE;
        }
    }
  return is_any;
}

static void
add_network (PlTrust *home, const PlOwnAddress *own)
{
  guint prefix_bits = own->prefix_bits == ALONE_BITS ? SUBNET_BITS : own->prefix_bits;
  PlAddress address = to_address (own);
  PlNetwork network = pl_network_around (&address, prefix_bits);

  if (prefix_bits >= LARGEST_BITS && pl_network_contains (&ipv6_global, &address))
    pl_trust_add_network (home, &network);
}

PlTrust *
pl_home_networks_of (const GArray *addresses)
{
  PlTrust *home = pl_trust_new ();

  for (guint i = 0; i < addresses->len; i++)
    {
      const PlOwnAddress *own = &g_array_index (addresses, PlOwnAddress, i);

      if (own->family == G_SOCKET_FAMILY_IPV6 && own->kind == PL_INTERFACE_NETWORK
          && is_home (addresses, own->interface))
        add_network (home, own);
    }
  return home;
}

PlTrust *
pl_home_networks_read (void)
{
  g_autoptr (GArray) addresses = pl_own_addresses_read ();

  return pl_home_networks_of (addresses);
}
