/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/proxy.h"

#include "net/i18n.h"
#include "net/proxy/listeners.h"
#include "net/proxy/worker.h"

#define MAX_AUTOMATIC_WORKERS 4
#define MAX_WORKERS           64

/* A socket that was opened by whoever started the program. */
typedef struct
{
  int descriptor;
  PlListening at;
} Given;

struct _PlProxy
{
  PlOutbox *outbox;
  PlHealthMonitor *health;
  PlDoubts *doubts;
  PlGuard *guard;
  PlPace *pace;
  GMainContext *context;
  PlWorker *workers[MAX_WORKERS]; /* none before the first configuration */
  guint n_workers;
  PlListeners *listeners;
  GArray *given; /* of Given: what @listeners are to take */

  PlEndpointStatusFunc on_status;
  gpointer on_status_data;

  GSourceOnceFunc on_drained;
  gpointer on_drained_data;
  GSource *drain_timeout;
  guint n_undrained; /* workers */
};

static void
health_changed_cb (const PlEndpointStatus *status, gpointer user_data)
{
  PlProxy *proxy = user_data;

  for (guint i = 0; i < proxy->n_workers; i++)
    pl_worker_set_health (proxy->workers[i], status->upstream, status->endpoint, status->health);
  if (proxy->on_status != NULL)
    proxy->on_status (status, proxy->on_status_data);
}

static void
doubted_cb (const char *upstream, const char *endpoint, gpointer user_data)
{
  PlProxy *proxy = user_data;

  pl_health_monitor_doubt (proxy->health, upstream, endpoint);
}

static PlPace *
make_pace (const PlLimits *limits)
{
  PlPaceLimits pace = {
    .connections = limits->stranger_connections,
    .new_connections = limits->stranger_new_connections,
    .new_connections_per_s = limits->stranger_new_connections_per_s,
    .requests = limits->stranger_requests,
    .requests_per_s = limits->stranger_requests_per_s,
  };

  return pl_pace_new (&pace);
}

PlProxy *
pl_proxy_new (PlRecordsFunc on_records, gpointer user_data)
{
  PlProxy *proxy = g_new0 (PlProxy, 1);

  proxy->context = g_main_context_ref_thread_default ();
  proxy->outbox = pl_outbox_new (on_records, user_data);
  proxy->given = g_array_new (FALSE, FALSE, sizeof (Given));
  proxy->health = pl_health_monitor_new (health_changed_cb, proxy);
  proxy->doubts = pl_doubts_new (doubted_cb, proxy);
  proxy->guard = pl_guard_new ();
  proxy->pace = make_pace (pl_limits_get ());
  return proxy;
}

static guint
choose_n_workers (const PlConfig *config)
{
  return config->n_workers > 0 ? MIN (config->n_workers, MAX_WORKERS)
                               : MIN (g_get_num_processors (), MAX_AUTOMATIC_WORKERS);
}

static void
free_workers (PlProxy *proxy)
{
  g_clear_pointer (&proxy->listeners, pl_listeners_free);
  for (guint i = 0; i < proxy->n_workers; i++)
    pl_worker_free (proxy->workers[i]);
  proxy->n_workers = 0;
}

static void
pass_on_health (const PlEndpointStatus *status, gpointer user_data)
{
  pl_worker_set_health (user_data, status->upstream, status->endpoint, status->health);
}

static void
make_listeners (PlProxy *proxy)
{
  proxy->listeners = pl_listeners_new (proxy->workers[0]);
  for (guint i = 0; i < proxy->given->len; i++)
    {
      const Given *given = &g_array_index (proxy->given, Given, i);
      pl_listeners_take (proxy->listeners, given->descriptor, &given->at);
    }
  g_array_set_size (proxy->given, 0);
}

/* There are never fewer than there were: one that is too many stays until its connections end. */
static gboolean
add_workers (PlProxy *proxy, guint n_workers, PlConfig *config, GError **error)
{
  while (proxy->n_workers < n_workers)
    {
      PlWorker *worker = pl_worker_new (proxy->n_workers, pl_platform_get_default (), proxy->outbox,
                                        proxy->doubts, proxy->guard, proxy->pace, error);

      if (worker == NULL)
        return FALSE;
      proxy->workers[proxy->n_workers++] = worker;
      pl_worker_start (worker, proxy->workers);
      pl_worker_apply (worker, config);
      pl_health_monitor_foreach (proxy->health, pass_on_health, worker);
    }
  if (proxy->listeners == NULL)
    make_listeners (proxy);
  return TRUE;
}

static void
apply_to_workers (PlProxy *proxy, PlConfig *config)
{
  for (guint i = proxy->n_workers; i-- > 0;)
    pl_worker_apply (proxy->workers[i], config);
}

/* They are told when no connection can be dealt to them any more that would not hear it. */
static void
retire_others (PlProxy *proxy, guint n_workers)
{
  if (n_workers < proxy->n_workers)
    pl_worker_settle (proxy->workers[0]);
  for (guint i = n_workers; i < proxy->n_workers; i++)
    pl_worker_retire (proxy->workers[i]);
}

/* The listeners come first, since opening one may fail and nothing is to have changed then. Whoever
 * connects in between is judged by what lies ready for the worker that accepts: by the old
 * configuration until pl_worker_apply() is called for it. That one is told last, so that every
 * other worker's message about the configuration is on its way before a connection that it
 * admitted. */
