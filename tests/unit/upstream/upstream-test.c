/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/upstream/upstream.c: whose turn it is, and what a new configuration takes over from the one
 * before. */

#include "net/upstream/upstream.h"

#include <string.h>

#define NOW_US (1000 * G_USEC_PER_SEC)

/* Endpoints are called by letters, a the first.
 *
 * @endpoints: one character each: `.` good, `d` down, `p` passed over, yet to be retried if need
 *   be, `f` failed so lately that it is not; upper case: down, too; `m` in maintenance, `l` leads
 *   back here
 * @n_running: exchanges of each
 * @first: what requests that come one after the other get, each as its first
 * @all: what one request gets, on and on; `-`: none is left
 */
typedef struct
{
  const char *name;
  PlBalance balance;
  const char *endpoints;
  guint n_running[4];
  const char *first;
  const char *all;
} Row;

static const Row rows[] = {
  { "one", PL_BALANCE_ROUND_ROBIN, ".", { 0 }, "aaa", "a-" },
  { "in-turn", PL_BALANCE_ROUND_ROBIN, "...", { 0 }, "abcabca", "abc-" },
  { "in-turn-however-busy", PL_BALANCE_ROUND_ROBIN, "...", { 9, 0, 5 }, "abcabc", "abc-" },
  { "in-turn-without-down", PL_BALANCE_ROUND_ROBIN, ".d..", { 0 }, "acdacd", "acdb-" },
  { "in-turn-without-passed-over", PL_BALANCE_ROUND_ROBIN, "p..", { 0 }, "bcbc", "bca-" },
  { "in-turn-without-failed", PL_BALANCE_ROUND_ROBIN, "f..", { 0 }, "bcbc", "bc-" },
  { "in-turn-one-left", PL_BALANCE_ROUND_ROBIN, "d.f", { 0 }, "bbb", "ba-" },

  { "least-used", PL_BALANCE_LEAST_USED, "...", { 2, 1, 3 }, "bbb", "bac-" },
  { "least-used-in-turn-where-equal", PL_BALANCE_LEAST_USED, "...", { 0 }, "abcabc", "abc-" },
  { "least-used-some-equal", PL_BALANCE_LEAST_USED, "....", { 1, 4, 1, 4 }, "acac", "acdb-" },
  { "least-used-without-down", PL_BALANCE_LEAST_USED, "d..", { 0, 7, 6 }, "ccc", "cba-" },
  { "least-used-of-down", PL_BALANCE_LEAST_USED, "ddd", { 3, 2, 1 }, "ccc", "cba-" },

  { "first", PL_BALANCE_FIRST, "...", { 0 }, "aaa", "abc-" },
  { "first-however-busy", PL_BALANCE_FIRST, "...", { 9, 0, 0 }, "aaa", "abc-" },
  { "first-that-is-up", PL_BALANCE_FIRST, "d..", { 0 }, "bbb", "bca-" },
  { "first-that-lets-in", PL_BALANCE_FIRST, "pf.", { 0 }, "ccc", "ca-" },

  { "all-down", PL_BALANCE_ROUND_ROBIN, "dd", { 0 }, "abab", "ab-" },
  { "all-passed-over", PL_BALANCE_ROUND_ROBIN, "pp", { 0 }, "abab", "ab-" },
  { "all-down-and-passed-over", PL_BALANCE_FIRST, "PP", { 0 }, "aaa", "ab-" },
  { "all-but-one-just-failed", PL_BALANCE_FIRST, "fFp", { 0 }, "ccc", "c-" },
  { "in-turn-with-maintenance", PL_BALANCE_ROUND_ROBIN, "m..", { 0 }, "abcabc", "abc-" },
  { "without-those-that-lead-back", PL_BALANCE_ROUND_ROBIN, ".l.", { 0 }, "acac", "ac-" },
  { "down-rather-than-back", PL_BALANCE_FIRST, "ld", { 0 }, "bbb", "b-" },
  { "all-lead-back", PL_BALANCE_ROUND_ROBIN, "ll", { 0 }, "---", "-" },
  { "all-just-failed", PL_BALANCE_ROUND_ROBIN, "ff", { 0 }, "---", "-" },
};

static void
add_endpoints (PlUpstreamConfig *config, guint n_endpoints)
{
  for (guint i = 0; i < n_endpoints; i++)
    g_assert_true (pl_upstream_config_add (config, "host", (guint16) (i + 1), NULL));
}

/* A first failure is forgotten after some while, and not so soon that another request should find
 * it forgotten. */
