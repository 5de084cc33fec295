/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/upstream/watch.h"

#include <string.h>

#include "net/route/loop.h"
#include "tests/unit/moment.h"

#define PATIENCE_MS (10 * 1000)

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
  Watch *watch = user_data;

  watch->n_asked++;
  if (watch->silent)
    {
      soup_server_message_pause (message);
      return;
    }
  if (watch->leads_back)
    {
      soup_server_message_set_status (message, 508, NULL);
      soup_message_headers_append (soup_server_message_get_response_headers (message),
                                   PL_LOOP_FIELD, pl_loop_get_mark ());
      return;
    }
  if (watch->in_maintenance)
    {
      answer_in_maintenance (message, path);
      return;
    }
  soup_server_message_set_status (message, watch->n_failures_left > 0 ? 503 : 200, NULL);
  if (watch->n_failures_left > 0)
    watch->n_failures_left--;
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, pong,
                                    strlen (pong));
}

static void
on_changed (const PlEndpointStatus *status, gpointer user_data)
{
  static const char *const names[] = { "unknown", "up", "maintenance", "loop", "down" };
  Watch *watch = user_data;

  g_assert_cmpint (status->since_us, >, 0);
  g_string_append_printf (watch->story, "%s %s, ", status->upstream, names[status->health]);
}

void
watch_start_server (Watch *watch)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  watch->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (watch->server, NULL, on_request, watch, NULL);
  soup_server_listen_local (watch->server, watch->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (watch->server);
  watch->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
watch_set_up (Watch *watch, gconstpointer data)
{
  watch_start_server (watch);
  watch->label = g_strdup_printf ("127.0.0.1:%u", watch->port);
  watch->story = g_string_new (NULL);
  watch->monitor = pl_health_monitor_new (on_changed, watch);
}

void
watch_tear_down (Watch *watch, gconstpointer data)
{
  g_clear_pointer (&watch->monitor, pl_health_monitor_free);
  g_clear_object (&watch->server);
  g_string_free (watch->story, TRUE);
  g_free (watch->label);
  g_free (watch->last_error);
}

void
watch_configure (Watch *watch, const char *name, const char *path, guint interval_ms)
{
  PlUpstreamConfig upstream;

  pl_upstream_config_init (&upstream, name);
  g_assert_true (pl_upstream_config_add (&upstream, "127.0.0.1", (guint16) watch->port, NULL));
  upstream.health_path = g_strdup (path);
  upstream.health_interval_ms = interval_ms;
  pl_health_monitor_set_upstreams (watch->monitor, &upstream, 1);
  pl_upstream_config_clear (&upstream);
}

static void
on_status (const PlEndpointStatus *status, gpointer user_data)
{
  Watch *watch = user_data;

  watch->n_endpoints++;
  watch->health = status->health;
  watch->response_us = status->response_us;
  watch->since_us = status->since_us;
  g_free (watch->last_error);
  watch->last_error = g_strdup (status->last_error);
}

void
watch_look (Watch *watch)
{
  watch->n_endpoints = 0;
  pl_health_monitor_foreach (watch->monitor, on_status, watch);
}

void
watch_wait_for_health (Watch *watch, PlEndpointHealth health)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_MS * 1000;

  for (watch_look (watch); watch->health != health; watch_look (watch))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      run_for (1);
    }
}

void
watch_wait_for_asked (Watch *watch, guint n_asked)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_MS * 1000;

  while (watch->n_asked < n_asked)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      run_for (1);
    }
}