gboolean
pl_proxy_apply (PlProxy *proxy, PlConfig *config, GError **error)
{
  guint n_workers = choose_n_workers (config);

  g_return_val_if_fail (config->n_upstreams > 0, FALSE);

  if (!add_workers (proxy, n_workers, config, error)
      || !pl_listeners_apply (proxy->listeners, config, error))
    return FALSE;
  apply_to_workers (proxy, config);
  pl_worker_deal (proxy->workers[0], n_workers);
  retire_others (proxy, n_workers);
  pl_health_monitor_set_upstreams (proxy->health, config->upstreams, config->n_upstreams);
  return TRUE;
}

gboolean
pl_proxy_take_listener (PlProxy *proxy, int descriptor, GError **error)
{
  Given given = { .descriptor = descriptor };

  g_return_val_if_fail (proxy->listeners == NULL, FALSE);

  if (!pl_listening_inspect (descriptor, &given.at))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("it is no socket that listens for TCP"));
      return FALSE;
    }
  g_array_append_val (proxy->given, given);
  return TRUE;
}

void
pl_proxy_settle (PlProxy *proxy)
{
  for (guint i = 0; i < proxy->n_workers; i++)
    pl_worker_settle (proxy->workers[i]);
}

char **
pl_proxy_dup_addresses (PlProxy *proxy)
{
  return proxy->listeners != NULL ? pl_listeners_dup_addresses (proxy->listeners)
                                  : g_new0 (char *, 1);
}

void
pl_proxy_foreach_endpoint (PlProxy *proxy, PlEndpointStatusFunc func, gpointer user_data)
{
  pl_health_monitor_foreach (proxy->health, func, user_data);
}

void
pl_proxy_set_status_func (PlProxy *proxy, PlEndpointStatusFunc func, gpointer user_data)
{
  proxy->on_status = func;
  proxy->on_status_data = user_data;
}

void
pl_proxy_set_turned_away_func (PlProxy *proxy, PlTurnedAwayFunc func, gpointer user_data)
{
  pl_outbox_set_turned_away_func (proxy->outbox, func, user_data);
}

void
pl_proxy_set_capture (PlProxy *proxy, gboolean captures)
{
  pl_outbox_set_wants_heads (proxy->outbox, captures);
}

GArray *
pl_proxy_dup_waiting (PlProxy *proxy)
{
  return pl_guard_dup_waiting (proxy->guard, g_get_monotonic_time ());
}

void
pl_proxy_let_try_again (PlProxy *proxy, const PlNetwork *network)
{
  pl_guard_forgive (proxy->guard, network);
}

/* Draining */

static void
tell_drained (PlProxy *proxy)
{
  GSourceOnceFunc on_drained = g_steal_pointer (&proxy->on_drained);

  if (proxy->drain_timeout != NULL)
    {
      g_source_destroy (proxy->drain_timeout);
      g_clear_pointer (&proxy->drain_timeout, g_source_unref);
    }
  if (on_drained != NULL)
    on_drained (proxy->on_drained_data);
}

static gboolean
drain_timeout_cb (gpointer user_data)
{
  tell_drained (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
worker_drained_cb (gpointer user_data)
{
  PlProxy *proxy = user_data;

  if (--proxy->n_undrained == 0)
    tell_drained (proxy);
  return G_SOURCE_REMOVE;
}

/* On the worker's thread. Always by way of the main loop, even if that is ours by chance. */
static void
worker_drained (gpointer user_data)
{
  PlProxy *proxy = user_data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, worker_drained_cb, proxy, NULL);
  g_source_attach (source, proxy->context);
}

/* First the one that accepts: whom it takes in last comes to the others before their drain does. */
void
pl_proxy_drain (PlProxy *proxy, guint timeout_ms, GSourceOnceFunc on_drained, gpointer user_data)
{
  g_return_if_fail (proxy->on_drained == NULL);

  proxy->on_drained = on_drained;
  proxy->on_drained_data = user_data;
  proxy->drain_timeout = g_timeout_source_new (timeout_ms);
  g_source_set_callback (proxy->drain_timeout, drain_timeout_cb, proxy, NULL);
  g_source_attach (proxy->drain_timeout, proxy->context);

  proxy->n_undrained = MAX (proxy->n_workers, 1);
  for (guint i = 0; i < proxy->n_workers; i++)
    {
      pl_worker_drain (proxy->workers[i], worker_drained, proxy);
      if (i == 0)
        pl_worker_settle (proxy->workers[i]);
    }
  if (proxy->n_workers == 0)
    worker_drained (proxy);
  /* A drain may take an hour, and nobody uses any more what health checks would find meanwhile. */
  pl_health_monitor_set_upstreams (proxy->health, NULL, 0);
}

void
pl_proxy_turn_away (PlProxy *proxy, PlConfig *config)
{
  apply_to_workers (proxy, config);
}

/* A drain that was not waited for leaves some: its time-out, or a worker that has just finished. */
static void
destroy_sources (PlProxy *proxy)
{
  GSource *source;

  g_clear_pointer (&proxy->drain_timeout, g_source_unref);
  while ((source = g_main_context_find_source_by_user_data (proxy->context, proxy)) != NULL)
    g_source_destroy (source);
}

void
pl_proxy_free (PlProxy *proxy)
{
  pl_health_monitor_free (proxy->health);
  free_workers (proxy);
  g_array_unref (proxy->given);
  destroy_sources (proxy);
  pl_doubts_free (proxy->doubts);
  pl_guard_free (proxy->guard);
  pl_pace_free (proxy->pace);
  pl_outbox_free (proxy->outbox);
  g_main_context_unref (proxy->context);
  g_free (proxy);
}
