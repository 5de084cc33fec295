/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sorted for people: this computer, IPv4, IPv6. */

#include "app/engine/reachable.h"

#include <string.h>

#include "app/model/address_kind.h"
#include "app/system/own_addresses.h"

static gboolean
is_any (const PlAddress *address)
{
  static const guint8 zeros[16];
  PlAddress any_ipv4 = pl_address_from_ipv4 (zeros, 0);

  return pl_address_is_same_host (address, &any_ipv4)
         || memcmp (address->bytes, zeros, sizeof address->bytes) == 0;
}

static void
add_url (GPtrArray *urls, const PlAddress *address)
{
  char bytes[PL_ADDRESS_TEXT_BYTES];
  PlWriter writer;

  pl_writer_init (&writer, bytes, sizeof bytes);
  pl_address_write (address, &writer);
  g_autofree char *url = g_strdup_printf ("http://%.*s", (int) writer.length, bytes);
  if (!g_ptr_array_find_with_equal_func (urls, url, g_str_equal, NULL))
    g_ptr_array_add (urls, g_steal_pointer (&url));
}

static void
add_loopback (GPtrArray *urls, guint16 port)
{
  PlAddress loopback = pl_address_from_ipv4 ((const guint8[4]){ 127, 0, 0, 1 }, port);
  add_url (urls, &loopback);
}

/* An IPv6 address of the global network changes by the day and is let in by few: only those of
 * one's own network are shown. */
static gboolean
is_for_people (const PlAddress *address)
{
  gboolean is_link_local = pl_address_is_ipv4 (address)
                               ? address->bytes[12] == 169 && address->bytes[13] == 254
                               : address->bytes[0] == 0xfe && (address->bytes[1] & 0xc0) == 0x80;

  return !pl_address_is_loopback (address) && !is_link_local
         && (pl_address_is_ipv4 (address) || pl_address_is_private (address));
}

static PlAddress
to_address (const PlOwnAddress *own, guint16 port)
{
  return own->family == G_SOCKET_FAMILY_IPV4 ? pl_address_from_ipv4 (own->octets, port)
                                             : pl_address_from_ipv6 (own->octets, port);
}

static void
add_interfaces (GPtrArray *urls, guint16 port, gboolean ipv4)
{
  g_autoptr (GArray) all = pl_own_addresses_read ();

  for (guint i = 0; i < all->len; i++)
    {
      const PlOwnAddress *own = &g_array_index (all, PlOwnAddress, i);
      PlAddress address = to_address (own, port);
      if (own->kind != PL_INTERFACE_BRIDGE && pl_address_is_ipv4 (&address) == ipv4
          && is_for_people (&address))
        add_url (urls, &address);
    }
}

/* Of several ways to call this computer itself one is enough. */
static void
add_listened (GPtrArray *urls, const PlAddress *address)
{
  if (is_any (address))
    add_loopback (urls, address->port);
  else if (!pl_address_is_loopback (address) || urls->len == 0)
    add_url (urls, address);
}

char **
pl_reachable_dup_urls (const char *const *listening, PlExposure exposure)
{
  gboolean is_open = exposure != PL_EXPOSURE_COMPUTER;
  g_autoptr (GPtrArray) urls = g_ptr_array_new ();
  PlAddress address;

  for (guint i = 0; listening[i] != NULL; i++)
    if (pl_address_parse (pl_slice_from_string (listening[i]), &address))
      add_listened (urls, &address);
  for (guint i = 0; is_open && listening[i] != NULL; i++)
    if (pl_address_parse (pl_slice_from_string (listening[i]), &address) && is_any (&address))
      add_interfaces (urls, address.port, pl_address_is_ipv4 (&address));
  g_ptr_array_add (urls, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&urls), FALSE);
}

/* For others */

static gboolean
is_for_others (const char *url)
{
  PlAddress address;

  return pl_address_parse (pl_slice_from_string (url + strlen ("http://")), &address)
         && !pl_address_is_loopback (&address);
}

char **
pl_reachable_dup_others (const char *const *urls)
{
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();

  for (PlAddressKind kind = 0; kind < PL_ADDRESS_KIND_COUNT; kind++)
    for (guint i = 0; urls[i] != NULL; i++)
      if (is_for_others (urls[i]) && pl_address_kind_of_url (urls[i]) == kind)
        g_strv_builder_add (others, urls[i]);
  return g_strv_builder_end (others);
}

/* At home */

static gboolean
is_at_home (const PlOwnAddress *own)
{
  PlAddress address = to_address (own, 0);

  return own->kind == PL_INTERFACE_NETWORK && is_for_people (&address)
         && pl_address_is_private (&address);
}

/* Returns: the port; 0: it is not listened on */
static guint16
find_port (const char *const *listening, const PlOwnAddress *own)
{
  PlAddress wanted = to_address (own, 0);
  PlAddress address;

  for (guint i = 0; listening[i] != NULL; i++)
    if (pl_address_parse (pl_slice_from_string (listening[i]), &address)
        && (pl_address_is_same_host (&address, &wanted)
            || (is_any (&address)
                && pl_address_is_ipv4 (&address) == pl_address_is_ipv4 (&wanted))))
      return address.port;
  return 0;
}

GArray *
pl_reachable_dup_at_home (const char *const *listening, guint16 *port)
{
  g_autoptr (GArray) all = pl_own_addresses_read ();
  GArray *at_home = g_array_new (FALSE, FALSE, sizeof (PlOwnAddress));

  for (guint i = 0; i < all->len; i++)
    {
      const PlOwnAddress *own = &g_array_index (all, PlOwnAddress, i);
      guint16 own_port = is_at_home (own) ? find_port (listening, own) : 0;
      if (own_port == 0)
        continue;
      *port = own_port;
      g_array_append_val (at_home, *own);
    }
  return at_home;
}

/* All */

GArray *
pl_reachable_dup_own (void)
{
  GArray *own = g_array_new (FALSE, FALSE, sizeof (PlAddress));
  g_autoptr (GArray) all = pl_own_addresses_read ();

  for (guint i = 0; i < all->len; i++)
    {
      PlAddress address = to_address (&g_array_index (all, PlOwnAddress, i), 0);
      g_array_append_val (own, address);
    }
  return own;
}
