/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After 101 Switching Protocols: octets both ways until both sides have ended, or one is broken.
 * What is silent holds no buffer. */

#include "net/exchange/exchange_state.h"

static void
init_directions (PlExchange *exchange, PlBuffer *head)
{
  PlBody endless = { .kind = PL_BODY_UNTIL_CLOSE };
  PlRelaySetup up = {
    .pools = &exchange->supplies->pools,
    .from = exchange->client->stream,
    .to = &exchange->connection->stream,
    .input = exchange->client->input,
    .body = endless,
  };
  PlRelaySetup down = {
    .pools = &exchange->supplies->pools,
    .from = &exchange->connection->stream,
    .to = exchange->client->stream,
    .input = &exchange->response_input,
    .head = head,
    .body = endless,
  };

  pl_buffer_give (&exchange->supplies->pools.buffers, &exchange->asked);
  pl_relay_clear (&exchange->request);
  pl_relay_init (&exchange->request, &up);
  pl_relay_init (&exchange->response, &down);
}

/* RFC 9110 §7.8: a server must not switch to a protocol the client did not offer. */
static gboolean
was_offered (const PlExchange *exchange, PlSlice protocol)
{
  PlSlice rest = pl_slice_from_string (exchange->offered), offered;

  while (pl_field_list_next (&rest, &offered))
    if (pl_slice_equal_ignoring_case (offered, protocol))
      return TRUE;
  return FALSE;
}

PlStepResult
pl_exchange_begin_tunnel (PlExchange *exchange)
{
  PlHead *response = exchange->response_head;
  PlSlice protocol = pl_head_get_value (response, PL_FIELD_UPGRADE);
  PlResponseHead switched = {
    .head = response,
    .body = { .kind = PL_BODY_NONE },
    .upgrade = protocol,
    .is_last = TRUE,
  };

  if (!was_offered (exchange, protocol) || !exchange->request_done)
    return pl_exchange_fail (exchange, PL_CLOSE_RESPONSE_MALFORMED);
  /* Those that were open have been ended; nobody would end this one. */
  if (exchange->supplies->is_draining)
    return pl_exchange_fail (exchange, PL_CLOSE_SHUTTING_DOWN);
  init_directions (exchange, pl_exchange_hand_over_head (exchange, &switched));
  pl_buffer_consume (exchange->response_input, response->length_bytes);
  pl_supplies_give_head (exchange->supplies, &exchange->response_head);

  exchange->record->protocol = PL_PROTOCOL_TUNNEL;
  exchange->record->status = 101;
  exchange->record->first_byte_us = exchange->supplies->reactor->now_us - exchange->began_us;
  exchange->response_phase = PL_RESPONSE_PASSING;
  exchange->request_done = FALSE;
  exchange->was_tunnel = TRUE;
  exchange->step = PL_STEP_TUNNEL;
  return PL_STEP_GO_ON;
}

static PlRelayState
advance_direction (PlExchange *exchange, PlRelay *relay, PlStream *to)
{
  PlRelayState state = pl_relay_advance (relay);

  if (state == PL_RELAY_DONE)
    pl_stream_shut_write (to);
  else if (state == PL_RELAY_YIELDED)
    pl_reactor_queue_later (exchange->supplies->reactor, exchange->client->task);
  return state;
}

static gboolean
is_broken (PlRelayState state)
{
  switch (state)
    {
    case PL_RELAY_RUNNING:
    case PL_RELAY_YIELDED:
    case PL_RELAY_DONE:
      return FALSE;
    case PL_RELAY_FROM_ENDED:
    case PL_RELAY_FROM_BROKEN:
    case PL_RELAY_TO_BROKEN:
    case PL_RELAY_BODY_BAD:
      return TRUE;
    }
  g_return_val_if_reached (TRUE);
}

static PlReady
get_wants (const PlRelay *from_it, const PlRelay *to_it)
{
  return (pl_relay_wants_to_read (from_it) ? PL_READY_READ : 0)
         | (pl_relay_wants_to_write (to_it) ? PL_READY_WRITE : 0);
}

static PlStepResult
wait_for_either_side (PlExchange *exchange)
{
  const PlRelay *up = &exchange->request, *down = &exchange->response;

  pl_socket_want (&exchange->client->stream->socket, get_wants (up, down));
  pl_socket_want (&exchange->connection->stream.socket, get_wants (down, up));
  pl_exchange_wait (exchange, exchange->request_done || exchange->response_done
                                  ? PL_PATIENCE_HALF_TUNNEL
                                  : PL_PATIENCE_TUNNEL);
  return PL_STEP_WAIT;
}

static PlStepResult
end_vanished (PlExchange *exchange)
{
  pl_exchange_note_vanished (exchange);
  return pl_exchange_finish (exchange, PL_CLOSE_UPSTREAM_VANISHED, PL_AFTER_ABORT);
}

/* Looked at once after each stir: a tunnel in which nothing was sent since has nothing that could
 * be unacknowledged, and thousands of idle ones are not to wake anybody. */
static gboolean
has_vanished (PlExchange *exchange)
{
  if (!exchange->vanishing.passed)
    return FALSE;
  pl_deadline_lift (&exchange->vanishing);
  return pl_socket_has_vanished (&exchange->connection->stream.socket,
                                 exchange->supplies->limits->upstream_vanished_ms);
}

PlStepResult
pl_step_tunnel (PlExchange *exchange)
{
  PlRelayState up = PL_RELAY_DONE, down = PL_RELAY_DONE;

  if (exchange->deadline.passed)
    return pl_exchange_run_out_of_patience (exchange);
  if (has_vanished (exchange))
    return end_vanished (exchange);
  if (!exchange->request_done)
    up = advance_direction (exchange, &exchange->request, &exchange->connection->stream);
  if (!exchange->response_done)
    down = advance_direction (exchange, &exchange->response, exchange->client->stream);
  if ((is_broken (up) || is_broken (down)) && exchange->connection->stream.socket.has_timed_out)
    return end_vanished (exchange);
  if (is_broken (up) || is_broken (down))
    return pl_exchange_finish (exchange, PL_CLOSE_TUNNEL_CLOSED, PL_AFTER_ABORT);

  exchange->request_done = up == PL_RELAY_DONE;
  exchange->response_done = down == PL_RELAY_DONE;
  if (exchange->request_done && exchange->response_done)
    return pl_exchange_finish (exchange, PL_CLOSE_TUNNEL_CLOSED, PL_AFTER_CLOSE);
  return wait_for_either_side (exchange);
}
