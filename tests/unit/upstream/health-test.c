/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When endpoints are asked, and when they count as up or down. */

#include <string.h>

#include "tests/unit/moment.h"
#include "tests/unit/upstream/watch.h"

static void
test_up_down_up (Watch *watch, gconstpointer data)
{
  gint64 up_since_us;

  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  g_assert_cmpstr (watch->last_error, ==, NULL);
  g_assert_cmpint (watch->response_us, >, 0);
  up_since_us = watch->since_us;

  watch->n_failures_left = G_MAXUINT;
  watch_wait_for_health (watch, PL_HEALTH_NOT_WELL);
  g_assert_cmpuint (G_MAXUINT - watch->n_failures_left, ==, 2);
  g_assert_cmpstr (watch->last_error, ==, "answered 503 instead of 200");
  g_assert_cmpint (watch->since_us, >, up_since_us);

  watch->n_failures_left = 0;
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  g_assert_cmpstr (watch->last_error, ==, NULL);
  g_assert_cmpstr (watch->story->str, ==, "server up, server down, server up, ");
}

/* One check is enough to tell that the mode has begun, and that it has ended. */
static void
test_maintenance (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  watch->in_maintenance = TRUE;
  watch_wait_for_health (watch, PL_HEALTH_MAINTENANCE);
  g_assert_cmpstr (watch->last_error, ==, NULL);
  watch->in_maintenance = FALSE;
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  g_assert_cmpstr (watch->story->str, ==, "server up, server maintenance, server up, ");
}

/* It is told at once, but asked no more often than one that is well. */
static void
test_loop (Watch *watch, gconstpointer data)
{
  watch->leads_back = TRUE;
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_LOOP);
  g_assert_cmpstr (watch->last_error, ==, NULL);
  run_for (1200);
  g_assert_cmpuint (watch->n_asked, ==, 1);
  watch->leads_back = FALSE;
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  g_assert_cmpstr (watch->story->str, ==, "server loop, server up, ");
}

static void
test_one_failure (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  for (guint i = 0; i < 2; i++)
    {
      watch->n_failures_left = 1;
      watch_wait_for_asked (watch, watch->n_asked + 3);
    }
  g_assert_cmpstr (watch->story->str, ==, "server up, ");
}

static void
test_never_up (Watch *watch, gconstpointer data)
{
  g_clear_object (&watch->server);
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_health (watch, PL_HEALTH_NOT_WELL);
  g_assert_nonnull (strstr (watch->last_error, "nobody answers"));
  g_assert_cmpint (watch->response_us, ==, -1);

  watch_start_server (watch);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  g_assert_cmpstr (watch->story->str, ==, "server down, server up, ");
}

/* After a failure it is asked again within about a second, though the interval is a minute. */
static void
test_soon_after_failure (Watch *watch, gconstpointer data)
{
  watch->n_failures_left = 2;
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_NOT_WELL);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  run_for (1200);
  g_assert_cmpuint (watch->n_asked, ==, 3);
}

static void
doubt (Watch *watch)
{
  pl_health_monitor_doubt (watch->monitor, "server", watch->label);
}

/* A request found nobody there: with that, one failed check is enough, and it does not wait for its
 * time. */
static void
test_doubt (Watch *watch, gconstpointer data)
{
  gint64 doubted_us;

  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  run_for (1000);
  g_clear_object (&watch->server);
  doubted_us = g_get_monotonic_time ();
  doubt (watch);
  watch_wait_for_health (watch, PL_HEALTH_NOT_WELL);
  g_assert_cmpint (g_get_monotonic_time () - doubted_us, <, 900 * 1000);
  g_assert_cmpstr (watch->story->str, ==, "server up, server down, ");
}

/* However many doubt, it is asked no more than once a second, and its word counts. */
static void
test_doubts_of_one_that_is_well (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  for (guint i = 0; i < 120; i++)
    {
      doubt (watch);
      run_for (10);
    }
  g_assert_cmpuint (watch->n_asked, >=, 2);
  g_assert_cmpuint (watch->n_asked, <=, 3);
  g_assert_cmpstr (watch->story->str, ==, "server up, ");
}

static void
test_doubts_of_nobody (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", NULL, QUICK_MS);
  doubt (watch);
  pl_health_monitor_doubt (watch->monitor, "web", watch->label);
  pl_health_monitor_doubt (watch->monitor, "server", "elsewhere:80");
  run_for (50);
  g_assert_cmpuint (watch->n_asked, ==, 0);
  g_assert_cmpstr (watch->story->str, ==, "");
}

static void
test_slow (Watch *watch, gconstpointer data)
{
  watch->silent = TRUE;
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_health (watch, PL_HEALTH_NOT_WELL);
  g_assert_cmpuint (watch->n_asked, ==, 2);
  g_assert_cmpstr (watch->last_error, ==, "took longer than 0.2 s");
}

static const struct
{
  const char *path;
  void (*test) (Watch *watch, gconstpointer data);
} tests[] = {
  { "/upstream/health/up-down-up", test_up_down_up },
  { "/upstream/health/one-failure", test_one_failure },
  { "/upstream/health/maintenance", test_maintenance },
  { "/upstream/health/loop", test_loop },
  { "/upstream/health/never-up", test_never_up },
  { "/upstream/health/soon-after-failure", test_soon_after_failure },
  { "/upstream/health/doubt", test_doubt },
  { "/upstream/health/doubts-of-one-that-is-well", test_doubts_of_one_that_is_well },
  { "/upstream/health/doubts-of-nobody", test_doubts_of_nobody },
  { "/upstream/health/slow", test_slow },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Watch, NULL, watch_set_up, tests[i].test, watch_tear_down);
  return g_test_run ();
}
