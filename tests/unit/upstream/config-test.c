/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses of an upstream are taken from people, as what, and what is said of the others. */

#include <string.h>

#include "net/upstream/config.h"

typedef struct
{
  const char *url;
  const char *host;
  guint16 port;
  const char *label;
} Good;

static const Good goods[] = {
  { "http://192.168.1.10:2283", "192.168.1.10", 2283, "192.168.1.10:2283" },
  { "http://192.168.1.10:2283/", "192.168.1.10", 2283, "192.168.1.10:2283" },
  { "http://localhost:3001", "localhost", 3001, "localhost:3001" },
  { "http://immich-server", "immich-server", 80, "immich-server:80" },
  { "http://nas.local/", "nas.local", 80, "nas.local:80" },
  { "HTTP://NAS.local:1", "nas.local", 1, "nas.local:1" },
  { "http://nas:", "nas", 80, "nas:80" },
  { "http://b\303\274cher:1", "xn--bcher-kva", 1, "xn--bcher-kva:1" },
  { "http://nas:65535", "nas", 65535, "nas:65535" },
  { "http://[::1]:2283", "::1", 2283, "[::1]:2283" },
  { "http://[2001:db8::7]", "2001:db8::7", 80, "[2001:db8::7]:80" },
};

typedef struct
{
  const char *url;
  const char *fault; /* found in the message */
} Bad;

static const Bad bads[] = {
  { "", "not an address" },
  { "immich", "not an address" },
  { "192.168.1.10:2283", "not an address" },
  { "http://nas:65536", "not an address" },
  { "http://nas:-1", "not an address" },
  { "http://nas:abc", "not an address" },
  { "http://[::1", "not an address" },
  { "http://[::1]x:80", "not an address" },
  { "http://[nas]:80", "not an address" },
  { " http://nas", "not an address" },
  { "http://[::1%eth0]:80", "not an address" },
  { "http://nas:80;http://nas:81", "not an address" },
  { "http://nas:80%", "not an address" },
  { "localhost:2283", "does not begin with http://" },
  { "ftp://nas/", "does not begin with http://" },
  { "unix:/run/immich.sock", "does not begin with http://" },
  { "https://nas:2283", "https" },
  { "http://", "names no computer" },
  { "http:///", "names no computer" },
  { "http://:2283", "names no computer" },
  { "http:nas:2283", "names no computer" },
  { "http://nas:0", "port" },
  { "http://[fe80::1%25eth0]:2283/", "cannot be" },
  { "http://nas nas/", "cannot be" },
  { "http://a%2fb", "cannot be" },
  { "http://a%40b", "cannot be" },
  { "http://a%0d%0ab", "cannot be" },
  { "http://a\"b<c>", "cannot be" },
  { "http://me@nas:2283", "user name" },
  { "http://@nas", "user name" },
  { "http://me:secret@nas:2283", "user name" },
  { "http://nas:2283/api", "path" },
  { "http://nas:2283//", "path" },
  { "http://nas:2283?x=1", "query" },
  { "http://nas:2283/?", "query" },
  { "http://nas:2283/#top", "query" },
};

static void
test_good (gconstpointer data)
{
  const Good *good = data;
  PlUpstreamConfig upstream;
  g_autoptr (GError) error = NULL;

  pl_upstream_config_init (&upstream, "server");
  g_assert_true (pl_upstream_config_add_url (&upstream, good->url, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (upstream.n_endpoints, ==, 1);
  g_assert_cmpstr (upstream.endpoints[0].host, ==, good->host);
  g_assert_cmpuint (upstream.endpoints[0].port, ==, good->port);
  g_assert_cmpstr (upstream.endpoints[0].label, ==, good->label);
  pl_upstream_config_clear (&upstream);
}

static void
assert_refused (PlUpstreamConfig *upstream, const char *url, const char *fault)
{
  guint n_before = upstream->n_endpoints;
  g_autoptr (GError) error = NULL;

  g_assert_false (pl_upstream_config_add_url (upstream, url, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  if (strstr (error->message, fault) == NULL || strstr (error->message, url) == NULL)
    g_error ("“%s” was expected to name the address and hold “%s”", error->message, fault);
  g_assert_nonnull (strstr (error->message, "http://192.168.1.10:2283"));
  g_assert_cmpuint (upstream->n_endpoints, ==, n_before);
}

static void
test_bad (gconstpointer data)
{
  const Bad *bad = data;
  PlUpstreamConfig upstream;

  pl_upstream_config_init (&upstream, "server");
  assert_refused (&upstream, bad->url, bad->fault);
  pl_upstream_config_clear (&upstream);
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
  g_assert_true (pl_upstream_config_add_url (&upstream, "http://nas", NULL));
  g_assert_true (pl_upstream_config_add_url (&upstream, "http://nas:81", NULL));
  assert_refused (&upstream, "http://nas:80/", "twice");
  pl_upstream_config_clear (&upstream);
}

static void
test_too_many (void)
{
  PlUpstreamConfig upstream;

  pl_upstream_config_init (&upstream, "server");
  for (guint i = 1; i <= PL_UPSTREAM_MAX_ENDPOINTS; i++)
    {
      g_autofree char *url = g_strdup_printf ("http://nas:%u", i);

      g_assert_true (pl_upstream_config_add_url (&upstream, url, NULL));
    }
  assert_refused (&upstream, "http://other:1", "too many");
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
  for (guint i = 0; i < G_N_ELEMENTS (bads); i++)
    add_case ("bad", i, &bads[i], test_bad);
  g_test_add_func ("/upstream/config/twice", test_twice);
  g_test_add_func ("/upstream/config/too-many", test_too_many);
  return g_test_run ();
}
