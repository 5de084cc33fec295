/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/worker.h"

#include "net/client/all_sessions.h"
#include "net/client/arrival/arrival.h"
#include "net/proxy/config_snapshot.h"
#include "net/proxy/latch.h"
#include "net/proxy/unwelcome.h"

/* Enough for those who wait this moment; more are closed when that was too few. */
#define RECLAIMED_AT_ONCE 32

/* All but @index, @number, @context and what is atomic belongs to the worker's thread once that
 * runs; supplies.reactor itself lives as long as the worker, and its platform never changes. */
struct _PlWorker
{
  guint index; /* among the workers of its proxy; 0 is the one that accepts */
  PlSupplies supplies;
  PlSessions sessions;
  PlDoubts *doubts;
  PlConfig *config; /* in force: what supplies.snapshot was made of; see get_config() */

  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GPtrArray *listeners; /* of PlListener; worker 0 alone has some */
  PlWorker **workers;   /* those that worker 0 deals connections out to */
  guint n_workers;
  guint next_worker;
  PlConfig *next_config; /* (nullable): not yet in force; atomic */
  GSourceOnceFunc on_drained;
  gpointer on_drained_data;
};

static void reclaim_descriptors (gpointer user_data);
static void session_ended (gpointer user_data);

static void
pass_on_doubt (const char *upstream, const char *endpoint, gpointer user_data)
{
  pl_doubts_put (((PlWorker *) user_data)->doubts, upstream, endpoint);
}

/* No two workers of this process count the ids of their records from the same number. */
static guint64
choose_first_id (void)
{
  static gint n_made = 0;

  return (guint64) g_atomic_int_add (&n_made, 1) << 48;
}

PlWorker *
pl_worker_new (guint index,
               const PlPlatform *platform,
               PlOutbox *outbox,
               PlDoubts *doubts,
               PlGuard *guard,
               PlPace *pace,
               GError **error)
{
  PlWorker *worker = g_new0 (PlWorker, 1);
  PlSupplies *supplies = &worker->supplies;

  worker->index = index;
  worker->doubts = doubts;
  worker->context = g_main_context_new ();
  worker->loop = g_main_loop_new (worker->context, FALSE);
  worker->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_listener_free);
  worker->sessions.supplies = supplies;
  worker->sessions.on_ended = session_ended;
  worker->sessions.user_data = worker;
  pl_supplies_init (supplies, choose_first_id ());
  supplies->outbox = outbox;
  supplies->guard = guard;
  supplies->pace = pace;
  supplies->resolver = pl_resolver_new (supplies->limits->name_memory_ms);
  supplies->reclaim_descriptors = reclaim_descriptors;
  supplies->doubt = pass_on_doubt;
  supplies->user_data = worker;
  supplies->reactor = pl_reactor_new (worker->context, platform, error);
  if (supplies->reactor == NULL)
    g_clear_pointer (&worker, pl_worker_free);
  return worker;
}

static gpointer
run_worker (gpointer data)
{
  PlWorker *worker = data;

  g_main_context_push_thread_default (worker->context);
  g_main_loop_run (worker->loop);
  g_main_context_pop_thread_default (worker->context);
  return NULL;
}

void
pl_worker_start (PlWorker *worker, PlWorker **workers)
{
  g_autofree char *name = g_strdup_printf ("relay %u", worker->index);

  worker->workers = workers;
  worker->n_workers = 1;
  worker->thread = g_thread_new (name, run_worker, worker);
}

const PlPlatform *
pl_worker_get_platform (const PlWorker *worker)
{
  return worker->supplies.reactor->platform;
}

/* What sessions say */

/* There are no descriptors left: idle clients must not keep everybody else out. */
static void
reclaim_descriptors (gpointer user_data)
{
  pl_sessions_close_idle (&((PlWorker *) user_data)->sessions, RECLAIMED_AT_ONCE);
}

static void
tell_if_drained (PlWorker *worker)
{
  GSourceOnceFunc on_drained = worker->on_drained;

  if (on_drained == NULL || !g_queue_is_empty (&worker->sessions.list))
    return;
  worker->on_drained = NULL;
  on_drained (worker->on_drained_data);
}

static void
session_ended (gpointer user_data)
{
  PlWorker *worker = user_data;

  for (guint i = 0; i < worker->listeners->len; i++)
    pl_listener_resume (worker->listeners->pdata[i]);
  tell_if_drained (worker);
}

/* Messages */

typedef struct _Message Message;
typedef void (*MessageFunc) (PlWorker *worker, Message *message);

