/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new configuration keeps of what is known of endpoints, and when a monitor may go. */

#include "tests/unit/moment.h"
#include "tests/unit/upstream/watch.h"

static void
test_unchecked (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", NULL, QUICK_MS);
  run_for (2 * QUICK_MS);
  watch_look (watch);
  g_assert_cmpuint (watch->n_endpoints, ==, 1);
  g_assert_cmpint (watch->health, ==, PL_HEALTH_UNKNOWN);
  g_assert_cmpint (watch->since_us, ==, 0);
  g_assert_cmpint (watch->response_us, ==, -1);
  g_assert_cmpuint (watch->n_asked, ==, 0);
}

static void
test_same_again (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  for (guint i = 0; i < 3; i++)
    {
      watch_configure (watch, "server", "/ping", LONG_MS);
      run_for (20);
      watch_look (watch);
      g_assert_cmpint (watch->health, ==, PL_HEALTH_WELL);
    }
  g_assert_cmpuint (watch->n_asked, ==, 1);
  g_assert_cmpstr (watch->story->str, ==, "server up, ");
}

static void
test_new_interval (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_asked (watch, 4);
  watch_configure (watch, "server", "/ping", LONG_MS);
  run_for (50);
  watch->n_asked = 0;
  run_for (2 * QUICK_MS);
  g_assert_cmpuint (watch->n_asked, ==, 0);
  g_assert_cmpstr (watch->story->str, ==, "server up, ");
}

static void
test_new_path (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  watch_configure (watch, "server", "/", LONG_MS);
  watch_look (watch);
  g_assert_cmpint (watch->health, ==, PL_HEALTH_UNKNOWN);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  watch_configure (watch, "server", NULL, LONG_MS);
  run_for (50);
  g_assert_cmpuint (watch->n_asked, ==, 2);
  g_assert_cmpstr (watch->story->str, ==, "server up, server unknown, server up, server unknown, ");
}

static void
test_new_name (Watch *watch, gconstpointer data)
{
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  watch_configure (watch, "web", "/ping", LONG_MS);
  watch_wait_for_asked (watch, 2);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  g_assert_cmpuint (watch->n_endpoints, ==, 1);
  g_assert_cmpstr (watch->story->str, ==, "server up, server unknown, web up, ");
}

static void
test_removed (Watch *watch, gconstpointer data)
{
  watch->silent = TRUE;
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_asked (watch, 1);
  pl_health_monitor_set_upstreams (watch->monitor, NULL, 0);
  run_for (2 * QUICK_MS);
  watch_look (watch);
  g_assert_cmpuint (watch->n_endpoints, ==, 0);
  g_assert_cmpuint (watch->n_asked, ==, 1);
  g_assert_cmpstr (watch->story->str, ==, "");
}

/* Those that come together are not asked in the same instant. */
static void
test_many (Watch *watch, gconstpointer data)
{
  PlUpstreamConfig upstreams[40];
  gint64 started_us = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (upstreams); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      pl_upstream_config_init (&upstreams[i], name);
      pl_upstream_config_add (&upstreams[i], "127.0.0.1", (guint16) watch->port, NULL);
      upstreams[i].health_path = g_strdup ("/ping");
      upstreams[i].health_interval_ms = LONG_MS;
    }
  pl_health_monitor_set_upstreams (watch->monitor, upstreams, G_N_ELEMENTS (upstreams));
  for (guint i = 0; i < G_N_ELEMENTS (upstreams); i++)
    pl_upstream_config_clear (&upstreams[i]);
  watch_wait_for_health (watch, PL_HEALTH_WELL);
  g_assert_cmpint (g_get_monotonic_time () - started_us, >, 350 * 1000);
  g_assert_cmpuint (watch->n_asked, ==, G_N_ELEMENTS (upstreams));
  g_assert_cmpuint (watch->n_endpoints, ==, G_N_ELEMENTS (upstreams));
}

static void
test_freed_during_check (Watch *watch, gconstpointer data)
{
  watch->silent = TRUE;
  watch_configure (watch, "server", "/ping", QUICK_MS);
  watch_wait_for_asked (watch, 1);
  g_clear_pointer (&watch->monitor, pl_health_monitor_free);
  run_for (2 * QUICK_MS);
  g_assert_cmpuint (watch->n_asked, ==, 1);
  g_assert_cmpstr (watch->story->str, ==, "");
}

/* As a program does that ends: nobody runs the main context any more. */
static void
test_freed_at_the_end (Watch *watch, gconstpointer data)
{
  watch->silent = TRUE;
  watch_configure (watch, "server", "/ping", LONG_MS);
  watch_wait_for_asked (watch, 1);
}

static void
on_other_changed (const PlEndpointStatus *status, gpointer user_data)
{
  g_assert_true (g_main_context_is_owner (g_main_loop_get_context (user_data)));
  g_main_loop_quit (user_data);
}

/* The monitor lives on the context that was its maker's, not on the global one. */
static gpointer
run_elsewhere (gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);

  g_main_context_push_thread_default (context);
  watch->monitor = pl_health_monitor_new (on_other_changed, loop);
  watch_configure (watch, "server", "/ping", LONG_MS);
  g_main_loop_run (loop);
  watch_look (watch);
  g_clear_pointer (&watch->monitor, pl_health_monitor_free);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return watch;
}

static void
test_other_context (Watch *watch, gconstpointer data)
{
  GThread *thread;

  g_clear_pointer (&watch->monitor, pl_health_monitor_free);
  thread = g_thread_new ("other", run_elsewhere, watch);
  watch_wait_for_asked (watch, 1);
  run_for (50);
  g_thread_join (thread);
  g_assert_cmpint (watch->health, ==, PL_HEALTH_WELL);
}

static const struct
{
  const char *path;
  void (*test) (Watch *watch, gconstpointer data);
} tests[] = {
  { "/upstream/health/unchecked", test_unchecked },
  { "/upstream/health/same-again", test_same_again },
  { "/upstream/health/new-interval", test_new_interval },
  { "/upstream/health/new-path", test_new_path },
  { "/upstream/health/new-name", test_new_name },
  { "/upstream/health/removed", test_removed },
  { "/upstream/health/many", test_many },
  { "/upstream/health/freed-during-check", test_freed_during_check },
  { "/upstream/health/other-context", test_other_context },
  { "/upstream/health/freed-at-the-end", test_freed_at_the_end },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Watch, NULL, watch_set_up, tests[i].test, watch_tear_down);
  return g_test_run ();
}
