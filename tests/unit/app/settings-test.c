/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole settings files: what the engine is told by them, and what is said of those that are wrong.
 */

#include "app/settings/build.h"

#include <string.h>

#include "app/settings/destination.h"

/* Read from a copy of exactly its length, so that reading on is seen. */
static PlSettings *
read_text (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *copy = g_memdup2 (text, length);
  g_autoptr (GError) error = NULL;
  PlSettings *settings = pl_settings_new_from_data ("porchlight.ini", copy, length, &error);

  g_assert_no_error (error);
  return settings;
}

static PlConfig *
build (const PlSettings *settings)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  PlConfig *config = pl_settings_new_config (settings, problems);

  g_assert_cmpuint (pl_problems_get_n (problems), ==, 0);
  g_assert_nonnull (config);
  return config;
}

static void
assert_route (const PlConfig *config,
              guint index,
              const char *path,
              gboolean strip_prefix,
              const char *upstream)
{
  const PlRoute *route = pl_route_table_get_route (config->routes, index);

  g_assert_cmpstr (route->path, ==, path);
  g_assert_cmpint (route->strip_prefix, ==, strip_prefix);
  g_assert_cmpstr (config->upstreams[route->upstream].name, ==, upstream);
}

static void
test_without_a_file (void)
{
  g_autoptr (PlSettings) settings = pl_settings_new ();
  g_autoptr (PlConfig) config = build (settings);

  g_assert_cmpuint (config->port, ==, 8080);
  g_assert_cmpint (config->exposure, ==, PL_EXPOSURE_COMPUTER);
  g_assert_null (config->bind);
  g_assert_cmpuint (config->n_upstreams, ==, 1);
  g_assert_cmpstr (config->upstreams[0].endpoints[0].label, ==, "127.0.0.1:2283");
  g_assert_cmpuint (pl_route_table_get_n_routes (config->routes), ==, 1);
  assert_route (config, 0, "/", FALSE, "immich");
}

static const char full_file[] = "# mine\n"
                                "[listen]\n"
                                "port = 9000\n"
                                "exposure=internet \n"
                                "bind=192.168.1.20;fd00::20\n"
                                "workers=3\n"
                                "[upstream server]\n"
                                "urls=http://127.0.0.1:3001;http://[::1]:3001\n"
                                "balance=first\n"
                                "health-path=/server-info/ping\n"
                                "health-interval-s=20\n"
                                "connect-timeout-s=7\n"
                                "response-timeout-s=60\n"
                                "[upstream web]\n"
                                "urls=http://nas:3000\n"
                                "[route api]\n"
                                "path=/api/\n"
                                "host=Photos.example\n"
                                "strip-prefix=true\n"
                                "upstream=server\n"
                                "[route web]\n"
                                "upstream=web\n"
                                "[forwarding]\n"
                                "trusted-proxies=10.0.0.0/8\n"
                                "[tls]\n"
                                "mode=off\n"
                                "[log]\n"
                                "keep=1000\n"
                                "access-log=/tmp/a b.log\n"
                                "format=json\n";

static void
test_every_key (void)
{
  g_autoptr (PlSettings) settings = read_text (full_file);
  g_autoptr (PlConfig) config = build (settings);
  const PlUpstreamConfig *server = &config->upstreams[0];
  PlAddress trusted = pl_address_from_ipv4 ((const guint8[4]){ 10, 1, 2, 3 }, 0);
  g_autofree char *access_log = pl_settings_dup_text (settings, "log", "access-log");

  g_assert_cmpuint (config->port, ==, 9000);
  g_assert_cmpint (config->exposure, ==, PL_EXPOSURE_INTERNET);
  g_assert_cmpstr (config->bind[0], ==, "192.168.1.20");
  g_assert_cmpstr (config->bind[1], ==, "fd00::20");
  g_assert_cmpuint (config->n_workers, ==, 3);
  g_assert_cmpstr (server->name, ==, "server");
  g_assert_cmpuint (server->n_endpoints, ==, 2);
  g_assert_cmpint (server->balance, ==, PL_BALANCE_FIRST);
  g_assert_cmpstr (server->health_path, ==, "/server-info/ping");
  g_assert_cmpuint (server->health_interval_ms, ==, 20000);
  g_assert_cmpuint (server->connect_timeout_ms, ==, 7000);
  g_assert_cmpuint (server->response_timeout_ms, ==, 60000);
  assert_route (config, 0, "/api", TRUE, "server");
  g_assert_cmpstr (pl_route_table_get_route (config->routes, 0)->host, ==, "photos.example");
  assert_route (config, 1, "/", FALSE, "web");
  g_assert_true (pl_trust_contains (config->trusted, &trusted));
  g_assert_cmpuint (pl_settings_get_number (settings, "log", "keep"), ==, 1000);
  g_assert_cmpstr (access_log, ==, "/tmp/a b.log");
  g_assert_cmpuint (pl_settings_get_choice (settings, "log", "format"), ==, 1);
}

