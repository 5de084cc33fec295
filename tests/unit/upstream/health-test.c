/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When endpoints are asked, when they count as up or down, and what a new configuration keeps. */

#include "net/upstream/health.h"

#include <libsoup/soup.h>
#include <string.h>

#include "net/route/loop.h"

/* A check may take no longer than its interval, so a busy computer needs QUICK_MS to be this much.
 */
#define QUICK_MS    200
#define LONG_MS     (60 * 1000)
#define PATIENCE_MS (10 * 1000)

typedef struct
{
  SoupServer *server;
  guint port;
  char *label;
  guint n_asked;
  guint n_failures_left; /* this many checks more are answered 503 */
  gboolean silent;
  gboolean in_maintenance;
  gboolean leads_back;
  PlHealthMonitor *monitor;
  PlEndpointHealth health; /* of the last endpoint of the last foreach */
  guint n_endpoints;
  char *last_error;
  gint64 response_us;
  gint64 since_us;
  GString *story; /* what was announced */
} Fixture;

static void
answer_in_maintenance (SoupServerMessage *message, const char *path)
{
  static const char config[] = "{\"maintenanceMode\":true}";

  if (!g_str_equal (path, "/api/server/config"))
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, config,
                                    strlen (config));
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  static const char pong[] = "{\"res\":\"pong\"}";
  Fixture *fixture = user_data;

  fixture->n_asked++;
  if (fixture->silent)
    {
      soup_server_message_pause (message);
      return;
    }
  if (fixture->leads_back)
    {
      soup_server_message_set_status (message, 508, NULL);
      soup_message_headers_append (soup_server_message_get_response_headers (message),
                                   PL_LOOP_FIELD, pl_loop_get_mark ());
      return;
    }
  if (fixture->in_maintenance)
    {
      answer_in_maintenance (message, path);
      return;
    }
  soup_server_message_set_status (message, fixture->n_failures_left > 0 ? 503 : 200, NULL);
  if (fixture->n_failures_left > 0)
    fixture->n_failures_left--;
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, pong,
                                    strlen (pong));
}

static void
on_changed (const PlEndpointStatus *status, gpointer user_data)
{
  static const char *const names[] = { "unknown", "up", "maintenance", "loop", "down" };
  Fixture *fixture = user_data;

  g_assert_cmpint (status->since_us, >, 0);
  g_string_append_printf (fixture->story, "%s %s, ", status->upstream, names[status->health]);
}

static void
start_server (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, fixture->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  start_server (fixture);
  fixture->label = g_strdup_printf ("127.0.0.1:%u", fixture->port);
  fixture->story = g_string_new (NULL);
  fixture->monitor = pl_health_monitor_new (on_changed, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->monitor, pl_health_monitor_free);
  g_clear_object (&fixture->server);
  g_string_free (fixture->story, TRUE);
  g_free (fixture->label);
  g_free (fixture->last_error);
}

static void
configure (Fixture *fixture, const char *name, const char *path, guint interval_ms)
{
  PlUpstreamConfig upstream;

  pl_upstream_config_init (&upstream, name);
  g_assert_true (pl_upstream_config_add (&upstream, "127.0.0.1", (guint16) fixture->port, NULL));
  upstream.health_path = g_strdup (path);
  upstream.health_interval_ms = interval_ms;
  pl_health_monitor_set_upstreams (fixture->monitor, &upstream, 1);
  pl_upstream_config_clear (&upstream);
}

static void
on_status (const PlEndpointStatus *status, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_endpoints++;
  fixture->health = status->health;
  fixture->response_us = status->response_us;
  fixture->since_us = status->since_us;
  g_free (fixture->last_error);
  fixture->last_error = g_strdup (status->last_error);
}

static void
look (Fixture *fixture)
{
  fixture->n_endpoints = 0;
  pl_health_monitor_foreach (fixture->monitor, on_status, fixture);
}

static gboolean
on_passed (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint duration_ms)
{
  gboolean passed = FALSE;

  g_timeout_add (duration_ms, on_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

/* Each waits for something to be seen and fails when it takes too long. */
static void
wait_for_health (Fixture *fixture, PlEndpointHealth health)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_MS * 1000;

  for (look (fixture); fixture->health != health; look (fixture))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      run_for (1);
    }
}

static void
wait_for_asked (Fixture *fixture, guint n_asked)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_MS * 1000;

  while (fixture->n_asked < n_asked)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      run_for (1);
    }
}

