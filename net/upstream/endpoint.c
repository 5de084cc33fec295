/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/endpoint.h"

/* Kept connections of one worker: an upstream does not thank for more. */
#define MAX_IDLE 256

/* How long an endpoint is passed over after its first failure; doubled with each further one. */
#define FIRST_PAUSE_US (250 * 1000)
#define MAX_DOUBLINGS  6 /* 16 s */

/* How soon an endpoint is tried again when there is no other. */
#define RETRY_US (200 * 1000)

static gboolean
is_literal (const char *host)
{
  PlAddress address;

  return pl_address_parse (pl_slice_from_string (host), &address) && address.port == 0;
}

PlEndpoint *
pl_endpoint_new (const PlEndpointConfig *config, PlProof *proof)
{
  PlEndpoint *endpoint = g_new0 (PlEndpoint, 1);

  endpoint->ref_count = 1;
  endpoint->host = g_strdup (config->host);
  endpoint->port = config->port;
  endpoint->proof = proof != NULL ? pl_proof_ref (proof) : NULL;
  endpoint->label = g_strdup (config->label);
  endpoint->is_name = !is_literal (config->host);
  return endpoint;
}

PlEndpoint *
pl_endpoint_ref (PlEndpoint *endpoint)
{
  endpoint->ref_count++;
  return endpoint;
}

void
pl_endpoint_unref (PlEndpoint *endpoint)
{
  if (--endpoint->ref_count > 0)
    return;
  pl_endpoint_close_idle (endpoint);
  g_free (endpoint->host);
  g_free (endpoint->label);
  g_clear_pointer (&endpoint->proof, pl_proof_unref);
  g_free (endpoint);
}

PlConnection *
pl_connection_new (void)
{
  PlConnection *connection = g_new0 (PlConnection, 1);

  connection->made_us = g_get_monotonic_time ();
  return connection;
}

void
pl_connection_free (PlConnection *connection)
{
  pl_stream_close (&connection->stream, FALSE);
  g_free (connection);
}

static void
leave_idle (PlConnection *connection)
{
  PlEndpoint *endpoint = g_steal_pointer (&connection->endpoint);

  g_queue_unlink (&endpoint->idle, &connection->link);
  pl_deadline_lift (&connection->idle_deadline);
  pl_reactor_cancel (connection->stream.socket.reactor, &connection->task);
}

/* An idle connection is ended by whatever wakes it: its time is over, the upstream closed it, or
 * sent octets nobody asked for. */
static void
run_idle_connection (PlTask *task)
{
  PlConnection *connection
      = (PlConnection *) ((char *) task - G_STRUCT_OFFSET (PlConnection, task));

  leave_idle (connection);
  pl_connection_free (connection);
}

/* An idle connection is stale when octets or an end came that nobody asked for: an answer to a
 * request that was not made must not become the answer to the next. */
static gboolean
is_stale (const PlConnection *connection)
{
  return pl_socket_has (&connection->stream.socket, PL_READY_READ | PL_READY_END | PL_READY_BROKEN);
}

static gboolean
is_too_old (const PlEndpoint *endpoint, const PlConnection *connection, guint max_age_ms)
{
  gint64 age_us = connection->stream.socket.reactor->now_us - connection->made_us;

  return endpoint->is_name && age_us > (gint64) max_age_ms * 1000;
}

PlConnection *
pl_endpoint_try_acquire (PlEndpoint *endpoint, PlTask *task, guint max_age_ms)
{
  PlConnection *connection;

  while ((connection = g_queue_peek_head (&endpoint->idle)) != NULL
         && (is_stale (connection) || is_too_old (endpoint, connection, max_age_ms)))
    {
      leave_idle (connection);
      pl_connection_free (connection);
    }
  if (connection == NULL)
    return NULL;
  leave_idle (connection);
  connection->stream.socket.task = task;
  connection->was_used = TRUE;
  return connection;
}

/* A response that was spliced, or just filled a buffer, leaves it open whether more lies behind;
 * an edge that was seen does not come again, so it must be looked for now. */
static gboolean
is_exhausted (PlConnection *connection)
{
  char octet;
  gsize received;

  return pl_stream_receive (&connection->stream, &octet, 1, &received) == PL_IO_BLOCKED;
}

void
pl_endpoint_release (PlEndpoint *endpoint, PlConnection *connection, guint idle_timeout_ms)
{
  PlSocket *socket = &connection->stream.socket;

  if (g_queue_get_length (&endpoint->idle) >= MAX_IDLE || !is_exhausted (connection))
    {
      pl_connection_free (connection);
      return;
    }
  connection->endpoint = endpoint;
  connection->task.run = run_idle_connection;
  connection->link.data = connection;
  g_queue_push_head_link (&endpoint->idle, &connection->link);

  socket->task = &connection->task;
  pl_socket_want (socket, PL_READY_READ);
  connection->idle_deadline.task = &connection->task;
  pl_deadline_set (&connection->idle_deadline, socket->reactor, idle_timeout_ms);
}

void
pl_endpoint_close_idle (PlEndpoint *endpoint)
{
  PlConnection *connection;

  while ((connection = g_queue_peek_head (&endpoint->idle)) != NULL)
    {
      leave_idle (connection);
      pl_connection_free (connection);
    }
}

void
pl_endpoint_failed (PlEndpoint *endpoint, gint64 now_us)
{
  endpoint->n_failures++;
  endpoint->failed_us = now_us;
}

void
pl_endpoint_begin_trial (PlEndpoint *endpoint, gint64 now_us)
{
  if (endpoint->n_failures > 0)
    endpoint->failed_us = now_us;
}

void
pl_endpoint_worked (PlEndpoint *endpoint)
{
  endpoint->n_failures = 0;
}

gboolean
pl_endpoint_is_passed_over (const PlEndpoint *endpoint, gint64 now_us)
{
  guint doublings = MIN (endpoint->n_failures, MAX_DOUBLINGS + 1) - 1;

  return endpoint->n_failures > 0
         && now_us < endpoint->failed_us + ((gint64) FIRST_PAUSE_US << doublings);
}

gboolean
pl_endpoint_may_retry (const PlEndpoint *endpoint, gint64 now_us)
{
  return endpoint->n_failures == 0 || now_us >= endpoint->failed_us + RETRY_US;
}
