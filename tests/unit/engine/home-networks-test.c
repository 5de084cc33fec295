/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which networks of a computer are a home, for computers as people have them. */

#include "app/engine/home_networks.h"

#include "app/system/own_addresses.h"

#include <string.h>

/**
 * Case:
 * @addresses: `INTERFACE ADDRESS/PREFIX`, with ; between; the first letter of an interface says
 * what it is: loopback, bridge, tunnel, ethernet
 * @home: what is home, with ; between
 */
typedef struct
{
  const char *name;
  const char *addresses;
  const char *home;
} Case;

static const Case cases[] = {
  { "no-address", "", "" },
  { "loopback-alone", "l0 127.0.0.1/8;l0 ::1/128", "" },
  { "at-home", "l0 127.0.0.1/8;e0 192.168.1.20/24;e0 fe80::1/64;e0 2001:db8:1::20/64",
    "2001:db8:1::/64" },
  { "of-every-private-range",
    "e0 10.1.2.3/8;e0 2001:db8:1::20/64;e1 172.20.0.5/16;"
    "e1 2001:db8:2::20/64;e2 fd12::5/64;e2 2001:db8:3::20/64",
    "2001:db8:1::/64;2001:db8:2::/64;2001:db8:3::/64" },
  { "two-prefixes-and-a-temporary-address",
    "e0 192.168.1.20/24;e0 2001:db8:1::20/64;e0 2001:db8:1::abcd/64;e0 2001:db8:2::20/64",
    "2001:db8:1::/64;2001:db8:2::/64" },
  { "given-alone", "e0 192.168.1.20/24;e0 2001:db8:1::20/128", "2001:db8:1::/64" },
  { "small", "e0 192.168.1.20/24;e0 2001:db8:1::20/120", "2001:db8:1::/120" },
  { "as-large-as-a-home-gets", "e0 192.168.1.20/24;e0 2001:db8:1:2::20/48", "2001:db8:1::/48" },
  { "larger-than-a-home-gets", "e0 192.168.1.20/24;e0 2001:db8:1::20/47;e0 2001:db8:9::1/0", "" },
  { "at-a-provider", "e0 203.0.113.5/24;e0 2001:db8:1::20/64", "" },
  { "at-a-provider-with-a-private-network-beside",
    "e0 203.0.113.5/24;e0 10.0.0.5/8;e0 2001:db8:1::20/64;e1 10.1.0.5/16;e1 2001:db8:2::20/64",
    "2001:db8:2::/64" },
  { "public-ipv4-is-no-home", "e0 203.0.113.5/24;e0 192.168.1.20/24", "" },
  { "nothing-private-beside", "e0 2001:db8:1::20/64;e0 fe80::1/64", "" },
  { "link-local-says-nothing", "e0 fe80::1/64;e0 2001:db8:1::20/64;e1 192.168.1.20/24", "" },
  { "tunnel", "t0 10.8.0.2/24;t0 2001:db8:1::20/64", "" },
  { "containers", "b0 172.17.0.1/16;b0 2001:db8:1::1/64", "" },
  { "neither-global-nor-private", "e0 192.168.1.20/24;e0 ff02::1/64;e0 4000::1/64;e0 ::5/64", "" },
};

static PlInterfaceKind
read_kind (char letter)
{
  static const struct
  {
    char letter;
    PlInterfaceKind kind;
  } kinds[] = { { 'l', PL_INTERFACE_LOOPBACK },
                { 'b', PL_INTERFACE_BRIDGE },
                { 't', PL_INTERFACE_TUNNEL },
                { 'e', PL_INTERFACE_NETWORK } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].letter == letter)
      return kinds[i].kind;
  g_assert_not_reached ();
}

static PlOwnAddress
read_address (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " /", -1);
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (words[1]);
  PlOwnAddress own = {
    .interface = words[0][0] * 10u + (guint) (words[0][1] - '0'),
    .kind = read_kind (words[0][0]),
    .family = g_inet_address_get_family (inet),
    .prefix_bits = (guint) g_ascii_strtoull (words[2], NULL, 10),
  };

  memcpy (own.octets, g_inet_address_to_bytes (inet), g_inet_address_get_native_size (inet));
  return own;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (PlOwnAddress));
  g_auto (GStrv) texts = g_strsplit (test->addresses, ";", -1);
  g_auto (GStrv) networks = g_strsplit (test->home, ";", -1);
  g_autoptr (PlTrust) expected = pl_trust_new ();
  g_autoptr (PlTrust) home = NULL;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      PlOwnAddress own = read_address (texts[i]);
      g_array_append_val (addresses, own);
    }
  for (guint i = 0; networks[i] != NULL; i++)
    g_assert_true (pl_trust_add (expected, networks[i], NULL));
  home = pl_home_networks_of (addresses);
  g_assert_true (pl_trust_equal (home, expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/home-networks/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