static void
test_up_down_up (Fixture *fixture, gconstpointer data)
{
  gint64 up_since_us;

  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  g_assert_cmpstr (fixture->last_error, ==, NULL);
  g_assert_cmpint (fixture->response_us, >, 0);
  up_since_us = fixture->since_us;

  fixture->n_failures_left = G_MAXUINT;
  wait_for_health (fixture, PL_HEALTH_NOT_WELL);
  g_assert_cmpuint (G_MAXUINT - fixture->n_failures_left, ==, 2);
  g_assert_cmpstr (fixture->last_error, ==, "answered 503 instead of 200");
  g_assert_cmpint (fixture->since_us, >, up_since_us);

  fixture->n_failures_left = 0;
  wait_for_health (fixture, PL_HEALTH_WELL);
  g_assert_cmpstr (fixture->last_error, ==, NULL);
  g_assert_cmpstr (fixture->story->str, ==, "server up, server down, server up, ");
}

/* One check is enough to tell that the mode has begun, and that it has ended. */
static void
test_maintenance (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  fixture->in_maintenance = TRUE;
  wait_for_health (fixture, PL_HEALTH_MAINTENANCE);
  g_assert_cmpstr (fixture->last_error, ==, NULL);
  fixture->in_maintenance = FALSE;
  wait_for_health (fixture, PL_HEALTH_WELL);
  g_assert_cmpstr (fixture->story->str, ==, "server up, server maintenance, server up, ");
}

/* It is told at once, but asked no more often than one that is well. */
static void
test_loop (Fixture *fixture, gconstpointer data)
{
  fixture->leads_back = TRUE;
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_LOOP);
  g_assert_cmpstr (fixture->last_error, ==, NULL);
  run_for (1200);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  fixture->leads_back = FALSE;
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  g_assert_cmpstr (fixture->story->str, ==, "server loop, server up, ");
}

static void
test_one_failure (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  for (guint i = 0; i < 2; i++)
    {
      fixture->n_failures_left = 1;
      wait_for_asked (fixture, fixture->n_asked + 3);
    }
  g_assert_cmpstr (fixture->story->str, ==, "server up, ");
}

static void
test_never_up (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->server);
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_health (fixture, PL_HEALTH_NOT_WELL);
  g_assert_nonnull (strstr (fixture->last_error, "nobody answers"));
  g_assert_cmpint (fixture->response_us, ==, -1);

  start_server (fixture);
  wait_for_health (fixture, PL_HEALTH_WELL);
  g_assert_cmpstr (fixture->story->str, ==, "server down, server up, ");
}

/* After a failure it is asked again within about a second, though the interval is a minute. */
static void
test_soon_after_failure (Fixture *fixture, gconstpointer data)
{
  fixture->n_failures_left = 2;
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_NOT_WELL);
  wait_for_health (fixture, PL_HEALTH_WELL);
  run_for (1200);
  g_assert_cmpuint (fixture->n_asked, ==, 3);
}

static void
doubt (Fixture *fixture)
{
  pl_health_monitor_doubt (fixture->monitor, "server", fixture->label);
}

/* A request found nobody there: with that, one failed check is enough, and it does not wait for its
 * time. */
static void
test_doubt (Fixture *fixture, gconstpointer data)
{
  gint64 doubted_us;

  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  run_for (1000);
  g_clear_object (&fixture->server);
  doubted_us = g_get_monotonic_time ();
  doubt (fixture);
  wait_for_health (fixture, PL_HEALTH_NOT_WELL);
  g_assert_cmpint (g_get_monotonic_time () - doubted_us, <, 900 * 1000);
  g_assert_cmpstr (fixture->story->str, ==, "server up, server down, ");
}

/* However many doubt, it is asked no more than once a second, and its word counts. */
static void
test_doubts_of_one_that_is_well (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  for (guint i = 0; i < 120; i++)
    {
      doubt (fixture);
      run_for (10);
    }
  g_assert_cmpuint (fixture->n_asked, >=, 2);
  g_assert_cmpuint (fixture->n_asked, <=, 3);
  g_assert_cmpstr (fixture->story->str, ==, "server up, ");
}

static void
test_doubts_of_nobody (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", NULL, QUICK_MS);
  doubt (fixture);
  pl_health_monitor_doubt (fixture->monitor, "web", fixture->label);
  pl_health_monitor_doubt (fixture->monitor, "server", "elsewhere:80");
  run_for (50);
  g_assert_cmpuint (fixture->n_asked, ==, 0);
  g_assert_cmpstr (fixture->story->str, ==, "");
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  fixture->silent = TRUE;
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_health (fixture, PL_HEALTH_NOT_WELL);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  g_assert_cmpstr (fixture->last_error, ==, "took longer than 0.2 s");
}

static void
test_unchecked (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", NULL, QUICK_MS);
  run_for (2 * QUICK_MS);
  look (fixture);
  g_assert_cmpuint (fixture->n_endpoints, ==, 1);
  g_assert_cmpint (fixture->health, ==, PL_HEALTH_UNKNOWN);
  g_assert_cmpint (fixture->since_us, ==, 0);
  g_assert_cmpint (fixture->response_us, ==, -1);
  g_assert_cmpuint (fixture->n_asked, ==, 0);
}

