/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of the threads that relay. It owns its reactor, buffers, upstream connections and
 * sessions; nothing of it is shared. From other threads only messages come in. */

#pragma once

#include "net/http/head.h"
#include "net/io/listener.h"
#include "net/io/relay.h"
#include "net/io/resolver.h"
#include "net/proxy/config.h"
#include "net/proxy/limits.h"
#include "net/proxy/outbox.h"
#include "net/proxy/snapshot.h"

typedef struct _PlWorker PlWorker;

/**
 * PlWorker:
 * @index: 0 is the one that accepts
 * @snapshot: the configuration in force; exchanges keep a reference to the one they began with
 * @sessions: of PlSession
 * @is_draining: no new request is to begin
 *
 * What sessions and exchanges use of their worker; on its own thread only.
 */
struct _PlWorker
{
  guint index;
  PlReactor *reactor;
  PlResolver *resolver;
  PlRelayPools pools;
  const PlLimits *limits;
  PlSnapshot *snapshot;
  PlOutbox *outbox;
  GQueue sessions;
  gboolean is_draining;

  GMainContext *context; /* private from here on */
  GMainLoop *loop;
  GThread *thread;
  GPtrArray *free_heads;
  GPtrArray *listeners; /* of PlListener; worker 0 alone has some */
  PlWorker **workers;   /* those that worker 0 deals connections out to */
  guint n_workers;
  guint next_worker;
  guint number; /* no two workers of this process have the same */
  guint64 last_id;
  PlConfig *next_config; /* (nullable): not yet in force; atomic */
  GSourceOnceFunc on_drained;
  gpointer on_drained_data;
};

/** pl_worker_new: (transfer full): a worker whose thread does not run yet; @outbox is borrowed. */
PlWorker *pl_worker_new (guint index, PlOutbox *outbox, GError **error);

/** pl_worker_start: @workers: all there are and will be, borrowed; this one is the first, or it is
 * not asked to deal. From now on only messages reach it. */
void pl_worker_start (PlWorker *worker, PlWorker **workers);

/** pl_worker_free: ends what runs, with a record each, and joins the thread. */
void pl_worker_free (PlWorker *worker);

/* Messages, from any thread. */

/** pl_worker_apply: use @config for all connections that come from now on; those no longer admitted
 * end. */
void pl_worker_apply (PlWorker *worker, PlConfig *config);

/** pl_worker_open_listener: @handle: (transfer full); for worker 0. */
void pl_worker_open_listener (PlWorker *worker, PlHandle handle);

/** pl_worker_close_listener: the one at @address; for worker 0. Those who wait there are taken in.
 */
void pl_worker_close_listener (PlWorker *worker, const PlAddress *address);

/** pl_worker_deal: new connections go to the first @n_workers from now on, all of which know a
 * configuration; for worker 0. Until then it keeps all for itself. */
void pl_worker_deal (PlWorker *worker, guint n_workers);

/** pl_worker_set_down: the health checks say whether an endpoint is down. */
void
pl_worker_set_down (PlWorker *worker, const char *upstream, const char *endpoint, gboolean is_down);

/** pl_worker_drain: end what is idle, let the rest finish; then @on_drained is called, on the
 * worker's thread. */
void pl_worker_drain (PlWorker *worker, GSourceOnceFunc on_drained, gpointer user_data);

/** pl_worker_settle: waits, for a turn of the worker at most, until it has heeded what was sent to
 * it before; from another thread only. */
void pl_worker_settle (PlWorker *worker);

/* For sessions and exchanges, on the worker's thread. */

/** pl_worker_take_head, pl_worker_give_head: a head's place, borrowed while a head is read. */
PlHead *pl_worker_take_head (PlWorker *worker);
void pl_worker_give_head (PlWorker *worker, PlHead **head);

/**
 * pl_worker_reclaim_descriptors:
 *
 * There are no descriptors left: closes some connections that are kept alive and do nothing, the
 * oldest first, so that idle clients cannot keep everybody else out.
 */
void pl_worker_reclaim_descriptors (PlWorker *worker);

/** pl_worker_next_id: an id for a record. */
guint64 pl_worker_next_id (PlWorker *worker);

/** pl_worker_session_ended: a session has left @worker->sessions and closed its connection. */
void pl_worker_session_ended (PlWorker *worker);