static void
set_up_endpoint (PlEndpoint *endpoint, char condition, guint n_running)
{
  gint64 failed_us = NOW_US;

  endpoint->n_running = n_running;
  if (condition == 'l')
    endpoint->health = PL_HEALTH_LOOP;
  else if (condition == 'd' || g_ascii_isupper (condition))
    endpoint->health = PL_HEALTH_NOT_WELL;
  else if (condition == 'm')
    endpoint->health = PL_HEALTH_MAINTENANCE;
  if (strchr (".dlm", condition) != NULL)
    return;
  pl_endpoint_failed (endpoint, failed_us);
  if (g_ascii_tolower (condition) == 'f')
    return;
  while (!pl_endpoint_may_retry (endpoint, NOW_US))
    pl_endpoint_failed (endpoint, failed_us -= 1000);
  g_assert_true (pl_endpoint_is_passed_over (endpoint, NOW_US));
}

static char
pick (PlUpstream *upstream, PlEndpointSet *tried)
{
  const PlEndpoint *endpoint = pl_upstream_pick (upstream, tried, NOW_US);

  for (guint i = 0; i < upstream->config->n_endpoints; i++)
    if (upstream->endpoints[i] == endpoint)
      return (char) ('a' + i);
  g_assert_null (endpoint);
  return '-';
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GString) first = g_string_new (NULL), all = g_string_new (NULL);
  PlEndpointSet tried = 0;
  PlUpstreamConfig config;
  PlUpstream upstream, fresh;

  pl_upstream_config_init (&config, "server");
  config.balance = row->balance;
  add_endpoints (&config, strlen (row->endpoints));
  pl_upstream_init (&upstream, &config, NULL, 0);
  for (guint i = 0; i < config.n_endpoints; i++)
    set_up_endpoint (upstream.endpoints[i], row->endpoints[i], row->n_running[i]);
  pl_upstream_init (&fresh, &config, &upstream, 1);

  g_assert_cmpint (pl_upstream_is_loop (&upstream), ==,
                   strspn (row->endpoints, "l") == strlen (row->endpoints));
  for (gsize i = 0; i < strlen (row->first); i++)
    {
      PlEndpointSet none = 0;

      g_string_append_c (first, pick (&upstream, &none));
    }
  for (gsize i = 0; i < strlen (row->all); i++)
    g_string_append_c (all, pick (&fresh, &tried));
  g_assert_cmpstr (first->str, ==, row->first);
  g_assert_cmpstr (all->str, ==, row->all);
  pl_upstream_clear (&upstream);
  pl_upstream_clear (&fresh);
  pl_upstream_config_clear (&config);
}

static void
test_as_many_as_there_may_be (void)
{
  PlEndpointSet tried = 0;
  PlUpstreamConfig config;
  PlUpstream upstream;

  pl_upstream_config_init (&config, "server");
  add_endpoints (&config, PL_UPSTREAM_MAX_ENDPOINTS);
  pl_upstream_init (&upstream, &config, NULL, 0);
  for (guint i = 0; i < PL_UPSTREAM_MAX_ENDPOINTS; i++)
    g_assert_true (pl_upstream_pick (&upstream, &tried, NOW_US) == upstream.endpoints[i]);
  g_assert_null (pl_upstream_pick (&upstream, &tried, NOW_US));
  pl_upstream_clear (&upstream);
  pl_upstream_config_clear (&config);
}

/* Reconfiguring */

typedef struct
{
  const char *host;
  guint16 port;
} Place;

static void
make (PlUpstreamConfig *config, const char *name, const Place *places)
{
  pl_upstream_config_init (config, name);
  for (guint i = 0; places[i].host != NULL; i++)
    g_assert_true (pl_upstream_config_add (config, places[i].host, places[i].port, NULL));
}

/* What is the same by both names is the same endpoint, at whatever place it stands now; the one of
 * another upstream is not, though it be the same computer. */
