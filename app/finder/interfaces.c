/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/interfaces.h"

#include <gio/gio.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

/* As Docker, Podman, libvirt and Kubernetes name them. */
static const char *const bridges[] = { "docker", "br-", "veth", "virbr", "podman", "cni" };

gboolean
pl_interface_is_bridge (const char *name)
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
  if (pl_interface_is_bridge (at->ifa_name))
    return PL_INTERFACE_BRIDGE;
  return (at->ifa_flags & IFF_POINTOPOINT) != 0 ? PL_INTERFACE_TUNNEL : PL_INTERFACE_NETWORK;
}

static guint32
read_ipv4 (const struct sockaddr *address)
{
  return g_ntohl (((const struct sockaddr_in *) (const void *) address)->sin_addr.s_addr);
}

GArray *
pl_interfaces_read (void)
{
  GArray *interfaces = g_array_new (FALSE, FALSE, sizeof (PlInterface));
  struct ifaddrs *all = NULL;

  if (getifaddrs (&all) != 0)
    return interfaces;
  for (const struct ifaddrs *at = all; at != NULL; at = at->ifa_next)
    if ((at->ifa_flags & IFF_UP) != 0 && at->ifa_addr != NULL && at->ifa_addr->sa_family == AF_INET
        && at->ifa_netmask != NULL)
      {
        PlInterface interface = { kind_of (at), read_ipv4 (at->ifa_addr),
                                  read_ipv4 (at->ifa_netmask) };
        g_array_append_val (interfaces, interface);
      }
  freeifaddrs (all);
  return interfaces;
}

gboolean
pl_interfaces_has (const GArray *interfaces, const char *host)
{
  guint32 address;

  if (!pl_ipv4_read (host, &address))
    return g_ascii_strcasecmp (host, "localhost") == 0 || strcmp (host, "::1") == 0;
  if (address >> 24 == 127)
    return TRUE;
  for (guint i = 0; i < interfaces->len; i++)
    if (g_array_index (interfaces, PlInterface, i).address == address)
      return TRUE;
  return FALSE;
}

gboolean
pl_interface_is_private (const PlInterface *interface)
{
  guint32 address = interface->address;

  return address >> 24 == 10 || address >> 20 == 0xac1 || address >> 16 == 0xc0a8;
}

char *
pl_ipv4_dup_text (guint32 address)
{
  return g_strdup_printf ("%u.%u.%u.%u", address >> 24, address >> 16 & 0xff, address >> 8 & 0xff,
                          address & 0xff);
}

gboolean
pl_ipv4_read (const char *text, guint32 *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (text);

  if (inet == NULL || g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV4)
    return FALSE;
  memcpy (address, g_inet_address_to_bytes (inet), sizeof *address);
  *address = g_ntohl (*address);
  return TRUE;
}