struct _Message
{
  PlWorker *worker;
  MessageFunc func;
  gboolean has_handle; /* until it is taken over */
  PlHandle handle;
  PlAddress address;
  char *upstream;
  char *endpoint;
  PlEndpointHealth health;
  guint n_workers;
  GSourceOnceFunc on_drained;
  gpointer user_data;
};

static gboolean
deliver_cb (gpointer user_data)
{
  Message *message = user_data;

  pl_reactor_resume (message->worker->supplies.reactor);
  message->func (message->worker, message);
  return G_SOURCE_REMOVE;
}

static void
free_message (gpointer user_data)
{
  Message *message = user_data;

  if (message->has_handle)
    message->worker->supplies.reactor->platform->close_handle (message->handle);
  g_free (message->upstream);
  g_free (message->endpoint);
  g_free (message);
}

/* Under load a turn of the reactor is long, and whoever sends goes on as if it were heard soon. */
static void
send_message (PlWorker *worker, MessageFunc func, Message message)
{
  message.worker = worker;
  message.func = func;
  pl_reactor_interrupt (worker->supplies.reactor);
  g_main_context_invoke_full (worker->context, G_PRIORITY_DEFAULT, deliver_cb,
                              g_memdup2 (&message, sizeof message), free_message);
}

/* The configuration that was applied last. It lies ready beside its message, which has to wait
 * while the reactor is busy, when connections may come in: so it is put into force by whoever asks
 * for it first. May end sessions. */
static const PlConfig *
get_config (PlWorker *worker)
{
  PlConfig *next = g_atomic_pointer_exchange (&worker->next_config, NULL);
  PlSnapshot *before = worker->supplies.snapshot;

  if (next == NULL)
    return worker->config;
  if (worker->config != NULL && !pl_tls_context_shows_same (worker->config->tls, next->tls))
    pl_sessions_retire (&worker->sessions, TRUE);
  worker->supplies.snapshot = pl_config_new_snapshot (next, before);
  g_clear_pointer (&before, pl_snapshot_unref);

  g_autoptr (PlConfig) past = g_steal_pointer (&worker->config);
  worker->config = next;
  pl_sessions_end_unwelcome (&worker->sessions, next);
  return next;
}

static gboolean
admits (PlWorker *worker, const PlAddress *client)
{
  PlSupplies *supplies = &worker->supplies;

  if (pl_config_admits (get_config (worker), client))
    return TRUE;
  pl_outbox_turn_away (supplies->outbox, client, supplies->reactor->wall_us);
  return FALSE;
}

static void
apply (PlWorker *worker, Message *message)
{
  (void) get_config (worker);
}

void
pl_worker_apply (PlWorker *worker, PlConfig *config)
{
  g_autoptr (PlConfig) passed_over
      = g_atomic_pointer_exchange (&worker->next_config, pl_config_ref (config));

  send_message (worker, apply, (Message){ 0 });
}

static void
begin_session (PlWorker *worker, Message *message)
{
  if (worker->supplies.is_draining || !admits (worker, &message->address))
    return;
  message->has_handle = FALSE;
  pl_arrival_begin (&worker->sessions, message->handle, &message->address);
}

static gboolean
is_too_fast (PlWorker *worker, const PlAddress *client)
{
  PlSupplies *supplies = &worker->supplies;

  return supplies->pace != NULL && pl_snapshot_limits (supplies->snapshot, client)
         && !pl_pace_admit (supplies->pace, client, supplies->reactor->now_us);
}

static gboolean
admit_cb (const PlAddress *peer, gpointer user_data)
{
  PlWorker *worker = user_data;

  if (!admits (worker, peer))
    return FALSE;
  if (!is_too_fast (worker, peer))
    return TRUE;
  pl_outbox_turn_away (worker->supplies.outbox, peer, worker->supplies.reactor->wall_us);
  return FALSE;
}

static void
reclaim (PlWorker *worker, Message *message)
{
  reclaim_descriptors (worker);
}

/* Idle clients of any worker hold descriptors that are lacking here, where connections come in. */
static void
exhausted_cb (gpointer user_data)
{
  PlWorker *worker = user_data;

  for (guint i = 0; i < worker->n_workers; i++)
    send_message (worker->workers[i], reclaim, (Message){ 0 });
}

static void
accepted_cb (PlHandle handle, const PlAddress *peer, gpointer user_data)
{
  PlWorker *worker = user_data;
  PlWorker *chosen = worker->workers[worker->next_worker];

  worker->next_worker = (worker->next_worker + 1) % worker->n_workers;
  if (chosen == worker)
    pl_arrival_begin (&worker->sessions, handle, peer);
  else
    send_message (chosen, begin_session,
                  (Message){ .has_handle = TRUE, .handle = handle, .address = *peer });
}

