/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Request and response, each at its own pace: a response may begin, or end, before the body of its
 * request has. Each turn advances both as far as they go, then says what is waited for. */

#include "net/exchange/exchange_state.h"

#include "net/exchange/response.h"

/* The request */

static PlStepResult
note_request_done (PlExchange *exchange)
{
  PlBuffer **input = exchange->client->input;

  exchange->request_done = TRUE;
  exchange->record->sent_us = exchange->supplies->reactor->now_us - exchange->began_us;
  if (pl_buffer_get_length (*input) == 0)
    pl_buffer_give (&exchange->supplies->pools.buffers, input);
  return PL_STEP_WAIT;
}

static gboolean
request_is_moving (const PlExchange *exchange)
{
  return !exchange->request_given_up
         && (!exchange->request_done || pl_relay_owes (&exchange->request));
}

static PlStepResult
advance_request (PlExchange *exchange)
{
  if (!request_is_moving (exchange))
    return PL_STEP_WAIT;
  switch (pl_relay_advance (&exchange->request))
    {
    case PL_RELAY_DONE:
      return note_request_done (exchange);
    case PL_RELAY_RUNNING:
      return PL_STEP_WAIT;
    case PL_RELAY_YIELDED:
      pl_reactor_queue_later (exchange->supplies->reactor, exchange->client->task);
      return PL_STEP_WAIT;
    case PL_RELAY_TO_BROKEN:
      /* The upstream may have answered before it closed: its response decides. */
      exchange->request_given_up = TRUE;
      return PL_STEP_WAIT;
    case PL_RELAY_BODY_BAD:
      exchange->record->http_fault = exchange->request.fault;
      return pl_exchange_fail (exchange, PL_CLOSE_BODY_MALFORMED);
    case PL_RELAY_FROM_ENDED:
    case PL_RELAY_FROM_BROKEN:
      return pl_exchange_fail (exchange, PL_CLOSE_CLIENT_GONE);
    }
  g_return_val_if_reached (PL_STEP_WAIT);
}

/* Waiting */

static PlPatience
choose_patience (const PlExchange *exchange)
{
  if (pl_relay_wants_to_write (&exchange->response))
    return PL_PATIENCE_CLIENT_TAKING;
  if (exchange->client_has_ended && !request_is_moving (exchange))
    return PL_PATIENCE_UPSTREAM_FOR_NOBODY;
  if (exchange->response_phase == PL_RESPONSE_PASSING)
    return PL_PATIENCE_UPSTREAM_SENDING;
  if (!request_is_moving (exchange))
    return PL_PATIENCE_UPSTREAM_ANSWERING;
  return pl_relay_wants_to_write (&exchange->request) ? PL_PATIENCE_UPSTREAM_TAKING
                                                      : PL_PATIENCE_CLIENT_SENDING;
}

static PlStepResult
wait_for_octets (PlExchange *exchange)
{
  gboolean is_moving = request_is_moving (exchange);
  PlReady of_client = 0, of_upstream = 0;

  if (is_moving ? pl_relay_wants_to_read (&exchange->request)
                : pl_exchange_wants_client_input (exchange))
    of_client |= PL_READY_READ;
  if (is_moving && pl_relay_wants_to_write (&exchange->request))
    of_upstream |= PL_READY_WRITE;
  if (pl_relay_wants_to_write (&exchange->response))
    of_client |= PL_READY_WRITE;
  else
    of_upstream |= PL_READY_READ;

  pl_socket_want (&exchange->client->stream->socket, of_client);
  pl_socket_want (&exchange->connection->stream.socket, of_upstream);
  pl_exchange_wait (exchange, choose_patience (exchange));
  return PL_STEP_WAIT;
}

PlStepResult
pl_step_converse (PlExchange *exchange)
{
  if (exchange->deadline.passed)
    return pl_exchange_run_out_of_patience (exchange);
  if (exchange->vanishing.passed && pl_response_look_for_upstream (exchange) == PL_STEP_GO_ON)
    return PL_STEP_GO_ON;
  if (advance_request (exchange) == PL_STEP_GO_ON)
    return PL_STEP_GO_ON;
  if (pl_response_advance (exchange) == PL_STEP_GO_ON)
    return PL_STEP_GO_ON;
  if (!request_is_moving (exchange) && pl_exchange_client_is_gone (exchange))
    return pl_exchange_finish (exchange, PL_CLOSE_CLIENT_GONE, PL_AFTER_ABORT);
  return wait_for_octets (exchange);
}
