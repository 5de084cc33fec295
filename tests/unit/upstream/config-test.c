/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an upstream is made of, and which addresses of it are refused. */

#include <string.h>

#include "net/upstream/config.h"

typedef struct
{
  const char *host;
  guint16 port;
  const char *label;
} Good;

static const Good goods[] = {
  { "192.168.1.10", 2283, "192.168.1.10:2283" },
  { "localhost", 3001, "localhost:3001" },
  { "nas.local", 1, "nas.local:1" },
  { "nas", 65535, "nas:65535" },
  { "::1", 2283, "[::1]:2283" },
  { "2001:db8::7", 80, "[2001:db8::7]:80" },
};

static void
test_good (gconstpointer data)
{
  const Good *good = data;
  PlUpstreamConfig upstream;
  g_autoptr (GError) error = NULL;

  pl_upstream_config_init (&upstream, "server");
  g_assert_true (pl_upstream_config_add (&upstream, good->host, good->port, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (upstream.n_endpoints, ==, 1);
  g_assert_cmpstr (upstream.endpoints[0].host, ==, good->host);
  g_assert_cmpuint (upstream.endpoints[0].port, ==, good->port);
  g_assert_cmpstr (upstream.endpoints[0].label, ==, good->label);
  pl_upstream_config_clear (&upstream);
}

static void
assert_refused (PlUpstreamConfig *upstream, const char *host, guint16 port, const char *words)
{
  guint n_before = upstream->n_endpoints;
  g_autoptr (GError) error = NULL;

  g_assert_false (pl_upstream_config_add (upstream, host, port, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, words);
  g_assert_cmpuint (upstream->n_endpoints, ==, n_before);
}

static void
test_defaults (void)
{
  PlUpstreamConfig upstream;

  pl_upstream_config_init (&upstream, "server");
  g_assert_cmpstr (upstream.name, ==, "server");
  g_assert_cmpuint (upstream.n_endpoints, ==, 0);
  g_assert_cmpint (upstream.balance, ==, PL_BALANCE_ROUND_ROBIN);
  g_assert_null (upstream.health_path);
  g_assert_cmpuint (upstream.connect_timeout_ms, ==, 5000);
  g_assert_cmpuint (upstream.response_timeout_ms, ==, 600000);
  pl_upstream_config_clear (&upstream);
}

static void
test_twice (void)
{
  PlUpstreamConfig upstream;

  pl_upstream_config_init (&upstream, "server");
  g_assert_true (pl_upstream_config_add (&upstream, "nas", 80, NULL));
  g_assert_true (pl_upstream_config_add (&upstream, "nas", 81, NULL));
  assert_refused (&upstream, "nas", 80, "“nas:80” is there twice");
  pl_upstream_config_clear (&upstream);
}

static void
test_too_many (void)
{
  PlUpstreamConfig upstream;

  pl_upstream_config_init (&upstream, "server");
  for (guint i = 1; i <= PL_UPSTREAM_MAX_ENDPOINTS; i++)
    g_assert_true (pl_upstream_config_add (&upstream, "nas", (guint16) i, NULL));
  assert_refused (&upstream, "other", 1, "“other:1” is one too many: 64 are allowed");
  g_assert_cmpstr (upstream.endpoints[PL_UPSTREAM_MAX_ENDPOINTS - 1].label, ==, "nas:64");
  pl_upstream_config_clear (&upstream);
}

static void
add_case (const char *group, guint i, gconstpointer data, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/upstream/config/%s/%u", group, i);

  g_test_add_data_func (path, data, test);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/upstream/config/defaults", test_defaults);
  for (guint i = 0; i < G_N_ELEMENTS (goods); i++)
    add_case ("good", i, &goods[i], test_good);
  g_test_add_func ("/upstream/config/twice", test_twice);
  g_test_add_func ("/upstream/config/too-many", test_too_many);
  return g_test_run ();
}