static void
test_initial_values (void)
{
  g_autoptr (PlSettings) settings = read_text ("[upstream a]\nurls=http://a\n");
  g_autoptr (PlConfig) config = build (settings);
  const PlUpstreamConfig *upstream = &config->upstreams[0];

  g_assert_cmpuint (config->n_workers, ==, 0);
  g_assert_cmpint (upstream->balance, ==, PL_BALANCE_ROUND_ROBIN);
  g_assert_null (upstream->health_path);
  g_assert_cmpuint (upstream->health_interval_ms, ==, 10000);
  g_assert_cmpuint (upstream->connect_timeout_ms, ==, 5000);
  g_assert_cmpuint (upstream->response_timeout_ms, ==, 600000);
  g_assert_cmpuint (pl_settings_get_number (settings, "log", "keep"), ==, 5000);
  g_assert_cmpuint (pl_settings_get_choice (settings, "log", "format"), ==, 0);
}

static void
test_one_upstream_needs_no_route (void)
{
  g_autoptr (PlSettings) settings = read_text ("[upstream a]\nurls=http://a\n");
  g_autoptr (PlConfig) config = build (settings);

  g_assert_cmpuint (pl_route_table_get_n_routes (config->routes), ==, 1);
  assert_route (config, 0, "/", FALSE, "a");
}

static void
test_windows_line_ends_and_byte_order_mark (void)
{
  g_autoptr (PlSettings) settings
      = read_text ("\xEF\xBB\xBF[listen]\r\nport=81\r\n[upstream a]\r\nurls=http://a\r\n");
  g_autoptr (PlConfig) config = build (settings);
  g_assert_cmpuint (config->port, ==, 81);
}

#define A  "[upstream a]\nurls=http://a\n"
#define AB A "[upstream b]\nurls=http://b\n"

/**
 * WrongCase:
 * @problems: all that is said, in order, each ended by a line end
 */
typedef struct
{
  const char *name;
  const char *text;
  const char *problems;
} WrongCase;

static const WrongCase wrong[] = {
  { "bad-port", A "[listen]\nport=99999\n",
    "porchlight.ini: [listen] port=99999 is not allowed: a whole number from 1 to 65535\n" },
  { "all-at-once", A "[listen]\nport=0\nexposure=all\n[route r]\nupstream=c\n",
    "porchlight.ini: [listen] port=0 is not allowed: a whole number from 1 to 65535\n"
    "porchlight.ini: [listen] exposure=all is not allowed: computer, network or internet\n"
    "porchlight.ini: [route r] upstream=c is not allowed: there is no [upstream c]\n" },
  { "unknown-key", A "[listen]\nprot=80\n",
    "porchlight.ini: [listen] prot is not known and has no effect; known here: port, exposure, "
    "bind, local-name, workers\n" },
  { "unknown-group", A "[lisen]\nport=80\n",
    "porchlight.ini: [lisen] is not known and has no effect; known are: [listen], [upstream "
    "NAME], [route NAME], [forwarding], [door], [tls], [log], [window]\n" },
  { "group-without-name", A "[upstream]\nurls=http://b\n",
    "porchlight.ini: [upstream] needs a name of your choice behind it, such as [upstream "
    "photos]\n" },
  { "no-upstream", "[listen]\nport=80\n",
    "porchlight.ini: nothing says where Immich is: add [upstream immich] and below it "
    "urls=http://127.0.0.1:2283\n" },
  { "no-urls", "[upstream a]\nbalance=first\n",
    "porchlight.ini: [upstream a] urls= is missing: Where Immich is, such as "
    "http://127.0.0.1:2283.\n" },
  { "no-route", AB,
    "porchlight.ini: nothing says which upstream gets what: add [route everything] and below it "
    "path=/ and upstream=a\n" },
  { "route-without-upstream", A "[route r]\npath=/\n",
    "porchlight.ini: [route r] upstream= is missing: The name of the upstream that such requests "
    "go to.\n" },
  { "same-path", AB "[route r]\nupstream=a\n[route s]\nupstream=b\npath=/\n",
    "porchlight.ini: [route s] path=/ is not allowed: another route has the same path and "
    "host\n" },
  { "same-path-spelt-otherwise",
    AB "[route r]\nupstream=a\npath=/api\nhost=X\n[route s]\nupstream=b\npath=/api/\nhost=x\n",
    "porchlight.ini: [route s] path=/api/ is not allowed: another route has the same path and "
    "host\n" },
  { "a-bad-path-is-said-once", AB "[route r]\nupstream=a\n[route s]\nupstream=b\nhost=a b\n",
    NULL },
  { "same-upstream", A "[upstream  a]\nurls=http://b\n",
    "porchlight.ini: there are two groups [upstream a]\n" },
  { "tls", A "[tls]\nmode=vpn\n",
    "porchlight.ini: [tls] mode=vpn is not allowed: off, local, files or "
    "acme\n" },
  { "bad-escape", A "[log]\naccess-log=C:\\logs\n",
    "porchlight.ini: [log] access-log=C:\\logs is not allowed: text in UTF-8, with \\\\ for a "
    "backslash, or with / in a path: C:/logs/x.log\n" },
  { "not-utf-8", A "[log]\naccess-log=\xff\n",
    "porchlight.ini: [log] access-log=\xEF\xBF\xBD is not allowed: text in UTF-8, with \\\\ for a "
    "backslash, or with / in a path: C:/logs/x.log\n" },
  { "no-address", "[upstream a]\nurls=nas:99999\n",
    "porchlight.ini: [upstream a] urls=nas:99999 is not allowed: A port is a number from 1 to "
    "65535.\n" },
  { "path-behind-an-address", "[upstream a]\nurls=nas;http://b:3000/photos\n",
    "porchlight.ini: [upstream a] urls=http://b:3000/photos: what stands behind the address has no "
    "effect; requests go to http://b:3000\n" },
  { "controls-are-not-shown", A "[listen]\nport=\x1b[2J\n",
    "porchlight.ini: [listen] port=?[2J is not allowed: a whole number from 1 to 65535\n" },
};

