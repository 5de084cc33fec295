/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/proxy/config.c: what a new configuration is, what can be put in, and what is refused. */

#include "net/proxy/config.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (PlConfig) config = pl_config_new ();

  g_assert_cmpuint (config->port, ==, 8080);
  g_assert_cmpint (config->exposure, ==, PL_EXPOSURE_COMPUTER);
  g_assert_cmpuint (config->n_workers, ==, 0);
  g_assert_null (config->bind);
  g_assert_cmpuint (config->n_upstreams, ==, 0);
  g_assert_cmpuint (pl_route_table_get_n_routes (config->routes), ==, 0);
  g_assert_nonnull (config->trusted);

  pl_config_set_listen (config, 443, PL_EXPOSURE_INTERNET, 3);
  g_assert_cmpuint (config->port, ==, 443);
  g_assert_cmpint (config->exposure, ==, PL_EXPOSURE_INTERNET);
  g_assert_cmpuint (config->n_workers, ==, 3);
}

static void
test_upstreams (void)
{
  g_autoptr (PlConfig) config = pl_config_new ();

  g_assert_cmpint (pl_config_find_upstream (config, "server"), ==, -1);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("upstream %u", i);
      PlUpstreamConfig *upstream = pl_config_add_upstream (config, name);

      g_assert_true (upstream == &config->upstreams[i]);
      g_assert_cmpstr (upstream->name, ==, name);
      g_assert_cmpuint (upstream->n_endpoints, ==, 0);
      g_assert_cmpint (upstream->balance, ==, PL_BALANCE_ROUND_ROBIN);
      g_assert_null (upstream->health_path);
      g_assert_cmpuint (upstream->connect_timeout_ms, ==, 5000);
      g_assert_cmpuint (upstream->response_timeout_ms, ==, 600 * 1000);
      g_assert_true (pl_upstream_config_add (upstream, "nas", 2283, NULL));
    }
  g_assert_cmpuint (config->n_upstreams, ==, 20);
  g_assert_cmpint (pl_config_find_upstream (config, "upstream 0"), ==, 0);
  g_assert_cmpint (pl_config_find_upstream (config, "upstream 19"), ==, 19);
  g_assert_cmpint (pl_config_find_upstream (config, "upstream"), ==, -1);
  g_assert_cmpstr (config->upstreams[0].endpoints[0].label, ==, "nas:2283");
}

typedef struct
{
  const char *addresses[3];
  const char *refused; /* the one that the message names; NULL: none */
} BindRow;

static const BindRow bind_rows[] = {
  { { "192.168.1.20" }, NULL },
  { { "0.0.0.0", "::" }, NULL },
  { { "fd00::20", "127.0.0.1" }, NULL },
  { { "192.168.1.20:8080" }, "192.168.1.20:8080" },
  { { "[::1]:8080" }, "[::1]:8080" },
  { { "localhost" }, "localhost" },
  { { "127.0.0.1", "192.168.1.256" }, "192.168.1.256" },
  { { "192.168.1.0/24" }, "192.168.1.0/24" },
  { { "fe80::1%eth0" }, "fe80::1%eth0" },
  { { "127.0.0.1", "" }, "" },
};

static void
test_bind (gconstpointer data)
{
  static const char *const nowhere[] = { NULL };
  static const char *const before[] = { "127.0.0.1", "::1", NULL };
  const BindRow *row = data;
  g_autoptr (PlConfig) config = pl_config_new ();
  g_autoptr (GError) error = NULL;
  const char *const *expected = row->refused == NULL ? row->addresses : before;

  g_assert_true (pl_config_set_bind (config, before, NULL));
  g_assert_true (pl_config_set_bind (config, row->addresses, &error) == (row->refused == NULL));
  g_assert_true (g_strv_equal ((const char *const *) config->bind, expected));
  if (row->refused != NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, row->refused));
      g_assert_nonnull (strstr (error->message, "192.168.1.20 or fd00::20"));
    }
  g_assert_true (pl_config_set_bind (config, nowhere, NULL));
  g_assert_null (config->bind);
}