static void
test_same_again (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  for (guint i = 0; i < 3; i++)
    {
      configure (fixture, "server", "/ping", LONG_MS);
      run_for (20);
      look (fixture);
      g_assert_cmpint (fixture->health, ==, PL_HEALTH_WELL);
    }
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpstr (fixture->story->str, ==, "server up, ");
}

static void
test_new_interval (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_asked (fixture, 4);
  configure (fixture, "server", "/ping", LONG_MS);
  run_for (50);
  fixture->n_asked = 0;
  run_for (2 * QUICK_MS);
  g_assert_cmpuint (fixture->n_asked, ==, 0);
  g_assert_cmpstr (fixture->story->str, ==, "server up, ");
}

static void
test_new_path (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  configure (fixture, "server", "/", LONG_MS);
  look (fixture);
  g_assert_cmpint (fixture->health, ==, PL_HEALTH_UNKNOWN);
  wait_for_health (fixture, PL_HEALTH_WELL);
  configure (fixture, "server", NULL, LONG_MS);
  run_for (50);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  g_assert_cmpstr (fixture->story->str, ==,
                   "server up, server unknown, server up, server unknown, ");
}

static void
test_new_name (Fixture *fixture, gconstpointer data)
{
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_health (fixture, PL_HEALTH_WELL);
  configure (fixture, "web", "/ping", LONG_MS);
  wait_for_asked (fixture, 2);
  wait_for_health (fixture, PL_HEALTH_WELL);
  g_assert_cmpuint (fixture->n_endpoints, ==, 1);
  g_assert_cmpstr (fixture->story->str, ==, "server up, server unknown, web up, ");
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  fixture->silent = TRUE;
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_asked (fixture, 1);
  pl_health_monitor_set_upstreams (fixture->monitor, NULL, 0);
  run_for (2 * QUICK_MS);
  look (fixture);
  g_assert_cmpuint (fixture->n_endpoints, ==, 0);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpstr (fixture->story->str, ==, "");
}

/* Those that come together are not asked in the same instant. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  PlUpstreamConfig upstreams[40];
  gint64 started_us = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (upstreams); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      pl_upstream_config_init (&upstreams[i], name);
      pl_upstream_config_add (&upstreams[i], "127.0.0.1", (guint16) fixture->port, NULL);
      upstreams[i].health_path = g_strdup ("/ping");
      upstreams[i].health_interval_ms = LONG_MS;
    }
  pl_health_monitor_set_upstreams (fixture->monitor, upstreams, G_N_ELEMENTS (upstreams));
  for (guint i = 0; i < G_N_ELEMENTS (upstreams); i++)
    pl_upstream_config_clear (&upstreams[i]);
  wait_for_health (fixture, PL_HEALTH_WELL);
  g_assert_cmpint (g_get_monotonic_time () - started_us, >, 350 * 1000);
  g_assert_cmpuint (fixture->n_asked, ==, G_N_ELEMENTS (upstreams));
  g_assert_cmpuint (fixture->n_endpoints, ==, G_N_ELEMENTS (upstreams));
}

static void
test_freed_during_check (Fixture *fixture, gconstpointer data)
{
  fixture->silent = TRUE;
  configure (fixture, "server", "/ping", QUICK_MS);
  wait_for_asked (fixture, 1);
  g_clear_pointer (&fixture->monitor, pl_health_monitor_free);
  run_for (2 * QUICK_MS);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpstr (fixture->story->str, ==, "");
}

/* As a program does that ends: nobody runs the main context any more. */
static void
test_freed_at_the_end (Fixture *fixture, gconstpointer data)
{
  fixture->silent = TRUE;
  configure (fixture, "server", "/ping", LONG_MS);
  wait_for_asked (fixture, 1);
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
  Fixture *fixture = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);

  g_main_context_push_thread_default (context);
  fixture->monitor = pl_health_monitor_new (on_other_changed, loop);
  configure (fixture, "server", "/ping", LONG_MS);
  g_main_loop_run (loop);
  look (fixture);
  g_clear_pointer (&fixture->monitor, pl_health_monitor_free);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return fixture;
}

static void
test_other_context (Fixture *fixture, gconstpointer data)
{
  GThread *thread;

  g_clear_pointer (&fixture->monitor, pl_health_monitor_free);
  thread = g_thread_new ("other", run_elsewhere, fixture);
  wait_for_asked (fixture, 1);
  run_for (50);
  g_thread_join (thread);
  g_assert_cmpint (fixture->health, ==, PL_HEALTH_WELL);
}

static const struct
{
  const char *path;
  void (*test) (Fixture *fixture, gconstpointer data);
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
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
