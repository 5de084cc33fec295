/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/response.h"

/* Reading its head */

static gboolean
may_retry (const PlExchange *exchange)
{
  gboolean is_unsent = !pl_relay_has_sent (&exchange->request);

  return exchange->connection->was_used && exchange->n_interim == 0
         && (is_unsent || (exchange->is_idempotent && exchange->request_body.kind == PL_BODY_NONE));
}

/* A kept connection that ended without an octet was closed while our request was on its way: no
 * fault of anybody's. Once more, on a fresh one (RFC 9112 §9.3.1, RFC 9110 §9.2.2). */
static PlStepResult
retry (PlExchange *exchange)
{
  exchange->request_head = pl_relay_take_head_back (&exchange->request);
  pl_relay_clear (&exchange->request);
  pl_relay_clear (&exchange->response);
  g_clear_pointer (&exchange->connection, pl_connection_free);
  pl_deadline_lift (&exchange->deadline);
  pl_deadline_lift (&exchange->vanishing);
  pl_exchange_reset_request (exchange);
  exchange->record->sent_us = -1;
  exchange->needs_fresh = TRUE;
  exchange->step = PL_STEP_ACQUIRE;
  return PL_STEP_GO_ON;
}

static PlStepResult
retry_or_fail (PlExchange *exchange, PlCloseReason reason)
{
  if (pl_buffer_get_length (exchange->response_input) > 0)
    return pl_exchange_fail (exchange, reason);
  pl_buffer_give (&exchange->supplies->pools.buffers, &exchange->response_input);
  pl_supplies_give_head (exchange->supplies, &exchange->response_head);
  return may_retry (exchange) ? retry (exchange) : pl_exchange_fail (exchange, reason);
}

/* Where there is another address it is that one's turn; else the same name is dialled anew, which
 * may lead elsewhere by now. */
static PlStepResult
leave_vanished (PlExchange *exchange)
{
  gboolean has_others = exchange->upstream->config->n_endpoints > 1;

  pl_exchange_note_vanished (exchange);
  retry_or_fail (exchange, PL_CLOSE_UPSTREAM_VANISHED);
  if (has_others)
    exchange->needs_fresh = FALSE;
  return PL_STEP_GO_ON;
}

PlStepResult
pl_response_look_for_upstream (PlExchange *exchange)
{
  guint for_ms = exchange->supplies->limits->upstream_vanished_ms;

  if (pl_socket_has_vanished (&exchange->connection->stream.socket, for_ms))
    return leave_vanished (exchange);
  pl_deadline_set (&exchange->vanishing, exchange->supplies->reactor, for_ms);
  return PL_STEP_WAIT;
}

static PlStepResult
note_end_without_head (PlExchange *exchange)
{
  return exchange->connection->stream.socket.has_timed_out
             ? leave_vanished (exchange)
             : retry_or_fail (exchange, PL_CLOSE_UPSTREAM_CLOSED);
}

static PlStepResult
refuse_head (PlExchange *exchange, PlHttpFault fault)
{
  gboolean is_too_large = pl_http_fault_get_status (fault) == 431;

  exchange->record->http_fault = fault;
  return pl_exchange_fail (exchange, is_too_large ? PL_CLOSE_RESPONSE_TOO_LARGE
                                                  : PL_CLOSE_RESPONSE_MALFORMED);
}

static void
begin_head (PlExchange *exchange)
{
  const PlLimits *limits = exchange->supplies->limits;
  PlHeadLimits head_limits = { limits->response_head_bytes, PL_HEAD_ANY_NUMBER };

  exchange->response_head = pl_supplies_take_head (exchange->supplies);
  pl_head_init (exchange->response_head, PL_HEAD_RESPONSE, head_limits);
}

static PlIo
receive_more (PlExchange *exchange)
{
  PlBufferPool *buffers = &exchange->supplies->pools.buffers;
  PlStream *stream = &exchange->connection->stream;
  PlBuffer **input = &exchange->response_input;
  gsize received;
  PlIo io;

  if (!pl_socket_has (&stream->socket, PL_READY_READ))
    return PL_IO_BLOCKED;
  if (*input == NULL)
    *input = pl_buffer_take (buffers, PL_BUFFER_MESSAGE);
  pl_buffer_compact (*input);
  if (pl_buffer_get_room (*input) == 0)
    pl_buffer_grow (buffers, input);
  io = pl_stream_receive (stream, (*input)->bytes + (*input)->end, pl_buffer_get_room (*input),
                          &received);
  if (io == PL_IO_DONE)
    (*input)->end += received;
  else if (pl_buffer_get_length (*input) == 0)
    pl_buffer_give (buffers, input);
  return io;
}

