/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/own_addresses.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

/* As Docker, Podman, libvirt and Kubernetes name them. */
static const char *const bridges[] = { "docker", "br-", "veth", "virbr", "podman", "cni" };

static gboolean
is_bridge (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (bridges); i++)
    if (g_str_has_prefix (name, bridges[i]))
      return TRUE;
  return FALSE;
}

static PlInterfaceKind
kind_of (const struct ifaddrs *at)
{
  if ((at->ifa_flags & IFF_LOOPBACK) != 0)
    return PL_INTERFACE_LOOPBACK;
  if (is_bridge (at->ifa_name))
    return PL_INTERFACE_BRIDGE;
  return (at->ifa_flags & IFF_POINTOPOINT) != 0 ? PL_INTERFACE_TUNNEL : PL_INTERFACE_NETWORK;
}

/* Returns: how many octets were read: 0 for a family that is not of the internet */
static guint
read_octets (const struct sockaddr *address, guint8 *octets)
{
  if (address == NULL)
    return 0;
  if (address->sa_family == AF_INET)
    {
      const struct sockaddr_in *ipv4 = (const struct sockaddr_in *) (const void *) address;
      memcpy (octets, &ipv4->sin_addr, 4);
      return 4;
    }
  if (address->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *) (const void *) address;
      memcpy (octets, &ipv6->sin6_addr, 16);
      return 16;
    }
  return 0;
}

static guint
count_prefix_bits (const guint8 *mask, guint n_octets)
{
  guint n_bits = 0;

  while (n_bits < n_octets * 8 && (mask[n_bits / 8] & 0x80 >> n_bits % 8) != 0)
    n_bits++;
  return n_bits;
}

static gboolean
read_own_address (const struct ifaddrs *at, PlOwnAddress *own)
{
  guint8 mask[16];
  guint n_octets = read_octets (at->ifa_addr, own->octets);

  if (n_octets == 0 || (at->ifa_flags & IFF_UP) == 0)
    return FALSE;
  own->interface = if_nametoindex (at->ifa_name);
  own->kind = kind_of (at);
  own->family = n_octets == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  own->prefix_bits = read_octets (at->ifa_netmask, mask) == n_octets
                         ? count_prefix_bits (mask, n_octets)
                         : n_octets * 8;
  return TRUE;
}

GArray *
pl_own_addresses_read (void)
{
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (PlOwnAddress));
  struct ifaddrs *all = NULL;

  if (getifaddrs (&all) != 0)
    return addresses;
  for (const struct ifaddrs *at = all; at != NULL; at = at->ifa_next)
    {
      PlOwnAddress own = { 0 };
      if (read_own_address (at, &own))
        g_array_append_val (addresses, own);
    }
  freeifaddrs (all);
  return addresses;
}