static void
open_listener (PlWorker *worker, Message *message)
{
  PlListenerFuncs funcs = {
    .admit = admit_cb,
    .accepted = accepted_cb,
    .exhausted = exhausted_cb,
    .user_data = worker,
  };
  PlListener *listener = pl_listener_new (worker->supplies.reactor, message->handle, &funcs);

  message->has_handle = FALSE;
  if (listener != NULL)
    g_ptr_array_add (worker->listeners, listener);
}

void
pl_worker_open_listener (PlWorker *worker, PlHandle handle)
{
  send_message (worker, open_listener, (Message){ .has_handle = TRUE, .handle = handle });
}

static void
close_listener (PlWorker *worker, Message *message)
{
  for (guint i = 0; i < worker->listeners->len; i++)
    if (pl_address_equal (pl_listener_get_address (worker->listeners->pdata[i]), &message->address))
      {
        g_ptr_array_remove_index_fast (worker->listeners, i);
        return;
      }
}

void
pl_worker_close_listener (PlWorker *worker, const PlAddress *address)
{
  send_message (worker, close_listener, (Message){ .address = *address });
}

static void
deal (PlWorker *worker, Message *message)
{
  worker->n_workers = message->n_workers;
  worker->next_worker = 0;
}

static void
retire (PlWorker *worker, Message *message)
{
  pl_sessions_retire (&worker->sessions, FALSE);
}

void
pl_worker_retire (PlWorker *worker)
{
  send_message (worker, retire, (Message){ 0 });
}

void
pl_worker_deal (PlWorker *worker, guint n_workers)
{
  send_message (worker, deal, (Message){ .n_workers = n_workers });
}

static void
set_health (PlWorker *worker, Message *message)
{
  const PlSnapshot *snapshot = worker->supplies.snapshot;
  PlEndpoint *endpoint = pl_upstream_find_endpoint (snapshot->upstreams, snapshot->n_upstreams,
                                                    message->upstream, message->endpoint);

  if (endpoint != NULL)
    endpoint->health = message->health;
}

void
pl_worker_set_health (PlWorker *worker,
                      const char *upstream,
                      const char *endpoint,
                      PlEndpointHealth health)
{
  send_message (worker, set_health,
                (Message){ .upstream = g_strdup (upstream),
                           .endpoint = g_strdup (endpoint),
                           .health = health });
}

static void
drain (PlWorker *worker, Message *message)
{
  worker->supplies.is_draining = TRUE;
  worker->on_drained = message->on_drained;
  worker->on_drained_data = message->user_data;
  g_ptr_array_set_size (worker->listeners, 0);
  pl_sessions_drain (&worker->sessions);
  tell_if_drained (worker);
}

void
pl_worker_drain (PlWorker *worker, GSourceOnceFunc on_drained, gpointer user_data)
{
  send_message (worker, drain, (Message){ .on_drained = on_drained, .user_data = user_data });
}

static void
settle (PlWorker *worker, Message *message)
{
  pl_latch_open (message->user_data);
}

void
pl_worker_settle (PlWorker *worker)
{
  PlLatch settled;

  pl_latch_init (&settled);
  send_message (worker, settle, (Message){ .user_data = &settled });
  pl_latch_wait (&settled);
}

/* The end */

/* By message, since a thread that has just been started may not be in its loop yet. */
static void
quit (PlWorker *worker, Message *message)
{
  g_main_loop_quit (worker->loop);
}

/* A cancelled lookup frees itself when it is told so, which takes a turn or two of the loop. */
static void
free_cancelled_lookups (PlWorker *worker)
{
  for (guint i = 0; i < 8; i++)
    g_main_context_iteration (worker->context, FALSE);
}

void
pl_worker_free (PlWorker *worker)
{
  if (worker->thread != NULL)
    {
      send_message (worker, quit, (Message){ 0 });
      g_thread_join (worker->thread);
    }
  /* The thread is gone: what it owned is this one's now. */
  pl_sessions_end (&worker->sessions, PL_CLOSE_SHUTTING_DOWN);
  g_ptr_array_unref (worker->listeners);
  pl_sessions_end (&worker->sessions,
                   PL_CLOSE_SHUTTING_DOWN); /* a listener's close takes some in */
  g_clear_pointer (&worker->supplies.snapshot, pl_snapshot_unref);
  g_clear_pointer (&worker->config, pl_config_unref);
  g_clear_pointer (&worker->next_config, pl_config_unref);
  pl_resolver_free (worker->supplies.resolver);
  free_cancelled_lookups (worker);
  g_clear_pointer (&worker->supplies.reactor, pl_reactor_free);
  pl_supplies_clear (&worker->supplies);
  g_main_loop_unref (worker->loop);
  g_main_context_unref (worker->context);
  g_free (worker);
}
