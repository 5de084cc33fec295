/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/interfaces.h"

#include <string.h>

static guint32
read_ipv4 (const guint8 octets[4])
{
  return (guint32) octets[0] << 24 | (guint32) octets[1] << 16 | (guint32) octets[2] << 8
         | octets[3];
}

static guint32
get_mask (guint prefix_bits)
{
  return prefix_bits == 0 ? 0 : G_MAXUINT32 << (32 - prefix_bits);
}

GArray *
pl_interfaces_read (void)
{
  GArray *interfaces = g_array_new (FALSE, FALSE, sizeof (PlInterface));
  g_autoptr (GArray) own = pl_own_addresses_read ();

  for (guint i = 0; i < own->len; i++)
    {
      const PlOwnAddress *at = &g_array_index (own, PlOwnAddress, i);
      PlInterface interface = { .kind = at->kind };

      if (at->family != G_SOCKET_FAMILY_IPV4)
        continue;
      interface.address = read_ipv4 (at->octets);
      interface.mask = get_mask (at->prefix_bits);
      g_array_append_val (interfaces, interface);
    }
  return interfaces;
}

/* Returns: whether @text is an IPv4 address in full */
static gboolean
parse_ipv4 (const char *text, guint32 *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (text);

  if (inet == NULL || g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV4)
    return FALSE;
  memcpy (address, g_inet_address_to_bytes (inet), sizeof *address);
  *address = g_ntohl (*address);
  return TRUE;
}

gboolean
pl_interfaces_has (const GArray *interfaces, const char *host)
{
  guint32 address;

  if (!parse_ipv4 (host, &address))
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