static void
test_trust (void)
{
  g_autoptr (PlConfig) config = pl_config_new ();
  g_autoptr (GError) error = NULL;
  PlAddress proxy, other;

  g_assert_true (pl_address_parse (PL_SLICE ("192.168.7.1"), &proxy));
  g_assert_true (pl_address_parse (PL_SLICE ("192.168.8.1"), &other));
  g_assert_false (pl_trust_contains (config->trusted, &proxy));
  g_assert_true (pl_config_trust (config, "192.168.7.0/24", &error));
  g_assert_no_error (error);
  g_assert_true (pl_trust_contains (config->trusted, &proxy));
  g_assert_false (pl_trust_contains (config->trusted, &other));

  g_assert_false (pl_config_trust (config, "192.168.8.0/16", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_false (pl_trust_contains (config->trusted, &other));
}

/* Workers on threads of their own let go of it in any order. */
static gpointer
hold_for_a_moment (gpointer data)
{
  for (guint i = 0; i < 1000; i++)
    pl_config_unref (pl_config_ref (data));
  pl_config_unref (data);
  return NULL;
}

static void
test_shared_by_threads (void)
{
  PlConfig *config = pl_config_new ();
  GThread *threads[4];

  pl_config_add_upstream (config, "server");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("worker", hold_for_a_moment, pl_config_ref (config));
  pl_config_unref (config);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_with_home (void)
{
  g_autoptr (PlConfig) config = pl_config_new ();
  g_autoptr (PlTrust) first = pl_trust_new ();
  g_autoptr (PlTrust) second = pl_trust_new ();
  g_autoptr (PlConfig) once = NULL;
  g_autoptr (PlConfig) twice = NULL;
  const PlRouteTable *routes = config->routes;

  g_assert_true (pl_trust_equal (config->home, first));
  pl_config_set_listen (config, 443, PL_EXPOSURE_NETWORK, 3);
  g_assert_true (pl_trust_add (first, "2001:db8:1::/64", NULL));
  g_assert_true (pl_trust_add (second, "2001:db8:2::/64", NULL));

  once = pl_config_dup_with_home (config, first);
  twice = pl_config_dup_with_home (once, second);
  g_clear_pointer (&config, pl_config_unref);
  g_assert_true (pl_trust_equal (once->home, first));
  g_clear_pointer (&once, pl_config_unref);

  g_assert_true (pl_trust_equal (twice->home, second));
  g_assert_cmpuint (twice->port, ==, 443);
  g_assert_cmpint (twice->exposure, ==, PL_EXPOSURE_NETWORK);
  g_assert_true (twice->routes == routes);
  g_assert_cmpuint (pl_route_table_get_n_routes (twice->routes), ==, 0);
}

/* Who is let in by a copy, and by a copy of that, is nobody's matter but theirs. */
static void
test_let_in (void)
{
  g_autoptr (PlConfig) config = pl_config_new ();
  g_autoptr (PlConfig) wide = NULL;
  g_autoptr (PlConfig) again = NULL;

  pl_config_let_in (config, PL_EXPOSURE_NETWORK, PL_DOOR_LINKS);
  g_assert_true (pl_door_also (config->door, "GET /api/assets/{id}/tiles", NULL));
  wide = pl_config_dup_with_home (config, config->home);
  pl_config_let_in (wide, PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING);
  again = pl_config_dup_with_home (wide, wide->home);

  g_assert_cmpint (config->exposure, ==, PL_EXPOSURE_NETWORK);
  g_assert_cmpint (pl_door_get_rule (config->door, PL_CIRCLE_WORLD), ==, PL_DOOR_LINKS);
  g_assert_cmpint (pl_door_get_rule (wide->door, PL_CIRCLE_WORLD), ==, PL_DOOR_EVERYTHING);
  g_clear_pointer (&config, pl_config_unref);
  g_clear_pointer (&wide, pl_config_unref);
  g_assert_cmpint (again->exposure, ==, PL_EXPOSURE_INTERNET);
  pl_config_let_in (again, PL_EXPOSURE_NETWORK, PL_DOOR_LINKS);
  g_assert_cmpint (again->exposure, ==, PL_EXPOSURE_NETWORK);
}

static void
test_lets_stay (void)
{
  static const struct
  {
    const char *client;
    const char *turned_away;
    gboolean stays;
  } cases[] = {
    { "192.168.1.7", NULL, TRUE },           { "203.0.113.9", NULL, FALSE },
    { "192.168.1.7", "192.168.1.7", FALSE }, { "192.168.1.8", "192.168.1.7", TRUE },
    { "127.0.0.1", "127.0.0.1", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PlConfig) config = pl_config_new ();
      PlAddress client;

      g_test_message ("case %u", i);
      g_assert_true (pl_address_parse (pl_slice_from_string (cases[i].client), &client));
      pl_config_let_in (config, PL_EXPOSURE_NETWORK, PL_DOOR_LINKS);
      g_assert_true (cases[i].turned_away == NULL
                     || pl_door_turn_away (config->door, cases[i].turned_away, NULL));
      g_assert_cmpint (pl_config_lets_stay (config, &client), ==, cases[i].stays);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proxy/config/new", test_new);
  g_test_add_func ("/proxy/config/upstreams", test_upstreams);
  for (guint i = 0; i < G_N_ELEMENTS (bind_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proxy/config/bind/%u", i);

      g_test_add_data_func (path, &bind_rows[i], test_bind);
    }
  g_test_add_func ("/proxy/config/trust", test_trust);
  g_test_add_func ("/proxy/config/shared-by-threads", test_shared_by_threads);
  g_test_add_func ("/proxy/config/with-home", test_with_home);
  g_test_add_func ("/proxy/config/let-in", test_let_in);
  g_test_add_func ("/proxy/config/lets-stay", test_lets_stay);
  return g_test_run ();
}
