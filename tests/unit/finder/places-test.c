/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/places.h"

static GArray *
interfaces_of (const PlInterface *interfaces, guint n_interfaces)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (PlInterface));

  return g_array_append_vals (array, interfaces, n_interfaces);
}

static gboolean
has (GPtrArray *places, PlPlaceKind kind, const char *url)
{
  for (guint i = 0; i < places->len; i++)
    {
      const PlPlace *place = g_ptr_array_index (places, i);
      g_autofree char *its_url = pl_place_dup_url (place);
      if (place->kind == kind && g_str_equal (its_url, url))
        return TRUE;
    }
  return FALSE;
}

static void
test_near (void)
{
  static const PlInterface given[] = {
    { PL_INTERFACE_LOOPBACK, 0x7f000001, 0xff000000 },
    { PL_INTERFACE_NETWORK, 0xc0a80114, 0xffffff00 },
    { PL_INTERFACE_BRIDGE, 0xac120001, 0xffff0000 },
  };
  g_autoptr (GArray) interfaces = interfaces_of (given, G_N_ELEMENTS (given));
  g_autoptr (GPtrArray) places = pl_places_new_near (interfaces, 8080);
  const PlPlace *first = g_ptr_array_index (places, 0);

  g_assert_cmpstr (first->host, ==, "127.0.0.1");
  g_assert_cmpuint (first->port, ==, 2283);
  g_assert_true (has (places, PL_PLACE_COMPUTER, "http://127.0.0.1:3001"));
  g_assert_true (has (places, PL_PLACE_COMPUTER, "http://[::1]:2283"));
  g_assert_true (has (places, PL_PLACE_COMPUTER, "http://172.18.0.1:2283"));
  g_assert_true (has (places, PL_PLACE_CONTAINER, "http://172.18.0.2:8080"));
  g_assert_true (has (places, PL_PLACE_CONTAINER, "http://172.18.0.16:2283"));
  g_assert_true (has (places, PL_PLACE_NETWORK, "http://172.17.0.1:2283"));
  g_assert_false (has (places, PL_PLACE_CONTAINER, "http://172.18.0.17:2283"));
  g_assert_false (has (places, PL_PLACE_COMPUTER, "http://127.0.0.1:8080"));
  g_assert_false (has (places, PL_PLACE_COMPUTER, "http://172.18.0.1:8080"));
  g_assert_false (has (places, PL_PLACE_NETWORK, "http://192.168.1.20:2283"));
}

static void
test_docker_bridge (void)
{
  static const PlInterface given[] = { { PL_INTERFACE_BRIDGE, 0xac110001, 0xffff0000 } };
  g_autoptr (GArray) interfaces = interfaces_of (given, G_N_ELEMENTS (given));
  g_autoptr (GPtrArray) places = pl_places_new_near (interfaces, 0);

  g_assert_true (has (places, PL_PLACE_COMPUTER, "http://127.0.0.1:8080"));
  g_assert_true (has (places, PL_PLACE_COMPUTER, "http://172.17.0.1:2283"));
  g_assert_false (has (places, PL_PLACE_NETWORK, "http://172.17.0.1:2283"));
}

static void
test_network (void)
{
  static const struct
  {
    PlInterface interface;
    guint n_hosts;
    const char *first;
    const char *last;
  } cases[] = {
    { { PL_INTERFACE_NETWORK, 0xc0a80114, 0xffffff00 },
      253,
      "http://192.168.1.1:2283",
      "http://192.168.1.254:3001" },
    { { PL_INTERFACE_NETWORK, 0x0a0a0a0a, 0xff000000 },
      253,
      "http://10.10.10.1:2283",
      "http://10.10.10.254:3001" },
    { { PL_INTERFACE_NETWORK, 0xac1f0005, 0xfffffff8 },
      5,
      "http://172.31.0.1:2283",
      "http://172.31.0.6:3001" },
    { { PL_INTERFACE_NETWORK, 0xc0a80101, 0xffffffff }, 0, NULL, NULL },
    { { PL_INTERFACE_NETWORK, 0xc0a80101, 0xfffffffe }, 0, NULL, NULL },
    { { PL_INTERFACE_NETWORK, 0x08080808, 0xffffff00 }, 0, NULL, NULL },
    { { PL_INTERFACE_NETWORK, 0x64400001, 0xffffff00 }, 0, NULL, NULL },
    { { PL_INTERFACE_TUNNEL, 0x0a080002, 0xffffff00 }, 0, NULL, NULL },
    { { PL_INTERFACE_BRIDGE, 0xac110001, 0xffff0000 }, 0, NULL, NULL },
    { { PL_INTERFACE_LOOPBACK, 0x7f000001, 0xff000000 }, 0, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) interfaces = interfaces_of (&cases[i].interface, 1);
      g_autoptr (GPtrArray) places = pl_places_new_network (interfaces);
      g_autofree char *own = pl_ipv4_dup_text (cases[i].interface.address);
      g_autofree char *own_url = g_strdup_printf ("http://%s:2283", own);

      g_test_message ("case %u", i);
      g_assert_cmpuint (places->len, ==, 2 * cases[i].n_hosts);
      g_assert_false (has (places, PL_PLACE_NETWORK, own_url));
      if (cases[i].n_hosts == 0)
        continue;
      g_assert_true (has (places, PL_PLACE_NETWORK, cases[i].first));
      g_assert_true (has (places, PL_PLACE_NETWORK, cases[i].last));
    }
}

static void
test_interfaces (void)
{
  static const PlInterface given[] = { { PL_INTERFACE_NETWORK, 0xc0a80114, 0xffffff00 } };
  g_autoptr (GArray) interfaces = interfaces_of (given, 1);
  g_autoptr (GArray) own = pl_interfaces_read ();

  g_assert_true (pl_interfaces_has (interfaces, "192.168.1.20"));
  g_assert_true (pl_interfaces_has (interfaces, "127.0.0.5"));
  g_assert_true (pl_interfaces_has (interfaces, "::1"));
  g_assert_true (pl_interfaces_has (interfaces, "LocalHost"));
  g_assert_false (pl_interfaces_has (interfaces, "192.168.1.21"));
  g_assert_false (pl_interfaces_has (interfaces, "nas"));
  g_assert_true (pl_interfaces_has (own, "127.0.0.1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/places/near", test_near);
  g_test_add_func ("/finder/places/docker-bridge", test_docker_bridge);
  g_test_add_func ("/finder/places/network", test_network);
  g_test_add_func ("/finder/places/interfaces", test_interfaces);
  return g_test_run ();
}