/* Passing it on */

static void
consume_head (PlExchange *exchange)
{
  pl_buffer_consume (exchange->response_input, exchange->response_head->length_bytes);
  pl_supplies_give_head (exchange->supplies, &exchange->response_head);
}

static PlRelaySetup
get_setup (PlExchange *exchange, PlBuffer *head, PlBody body)
{
  return (PlRelaySetup){
    .pools = &exchange->supplies->pools,
    .from = &exchange->connection->stream,
    .to = exchange->client->stream,
    .input = &exchange->response_input,
    .head = head,
    .body = body,
  };
}

static void
begin_interim_relay (PlExchange *exchange, const PlHead *head)
{
  PlResponseHead interim = { .head = head, .body = { .kind = PL_BODY_NONE } };
  PlBuffer *first = pl_exchange_hand_over_head (exchange, &interim);
  PlRelaySetup setup = get_setup (exchange, first, interim.body);

  pl_relay_init (&exchange->response, &setup);
  exchange->response_phase = PL_RESPONSE_INTERIM;
}

static PlStepResult
begin_interim (PlExchange *exchange)
{
  gboolean is_continue = exchange->response_head->status == 100;

  if (++exchange->n_interim > exchange->supplies->limits->max_interim_responses)
    return pl_exchange_fail (exchange, PL_CLOSE_RESPONSE_MALFORMED);
  exchange->expects_continue &= !is_continue;
  if (exchange->client->takes_interim)
    begin_interim_relay (exchange, exchange->response_head);
  consume_head (exchange);
  return PL_STEP_GO_ON;
}

/* What the body becomes towards the client: one that knows no chunks takes its end for the end of
 * the connection. */
static PlBody
choose_framing (const PlExchange *exchange, PlBody body)
{
  if (body.kind == PL_BODY_CHUNKED && !exchange->client->takes_chunks)
    body.kind = PL_BODY_UNTIL_CLOSE;
  return body;
}

static void
note_final_head (PlExchange *exchange, PlBody body)
{
  const PlHead *head = exchange->response_head;
  PlRecord *record = exchange->record;

  exchange->endpoint->speaks_http_1_0 = head->version == PL_HTTP_1_0;
  exchange->upstream_keep_alive
      = pl_head_wants_keep_alive (head) && body.kind != PL_BODY_UNTIL_CLOSE;
  record->status = head->status;
  if (exchange->login.login != PL_LOGIN_NONE)
    pl_exchange_note_login (exchange, head->status);
  record->first_byte_us = exchange->supplies->reactor->now_us - exchange->began_us;
  if (body.kind == PL_BODY_FIXED)
    record->down_total_bytes = (gint64) body.length_bytes;
}

static void
take_trailers (const PlHead *trailers, gpointer user_data)
{
  PlClient *client = ((PlExchange *) user_data)->client;

  if (client->funcs->take_trailers != NULL)
    client->funcs->take_trailers (client, trailers);
}

/* A client that still waits for its 100 may or may not send the body after this response: what
 * comes next could be either, so the connection cannot go on (RFC 9110 §10.1.1). */
static gboolean
is_last (const PlExchange *exchange)
{
  return !exchange->request_done && exchange->expects_continue;
}

static PlStepResult
begin_final (PlExchange *exchange)
{
  PlSlice method = exchange->is_head ? PL_SLICE ("HEAD") : PL_SLICE ("GET");
  PlResponseHead response = { .head = exchange->response_head, .is_last = is_last (exchange) };
  PlBody body;
  PlRelaySetup setup;
  PlHttpFault fault = pl_framing_decide_response (exchange->response_head, method, &body);

  if (fault != PL_HTTP_FAULT_NONE)
    return refuse_head (exchange, fault);
  response.body = choose_framing (exchange, body);
  note_final_head (exchange, body);
  setup = get_setup (exchange, pl_exchange_hand_over_head (exchange, &response), body);
  setup.dechunk = response.body.kind != body.kind;
  setup.trailers = (PlRelayTrailers){ .take = take_trailers, .user_data = exchange };
  setup.end_follows = !exchange->may_follow;
  consume_head (exchange);
  pl_relay_init (&exchange->response, &setup);
  exchange->response_phase = PL_RESPONSE_PASSING;
  return PL_STEP_GO_ON;
}

static PlStepResult
begin_response (PlExchange *exchange)
{
  guint status = exchange->response_head->status;

  if (status == 101)
    return pl_exchange_begin_tunnel (exchange);
  return status < 200 ? begin_interim (exchange) : begin_final (exchange);
}

