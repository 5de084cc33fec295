/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/engine/two_addresses.h: which address is for home, and which for outside. */

#include "app/engine/two_addresses.h"

typedef struct
{
  const char *addresses;
  const char *home;
  const char *network_outside; /* where one's own network is let in */
  const char *internet_outside;
} Case;

static const Case cases[] = {
  { "", NULL, NULL, NULL },
  { "http://192.168.1.20:8080 http://[fd00::1]:8080", "http://192.168.1.20:8080", NULL, NULL },
  { "http://porchlight.local:8080 http://192.168.1.20:8080", "http://porchlight.local:8080", NULL,
    NULL },
  { "https://photos.example.org http://192.168.1.20:8080", "http://192.168.1.20:8080", NULL,
    "https://photos.example.org" },
  { "https://photos.lan:8443 https://192.168.1.20:8443", "https://192.168.1.20:8443", NULL, NULL },
  { "http://192.168.1.20:8080 http://100.101.102.103:8080", "http://192.168.1.20:8080",
    "http://100.101.102.103:8080", "http://100.101.102.103:8080" },
  { "http://198.51.100.7:8080", NULL, NULL, "http://198.51.100.7:8080" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) split = g_strsplit (cases[i].addresses, " ", -1);
      const char *const *all = (const char *const *) split;

      g_assert_cmpstr (pl_two_addresses_get_home (all), ==, cases[i].home);
      g_assert_null (pl_two_addresses_get_outside (all, PL_EXPOSURE_COMPUTER, PL_DOOR_EVERYTHING));
      g_assert_cmpstr (pl_two_addresses_get_outside (all, PL_EXPOSURE_NETWORK, PL_DOOR_EVERYTHING),
                       ==, cases[i].network_outside);
      g_assert_cmpstr (pl_two_addresses_get_outside (all, PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING),
                       ==, cases[i].internet_outside);
      g_assert_cmpstr (pl_two_addresses_get_outside (all, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS), ==,
                       cases[i].network_outside);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/two-addresses/cases", test_cases);
  return g_test_run ();
}