static void
test_takes_over_by_both_names (void)
{
  static const Place old_server[] = { { "a", 1 }, { "b", 1 }, { NULL } };
  static const Place new_server[] = { { "b", 1 }, { "b", 2 }, { "a", 1 }, { NULL } };
  static const Place web[] = { { "a", 1 }, { NULL } };
  PlUpstreamConfig old[2], new[2];
  PlUpstream before[2], after[2];
  PlEndpoint *a, *b;

  make (&old[0], "web", web);
  make (&old[1], "server", old_server);
  make (&new[0], "server", new_server);
  make (&new[1], "photos", web);
  for (guint i = 0; i < 2; i++)
    pl_upstream_init (&before[i], &old[i], NULL, 0);
  a = before[1].endpoints[0];
  b = before[1].endpoints[1];
  a->speaks_http_1_0 = TRUE;
  pl_endpoint_failed (b, NOW_US);

  for (guint i = 0; i < 2; i++)
    pl_upstream_init (&after[i], &new[i], before, 2);
  for (guint i = 0; i < 2; i++)
    {
      pl_upstream_clear (&before[i]);
      pl_upstream_config_clear (&old[i]);
    }
  g_assert_true (after[0].endpoints[0] == b);
  g_assert_true (after[0].endpoints[2] == a);
  g_assert_true (a->speaks_http_1_0);
  g_assert_true (pl_endpoint_is_passed_over (b, NOW_US));
  g_assert_cmpstr (a->label, ==, "a:1");
  g_assert_cmpstr (b->host, ==, "b");
  g_assert_cmpstr (after[0].endpoints[1]->label, ==, "b:2");
  g_assert_cmpuint (after[0].endpoints[1]->port, ==, 2);
  g_assert_true (after[1].endpoints[0] != a);
  g_assert_false (after[1].endpoints[0]->speaks_http_1_0);
  for (guint i = 0; i < 2; i++)
    {
      pl_upstream_clear (&after[i]);
      pl_upstream_config_clear (&new[i]);
    }
}

static void
test_find_endpoint (void)
{
  static const Place server[] = { { "a", 1 }, { "::1", 2 }, { NULL } };
  static const Place web[] = { { "a", 1 }, { NULL } };
  PlUpstreamConfig configs[2];
  PlUpstream upstreams[2];

  make (&configs[0], "server", server);
  make (&configs[1], "web", web);
  for (guint i = 0; i < 2; i++)
    pl_upstream_init (&upstreams[i], &configs[i], NULL, 0);
  g_assert_true (pl_upstream_find_endpoint (upstreams, 2, "server", "[::1]:2")
                 == upstreams[0].endpoints[1]);
  g_assert_true (pl_upstream_find_endpoint (upstreams, 2, "web", "a:1")
                 == upstreams[1].endpoints[0]);
  g_assert_null (pl_upstream_find_endpoint (upstreams, 2, "web", "[::1]:2"));
  g_assert_null (pl_upstream_find_endpoint (upstreams, 2, "", "a:1"));
  g_assert_null (pl_upstream_find_endpoint (upstreams, 1, "web", "a:1"));
  g_assert_null (pl_upstream_find_endpoint (NULL, 0, "web", "a:1"));
  for (guint i = 0; i < 2; i++)
    {
      pl_upstream_clear (&upstreams[i]);
      pl_upstream_config_clear (&configs[i]);
    }
}

static void
make_encrypted (PlUpstreamConfig *config, gboolean verifies)
{
  pl_upstream_config_init (config, "immich");
  g_assert_true (pl_upstream_config_add_encrypted (config, "host", 443, NULL));
  config->proof = pl_proof_new (verifies, NULL, NULL);
  g_assert_nonnull (config->proof);
}

/* Whether what is known of an endpoint, and its kept connections, go on in the next configuration.
 */
static gboolean
goes_on (PlUpstreamConfig *now, PlUpstreamConfig *next)
{
  PlUpstream before, after;
  gboolean is_same;

  pl_upstream_init (&before, now, NULL, 0);
  pl_upstream_init (&after, next, &before, 1);
  is_same = before.endpoints[0] == after.endpoints[0];
  pl_upstream_clear (&before);
  pl_upstream_clear (&after);
  return is_same;
}

/* What was connected to while less was asked of it must not serve those who ask for more. */
static void
test_takes_over_what_shows_itself_alike (void)
{
  PlUpstreamConfig strict, lax, plain;

  make_encrypted (&strict, TRUE);
  make_encrypted (&lax, FALSE);
  pl_upstream_config_init (&plain, "immich");
  g_assert_true (pl_upstream_config_add (&plain, "host", 443, NULL));
  g_assert_true (goes_on (&strict, &strict));
  g_assert_true (goes_on (&plain, &plain));
  g_assert_false (goes_on (&lax, &strict));
  g_assert_false (goes_on (&plain, &strict));
  g_assert_false (goes_on (&strict, &plain));
  pl_upstream_config_clear (&strict);
  pl_upstream_config_clear (&lax);
  pl_upstream_config_clear (&plain);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/upstream/upstream/pick/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/upstream/upstream/as-many-as-there-may-be", test_as_many_as_there_may_be);
  g_test_add_func ("/upstream/upstream/takes-over-by-both-names", test_takes_over_by_both_names);
  g_test_add_func ("/upstream/upstream/takes-over-what-shows-itself-alike",
                   test_takes_over_what_shows_itself_alike);
  g_test_add_func ("/upstream/upstream/find-endpoint", test_find_endpoint);
  return g_test_run ();
}
