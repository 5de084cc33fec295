/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One address of an upstream as one worker sees it: its kept-alive connections, how busy it is,
 * and whether it is passed over for a while because it did not let us in. */

#pragma once

#include "net/io/deadline.h"
#include "net/io/stream.h"
#include "net/upstream/config.h"
#include "net/upstream/verdict.h"

/**
 * PlEndpoint:
 * @host, @port, @label: as configured
 * @proof: (nullable): how it shows who it is; %NULL: it does not encrypt
 * @n_running: exchanges that use it now
 * @health: as the health checks see it
 * @is_name: @host is no literal address, so the computer behind it may become another
 * @speaks_http_1_0: its last answer was HTTP/1.0, so it knows no 100-continue
 *
 * Lives as long as a configuration or an exchange needs it (references are one thread's).
 */
typedef struct
{
  char *host;
  guint16 port;
  PlProof *proof;
  char *label;
  guint n_running;
  PlEndpointHealth health;
  gboolean is_name;
  gboolean speaks_http_1_0;

  guint ref_count; /* private from here on */
  GQueue idle;     /* of PlConnection, the last used first */
  guint n_failures;
  gint64 failed_us; /* or dialled last since */
} PlEndpoint;

/**
 * PlConnection:
 * @stream: to an endpoint
 * @address: the very address reached
 * @was_used: it has served an exchange before
 * @made_us: when it was, monotonic
 *
 * Owned by whoever uses it, or by its endpoint while idle.
 */
typedef struct
{
  PlStream stream;
  PlAddress address;
  gboolean was_used;
  gint64 made_us;

  PlEndpoint *endpoint; /* private from here on; only while idle */
  PlTask task;
  PlDeadline idle_deadline;
  GList link;
} PlConnection;

/** pl_endpoint_new: (transfer full): @proof: (nullable): a reference is taken. */
PlEndpoint *pl_endpoint_new (const PlEndpointConfig *config, PlProof *proof);
PlEndpoint *pl_endpoint_ref (PlEndpoint *endpoint);

/** pl_endpoint_unref: the last one closes the idle connections. */
void pl_endpoint_unref (PlEndpoint *endpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlEndpoint, pl_endpoint_unref)

/**
 * pl_endpoint_try_acquire: (transfer full) (nullable):
 * @task: runs from now on when the connection is ready
 * @max_age_ms: where the endpoint is given by name, one made longer ago than this is closed
 * instead: so that under steady traffic too a name that has moved is followed
 *
 * The connection last used, since it is the least likely to be stale; %NULL when none is idle.
 */
PlConnection *pl_endpoint_try_acquire (PlEndpoint *endpoint, PlTask *task, guint max_age_ms);

/**
 * pl_endpoint_release:
 * @connection: (transfer full): idle: a whole response was read and nothing more
 * @idle_timeout_ms: how long to keep it
 */
void pl_endpoint_release (PlEndpoint *endpoint, PlConnection *connection, guint idle_timeout_ms);

/** pl_endpoint_close_idle: closes all kept connections. */
void pl_endpoint_close_idle (PlEndpoint *endpoint);

/** pl_endpoint_failed: it did not let us in; it is passed over for a while that grows with each
 * time. */
void pl_endpoint_failed (PlEndpoint *endpoint, gint64 now_us);

/** pl_endpoint_begin_trial: it is dialled now. If it failed before, others pass it over meanwhile:
 * a computer that is off is found out by one request, not by all that come while that one waits. */
void pl_endpoint_begin_trial (PlEndpoint *endpoint, gint64 now_us);

/** pl_endpoint_worked: it let us in; all is forgiven. */
void pl_endpoint_worked (PlEndpoint *endpoint);

/** pl_endpoint_is_passed_over: whether it failed so lately that others are to be tried first. */
gboolean pl_endpoint_is_passed_over (const PlEndpoint *endpoint, gint64 now_us);

/** pl_endpoint_may_retry: whether it may be tried though all are passed over: not more often than 5
 * times a second. */
gboolean pl_endpoint_may_retry (const PlEndpoint *endpoint, gint64 now_us);

PlConnection *pl_connection_new (void);

/** pl_connection_free: closes. */
void pl_connection_free (PlConnection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlConnection, pl_connection_free)
