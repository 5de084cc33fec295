/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of the threads that relay. It owns its reactor, buffers, upstream connections and
 * sessions; nothing of it is shared. From other threads only messages come in. */

#pragma once

#include "net/client/sessions.h"
#include "net/io/listener.h"
#include "net/proxy/config.h"
#include "net/proxy/doubts.h"

/** PlWorker: what it is made of is its own; other threads send it messages. */
typedef struct _PlWorker PlWorker;

/** pl_worker_new: (transfer full): a worker whose thread does not run yet; @platform, @outbox,
 * @doubts, and @guard and @pace (nullable) are borrowed. */
PlWorker *pl_worker_new (guint index,
                         const PlPlatform *platform,
                         PlOutbox *outbox,
                         PlDoubts *doubts,
                         PlGuard *guard,
                         PlPace *pace,
                         GError **error);

/**
 * pl_worker_start:
 * @workers: where all workers stand, @worker among them; borrowed, and may grow. Read by the first
 * alone, which deals connections out, and only as far as pl_worker_deal() said
 *
 * Starts the thread. From now on only messages reach the worker.
 */
void pl_worker_start (PlWorker *worker, PlWorker **workers);

/** pl_worker_get_platform: what sockets that are handed to it must be of; from any thread. */
const PlPlatform *pl_worker_get_platform (const PlWorker *worker);

/** pl_worker_free: ends what runs, with a record each, and joins the thread. */
void pl_worker_free (PlWorker *worker);

/* Messages, from any thread. */

/** pl_worker_apply: use @config for all connections that come from now on; those no longer admitted
 * end, and those who were shown other certificates come on new connections before long. */
void pl_worker_apply (PlWorker *worker, PlConfig *config);

/** pl_worker_open_listener: @handle: (transfer full); for worker 0. */
void pl_worker_open_listener (PlWorker *worker, PlHandle handle);

/** pl_worker_close_listener: the one at @address; for worker 0. Those who wait there are taken in.
 */
void pl_worker_close_listener (PlWorker *worker, const PlAddress *address);

/** pl_worker_deal: new connections go to the first @n_workers from now on, all of which know a
 * configuration; for worker 0. Until then it keeps all for itself. */
void pl_worker_deal (PlWorker *worker, guint n_workers);

/** pl_worker_retire: its clients are to come on new connections, which others get. Those that have
 * something running, a tunnel too, stay until that is over. */
void pl_worker_retire (PlWorker *worker);

/** pl_worker_set_health: what the health checks say of an endpoint. */
void pl_worker_set_health (PlWorker *worker,
                           const char *upstream,
                           const char *endpoint,
                           PlEndpointHealth health);

/** pl_worker_drain: end what is idle, let the rest finish; then @on_drained is called, on the
 * worker's thread. */
void pl_worker_drain (PlWorker *worker, GSourceOnceFunc on_drained, gpointer user_data);

/** pl_worker_settle: waits, for a turn of the worker at most, until it has heeded what was sent to
 * it before; from another thread only. */
void pl_worker_settle (PlWorker *worker);