static char *
dup_problems (const PlProblems *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < pl_problems_get_n (problems); i++)
    g_string_append_printf (text, "%s\n", pl_problems_get (problems, i)->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_wrong (gconstpointer data)
{
  const WrongCase *trial = data;
  g_autoptr (PlSettings) settings = read_text (trial->text);
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = pl_settings_new_config (settings, problems);
  g_autofree char *said = dup_problems (problems);

  g_assert_cmpint (config == NULL, ==, pl_problems_has_errors (problems));
  if (trial->problems != NULL)
    g_assert_cmpstr (said, ==, trial->problems);
  else
    g_assert_cmpuint (pl_problems_get_n (problems), ==, 1);
}

static void
test_unknown_is_only_a_warning (void)
{
  g_autoptr (PlSettings) settings = read_text (A "new=1\n[newer]\nkey=2\n");
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = pl_settings_new_config (settings, problems);

  g_assert_nonnull (config);
  g_assert_cmpuint (pl_problems_get_n (problems), ==, 2);
  g_assert_cmpint (pl_problems_get (problems, 0)->kind, ==, PL_PROBLEM_WARNING);
  g_assert_cmpint (pl_problems_get (problems, 1)->kind, ==, PL_PROBLEM_WARNING);
}

static guint
count_problems (const char *text)
{
  g_autoptr (PlSettings) settings = read_text (text);
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = pl_settings_new_config (settings, problems);

  g_assert_nonnull (config);
  return pl_problems_get_n (problems);
}

static void
test_a_vain_bind_is_told (void)
{
  g_assert_cmpuint (count_problems (A "[listen]\nbind=192.168.1.20;fd00::20\n"), ==, 1);
  g_assert_cmpuint (count_problems (A "[listen]\nbind=192.168.1.20;::1\n"), ==, 0);
  g_assert_cmpuint (count_problems (A "[listen]\nbind=0.0.0.0\n"), ==, 0);
  g_assert_cmpuint (count_problems (A "[listen]\nbind=192.168.1.20\nexposure=network\n"), ==, 0);
}

static void
test_long_values_are_cut (void)
{
  g_autofree char *long_value = g_strnfill (10000, '9');
  g_autofree char *text = g_strdup_printf ("[listen]\nport=%s\n", long_value);
  g_autoptr (PlSettings) settings = read_text (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (pl_settings_dup_checked (settings, "listen", "port", &error));
  g_assert_cmpuint (strlen (error->message), <, 300);
  g_assert_nonnull (strstr (error->message, "9… is not allowed"));
}

static void
test_no_settings_file (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "port=80\n", "line 1: “port=80”: before it there must be a [group]" },
    { "# a\n\n  [listen\n", "line 3: “[listen”: a group ends with ]" },
    { "[listen]\r\nport\r\n", "line 2: “port”: it is none of [group], key=value and # comment" },
    { "[listen]\n=80\n", "line 2: “=80”: it is none of [group], key=value and # comment" },
    { "[listen]\n\xFF\n", "line 2: “\xEF\xBF\xBD”: it is none of" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *text = cases[i].text;
      g_autoptr (GError) error = NULL;
      g_assert_null (pl_settings_new_from_data ("porchlight.ini", text, strlen (text), &error));
      g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE);
      g_assert_true (g_str_has_prefix (error->message, "porchlight.ini, line "));
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
  g_assert_null (pl_settings_new_from_data ("porchlight.ini", "[listen]\0x", 10, NULL));
}

/* As other programs have them; one that ends a value is the value's. */
static void
test_semicolons (void)
{
  static const char text[] = "; at the top\n[listen]\n  ;port=80\nport=81\nbind=::1;127.0.0.1\n";
  g_autoptr (PlSettings) settings = read_text (text);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_cmpuint (pl_settings_get_number (settings, "listen", "port"), ==, 81);
  data = pl_settings_dup_data (settings, &length);
  g_assert_nonnull (strstr (data, "# at the top\n"));
  g_assert_nonnull (strstr (data, "#port=80\n"));
  g_assert_nonnull (strstr (data, "bind=::1;127.0.0.1\n"));
}

static void
test_set (void)
{
  g_autoptr (PlSettings) settings = pl_settings_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (pl_settings_set (settings, "listen", "port", " 81 ", NULL));
  g_assert_cmpuint (pl_settings_get_number (settings, "listen", "port"), ==, 81);
  g_assert_false (pl_settings_set (settings, "listen", "port", "none", &error));
  g_assert_cmpstr (error->message, ==, "a whole number from 1 to 65535");
  g_assert_cmpuint (pl_settings_get_number (settings, "listen", "port"), ==, 81);
  pl_settings_unset (settings, "listen", "port");
  g_assert_false (pl_settings_has (settings, "listen", "port"));
  g_assert_cmpuint (pl_settings_get_number (settings, "listen", "port"), ==, 8080);
}

static void
test_point_at (void)
{
  g_autoptr (PlSettings) settings = read_text (full_file);
  pl_settings_point_at (settings, "http://new:1", "/ping");
  g_autoptr (PlConfig) config = build (settings);

  g_assert_cmpuint (config->n_upstreams, ==, 1);
  g_assert_cmpstr (config->upstreams[0].endpoints[0].label, ==, "new:1");
  g_assert_cmpstr (config->upstreams[0].health_path, ==, "/ping");
  g_assert_cmpuint (pl_route_table_get_n_routes (config->routes), ==, 1);
  assert_route (config, 0, "/", FALSE, "immich");
}

static void
test_point_at_parts (void)
{
  g_autoptr (PlSettings) settings = pl_settings_new ();
  pl_settings_point_at_parts (settings, "http://s:3001", "http://w:3000");
  g_autoptr (PlConfig) config = build (settings);

  g_assert_cmpuint (config->n_upstreams, ==, 2);
  g_assert_cmpuint (pl_route_table_get_n_routes (config->routes), ==, 2);
  assert_route (config, 0, "/api", TRUE, "server");
  assert_route (config, 1, "/", FALSE, "web");
  g_assert_cmpstr (config->upstreams[0].health_path, ==, "/server-info/ping");
  g_assert_null (config->upstreams[1].health_path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/settings/without-a-file", test_without_a_file);
  g_test_add_func ("/app/settings/semicolons", test_semicolons);
  g_test_add_func ("/app/settings/every-key", test_every_key);
  g_test_add_func ("/app/settings/initial-values", test_initial_values);
  g_test_add_func ("/app/settings/one-upstream-needs-no-route", test_one_upstream_needs_no_route);
  g_test_add_func ("/app/settings/windows", test_windows_line_ends_and_byte_order_mark);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/settings/wrong/%s", wrong[i].name);
      g_test_add_data_func (path, &wrong[i], test_wrong);
    }
  g_test_add_func ("/app/settings/unknown-is-only-a-warning", test_unknown_is_only_a_warning);
  g_test_add_func ("/app/settings/vain-bind", test_a_vain_bind_is_told);
  g_test_add_func ("/app/settings/long-values-are-cut", test_long_values_are_cut);
  g_test_add_func ("/app/settings/no-settings-file", test_no_settings_file);
  g_test_add_func ("/app/settings/set", test_set);
  g_test_add_func ("/app/settings/point-at", test_point_at);
  g_test_add_func ("/app/settings/point-at-parts", test_point_at_parts);
  return g_test_run ();
}
