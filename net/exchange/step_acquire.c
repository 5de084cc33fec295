/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a request that is ready to a connection it can be sent on: kept or new, on the endpoint
 * whose turn it is, on the next when that one does not let us in, and a little later when none
 * does. */

#include "net/exchange/exchange_state.h"

static void
use_endpoint (PlExchange *exchange, PlEndpoint *endpoint)
{
  pl_endpoint_ref (endpoint);
  endpoint->n_running++;
  if (exchange->endpoint != NULL)
    {
      exchange->endpoint->n_running--;
      pl_endpoint_unref (exchange->endpoint);
    }
  exchange->endpoint = endpoint;
}

static void
begin_dial (PlExchange *exchange)
{
  PlDialSettings settings = {
    .host = exchange->endpoint->host,
    .port = exchange->endpoint->port,
    .tls = exchange->endpoint->proof != NULL ? exchange->endpoint->proof->context : NULL,
    .buffers = &exchange->supplies->pools.buffers,
    .timeout_ms = exchange->upstream->config->connect_timeout_ms,
    .attempt_delay_ms = exchange->supplies->limits->dial_attempt_delay_ms,
  };

  pl_endpoint_begin_trial (exchange->endpoint, exchange->supplies->reactor->now_us);
  exchange->dial = pl_dial_new (exchange->supplies->reactor, exchange->supplies->resolver,
                                &settings, exchange->client->task);
}

static void
write_trailers (PlWriter *writer, gpointer user_data)
{
  PlClient *client = ((PlExchange *) user_data)->client;

  if (client->funcs->write_trailers != NULL)
    client->funcs->write_trailers (client, writer);
}

/* How the body is framed as it comes from the client. */
static PlBody
get_body_as_it_comes (const PlExchange *exchange)
{
  PlBody body = exchange->request_body;

  if (exchange->chunks_request)
    body.kind = PL_BODY_UNTIL_CLOSE;
  return body;
}

static void
begin_conversation (PlExchange *exchange, PlConnection *connection)
{
  PlRelaySetup setup = {
    .pools = &exchange->supplies->pools,
    .from = exchange->client->stream,
    .to = &connection->stream,
    .input = exchange->client->input,
    .head = g_steal_pointer (&exchange->request_head),
    .body = get_body_as_it_comes (exchange),
    .chunk = exchange->chunks_request,
    .trailers = { .write = write_trailers, .user_data = exchange },
    .keep_head = TRUE, /* for another attempt, and should it fail */
  };

  pl_deadline_lift (&exchange->deadline);
  exchange->acquiring_since_us = 0;
  exchange->connection = connection;
  exchange->record->connect_us = exchange->supplies->reactor->now_us - exchange->began_us;
  exchange->record->reused = connection->was_used;
  pl_record_set_upstream (exchange->record, exchange->endpoint->label);
  pl_relay_init (&exchange->request, &setup);
  exchange->step = PL_STEP_CONVERSE;
}

static PlDialState
take_dialled (PlExchange *exchange)
{
  g_autoptr (PlConnection) connection = pl_connection_new ();

  if (!pl_dial_take (exchange->dial, &connection->stream, exchange->client->task,
                     &connection->address))
    return PL_DIAL_OUT_OF_DESCRIPTORS;
  pl_endpoint_worked (exchange->endpoint);
  begin_conversation (exchange, g_steal_pointer (&connection));
  return PL_DIAL_CONNECTED;
}

/* Returns whether the dial is over and another endpoint is to be tried. */
static gboolean
look_at_dial (PlExchange *exchange)
{
  PlDialState state = pl_dial_get_state (exchange->dial);

  if (state == PL_DIAL_RUNNING)
    return FALSE;
  if (state == PL_DIAL_CONNECTED)
    state = take_dialled (exchange);
  g_clear_pointer (&exchange->dial, pl_dial_free);
  if (state == PL_DIAL_CONNECTED)
    return FALSE;
  exchange->dial_failure = state;
  if (state == PL_DIAL_OUT_OF_DESCRIPTORS)
    pl_supplies_reclaim_descriptors (exchange->supplies);
  else
    pl_exchange_doubt_endpoint (exchange);
  exchange->needs_fresh = FALSE;
  return TRUE;
}