/* GO_ON: look at the phase and step again; WAIT: for octets. */
static PlStepResult
advance_head (PlExchange *exchange)
{
  PlHttpFault fault;
  PlParseResult result = PL_PARSE_MORE;
  PlIo io;

  if (exchange->response_head == NULL)
    {
      if (pl_buffer_get_length (exchange->response_input) == 0
          && !pl_socket_has (&exchange->connection->stream.socket, PL_READY_READ))
        return PL_STEP_WAIT;
      begin_head (exchange);
    }
  if (pl_buffer_get_length (exchange->response_input) > 0)
    result = pl_head_parse (exchange->response_head, pl_buffer_get_data (exchange->response_input),
                            pl_buffer_get_length (exchange->response_input), &fault);
  if (result == PL_PARSE_BAD)
    return refuse_head (exchange, fault);
  if (result == PL_PARSE_DONE)
    return begin_response (exchange);

  io = receive_more (exchange);
  if (io == PL_IO_DONE)
    return PL_STEP_GO_ON;
  if (io != PL_IO_BLOCKED)
    return note_end_without_head (exchange);
  if (exchange->response_input == NULL)
    pl_supplies_give_head (exchange->supplies, &exchange->response_head);
  return PL_STEP_WAIT;
}

/* Its end */

static PlStepResult
finish (PlExchange *exchange)
{
  PlAfterwards afterwards;

  exchange->response_done = TRUE;
  if (exchange->may_follow)
    afterwards = exchange->request_done ? PL_AFTER_KEEP_ALIVE : PL_AFTER_DISCARD;
  else
    afterwards = exchange->request_done ? PL_AFTER_CLOSE : PL_AFTER_LINGER;
  return pl_exchange_finish (exchange, PL_CLOSE_DONE, afterwards);
}

static PlCloseReason
get_reason_of_break (const PlExchange *exchange)
{
  return exchange->connection->stream.socket.has_timed_out ? PL_CLOSE_UPSTREAM_VANISHED
                                                           : PL_CLOSE_RESPONSE_TRUNCATED;
}

static PlStepResult
advance_relay (PlExchange *exchange)
{
  switch (pl_relay_advance (&exchange->response))
    {
    case PL_RELAY_DONE:
      if (exchange->response_phase == PL_RESPONSE_PASSING)
        return finish (exchange);
      exchange->response_phase = PL_RESPONSE_AWAITED;
      return PL_STEP_GO_ON;
    case PL_RELAY_RUNNING:
      return PL_STEP_WAIT;
    case PL_RELAY_YIELDED:
      pl_reactor_queue_later (exchange->supplies->reactor, exchange->client->task);
      return PL_STEP_WAIT;
    case PL_RELAY_TO_BROKEN:
      return pl_exchange_finish (exchange, PL_CLOSE_CLIENT_GONE, PL_AFTER_ABORT);
    case PL_RELAY_BODY_BAD:
      exchange->record->http_fault = exchange->response.fault;
      return pl_exchange_finish (exchange, PL_CLOSE_RESPONSE_MALFORMED, PL_AFTER_ABORT);
    case PL_RELAY_FROM_ENDED:
    case PL_RELAY_FROM_BROKEN:
      return pl_exchange_finish (exchange, get_reason_of_break (exchange), PL_AFTER_ABORT);
    }
  g_return_val_if_reached (PL_STEP_WAIT);
}

/* The upstream knows no 100-continue, so the client is told to go on by us (RFC 9110 §10.1.1). */
static void
begin_own_continue (PlExchange *exchange)
{
  PlHead *head = pl_supplies_take_head (exchange->supplies);

  pl_head_init (head, PL_HEAD_RESPONSE, (PlHeadLimits){ 0 });
  head->status = 100;
  head->reason = PL_SLICE ("Continue");
  begin_interim_relay (exchange, head);
  pl_supplies_give_head (exchange->supplies, &head);
  exchange->makes_continue = exchange->expects_continue = FALSE;
}

PlStepResult
pl_response_advance (PlExchange *exchange)
{
  PlStepResult result = PL_STEP_GO_ON;

  if (exchange->makes_continue)
    begin_own_continue (exchange);
  while (result == PL_STEP_GO_ON && exchange->step == PL_STEP_CONVERSE)
    result = exchange->response_phase == PL_RESPONSE_AWAITED ? advance_head (exchange)
                                                             : advance_relay (exchange);
  return result;
}
