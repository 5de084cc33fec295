/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what is listened on to what people type. */

#include "app/engine/reachable.h"
#include "app/model/address_kind.h"
#include "app/system/own_addresses.h"

#define MOST 4

typedef struct
{
  const char *const listening[MOST];
  const char *const urls[MOST];
} Case;

static const Case cases[] = {
  { { "127.0.0.1:8080", "[::1]:8080" }, { "http://127.0.0.1:8080" } },
  { { "[::1]:8080" }, { "http://[::1]:8080" } },
  { { "192.168.1.20:80" }, { "http://192.168.1.20:80" } },
  { { "192.168.1.20:80", "[fd00::20]:80" }, { "http://192.168.1.20:80", "http://[fd00::20]:80" } },
  { { NULL }, { NULL } },
};

static void
test_given_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) urls = pl_reachable_dup_urls (cases[i].listening, PL_EXPOSURE_COMPUTER);
      g_assert_cmpstrv ((char **) cases[i].urls, urls);
    }
}

/* What more there is depends on the computer the test runs on. */
static void
test_all_addresses (void)
{
  static const char *const listening[] = { "0.0.0.0:8080", "[::]:8080", NULL };
  g_auto (GStrv) urls = pl_reachable_dup_urls (listening, PL_EXPOSURE_NETWORK);
  g_auto (GStrv) own = pl_reachable_dup_urls (listening, PL_EXPOSURE_COMPUTER);

  g_assert_cmpstr (own[0], ==, "http://127.0.0.1:8080");
  g_assert_null (own[1]);
  g_assert_cmpstr (urls[0], ==, "http://127.0.0.1:8080");
  for (guint i = 1; urls[i] != NULL; i++)
    {
      g_assert_false (g_str_has_prefix (urls[i], "http://127."));
      g_assert_false (g_str_has_prefix (urls[i], "http://[fe80"));
      g_assert_false (g_strv_contains ((const char *const *) urls + i + 1, urls[i]));
    }
}

/* How many there are depends on the computer the test runs on. */
static void
test_at_home (void)
{
  static const char *const everywhere[] = { "0.0.0.0:8080", NULL };
  static const char *const here_alone[] = { "127.0.0.1:8080", "[::1]:8080", NULL };
  guint16 port = 0;
  g_autoptr (GArray) some = pl_reachable_dup_at_home (everywhere, &port);
  g_autoptr (GArray) none = pl_reachable_dup_at_home (here_alone, &port);

  g_assert_cmpuint (port, ==, some->len > 0 ? 8080 : 0);
  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < some->len; i++)
    {
      const PlOwnAddress *own = &g_array_index (some, PlOwnAddress, i);
      PlAddress address = pl_address_from_ipv4 (own->octets, 0);
      g_assert_cmpint (own->kind, ==, PL_INTERFACE_NETWORK);
      g_assert_cmpint (own->family, ==, G_SOCKET_FAMILY_IPV4);
      g_assert_true (pl_address_is_private (&address));
      g_assert_false (pl_address_is_loopback (&address));
    }
}

static void
test_others (void)
{
  static const char *const urls[] = { "http://127.0.0.1:8080",   "http://100.64.1.2:8080",
                                      "http://203.0.113.5:8080", "http://192.168.1.20:8080",
                                      "http://[::1]:8080",       "http://[fd00::20]:8080",
                                      "http://10.0.0.2:8080",    NULL };
  static const char *const best_first[]
      = { "http://192.168.1.20:8080", "http://10.0.0.2:8080",   "http://203.0.113.5:8080",
          "http://100.64.1.2:8080",   "http://[fd00::20]:8080", NULL };
  g_auto (GStrv) others = pl_reachable_dup_others (urls);

  g_assert_cmpstrv (others, (char **) best_first);
}

static const struct
{
  const char *url;
  PlAddressKind kind;
} kinds[] = {
  { "http://192.168.1.20:8080", PL_ADDRESS_HOME },
  { "http://10.0.0.2:8080", PL_ADDRESS_HOME },
  { "http://172.16.0.2:8080", PL_ADDRESS_HOME },
  { "http://172.32.0.2:8080", PL_ADDRESS_PUBLIC },
  { "http://203.0.113.5:8080", PL_ADDRESS_PUBLIC },
  { "http://100.63.255.255:8080", PL_ADDRESS_PUBLIC },
  { "http://100.64.0.1:8080", PL_ADDRESS_TAILSCALE },
  { "http://100.127.255.254:8080", PL_ADDRESS_TAILSCALE },
  { "http://100.128.0.1:8080", PL_ADDRESS_PUBLIC },
  { "http://[fd7a:115c:a1e0::1]:8080", PL_ADDRESS_TAILSCALE },
  { "http://[fd00::20]:8080", PL_ADDRESS_IPV6 },
  { "http://porchlight.local:8080", PL_ADDRESS_LOCAL_NAME },
  { "https://porchlight-2.local", PL_ADDRESS_LOCAL_NAME },
  { "https://photos.example", PL_ADDRESS_NAME },
  { "https://photos.local.example:8080", PL_ADDRESS_NAME },
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_test_message ("%s", kinds[i].url);
      g_assert_cmpint (pl_address_kind_of_url (kinds[i].url), ==, kinds[i].kind);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/reachable/given-addresses", test_given_addresses);
  g_test_add_func ("/app/reachable/all-addresses", test_all_addresses);
  g_test_add_func ("/app/reachable/at-home", test_at_home);
  g_test_add_func ("/app/reachable/others", test_others);
  g_test_add_func ("/app/reachable/kinds", test_kinds);
  return g_test_run ();
}