static PlStepResult
give_up (PlExchange *exchange)
{
  switch (exchange->dial_failure)
    {
    case PL_DIAL_TIMED_OUT:
      return pl_exchange_fail (exchange, PL_CLOSE_UPSTREAM_CONNECT_TIMEOUT);
    case PL_DIAL_NAME_UNKNOWN:
      return pl_exchange_fail (exchange, PL_CLOSE_UPSTREAM_NAME);
    case PL_DIAL_OUT_OF_DESCRIPTORS:
      return pl_exchange_fail (exchange, PL_CLOSE_OUT_OF_RESOURCES);
    case PL_DIAL_UNTRUSTED:
      return pl_exchange_fail (exchange, PL_CLOSE_UPSTREAM_UNTRUSTED);
    case PL_DIAL_NO_TLS:
      return pl_exchange_fail (exchange, PL_CLOSE_UPSTREAM_NO_TLS);
    case PL_DIAL_RUNNING: /* none was tried: all are passed over */
    case PL_DIAL_CONNECTED:
    case PL_DIAL_REFUSED:
      return pl_exchange_fail (exchange, PL_CLOSE_UPSTREAM_DOWN);
    }
  g_return_val_if_reached (PL_STEP_WAIT);
}

static PlStepResult
wait_for_dial (PlExchange *exchange)
{
  pl_socket_want (&exchange->client->stream->socket,
                  pl_exchange_wants_client_input (exchange) ? PL_READY_READ : 0);
  return PL_STEP_WAIT;
}

/* No endpoint is left to try: Immich may be starting, so look again in a moment. One that let the
 * request wait for its connect time-out has been waited for. */
static PlStepResult
wait_for_endpoint (PlExchange *exchange)
{
  const PlLimits *limits = exchange->supplies->limits;
  gint64 waited_us = exchange->supplies->reactor->now_us - exchange->acquiring_since_us;

  if (pl_upstream_is_loop (exchange->upstream))
    return pl_exchange_fail (exchange, PL_CLOSE_LOOP);
  if (exchange->supplies->is_draining || waited_us >= (gint64) limits->unavailable_wait_ms * 1000)
    return give_up (exchange);
  exchange->tried = 0;
  pl_deadline_set (&exchange->deadline, exchange->supplies->reactor, limits->unavailable_retry_ms);
  return wait_for_dial (exchange);
}

static PlStepResult
try_endpoint (PlExchange *exchange, PlEndpoint *endpoint)
{
  PlConnection *connection;

  use_endpoint (exchange, endpoint);
  connection = exchange->needs_fresh
                   ? NULL
                   : pl_endpoint_try_acquire (endpoint, exchange->client->task,
                                              exchange->supplies->limits->upstream_age_ms);
  if (connection == NULL)
    begin_dial (exchange);
  else
    begin_conversation (exchange, connection);
  return PL_STEP_GO_ON;
}

PlStepResult
pl_step_acquire (PlExchange *exchange)
{
  PlEndpoint *endpoint;

  if (exchange->acquiring_since_us == 0)
    exchange->acquiring_since_us = exchange->supplies->reactor->now_us;
  if (pl_exchange_client_is_gone (exchange))
    return pl_exchange_fail (exchange, PL_CLOSE_CLIENT_GONE);
  if (exchange->dial != NULL && !look_at_dial (exchange))
    return exchange->step == PL_STEP_ACQUIRE ? wait_for_dial (exchange) : PL_STEP_GO_ON;
  if (exchange->needs_fresh)
    return try_endpoint (exchange, exchange->endpoint);
  if (pl_deadline_is_set (&exchange->deadline))
    return wait_for_dial (exchange);

  endpoint = pl_upstream_pick (exchange->upstream, &exchange->tried,
                               exchange->supplies->reactor->now_us);
  return endpoint != NULL ? try_endpoint (exchange, endpoint) : wait_for_endpoint (exchange);
}
