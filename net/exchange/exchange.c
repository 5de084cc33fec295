/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The driver of the steps, and what all of them share: ways to end, the record, patience. */

#include "net/exchange/exchange_state.h"

#include "net/exchange/reply.h"
#include "net/route/forwarded.h"

static PlStepResult step_finish (PlExchange *exchange);

static PlStepResult (*const steps[]) (PlExchange *exchange) = {
  [PL_STEP_MATCH] = pl_step_match,       [PL_STEP_ACQUIRE] = pl_step_acquire,
  [PL_STEP_CONVERSE] = pl_step_converse, [PL_STEP_TUNNEL] = pl_step_tunnel,
  [PL_STEP_REPLY] = pl_step_reply,       [PL_STEP_FINISH] = step_finish,
};

/* The record */

static void
update_record (PlExchange *exchange)
{
  PlRecord *record = exchange->record;

  record->duration_us = exchange->supplies->reactor->now_us - exchange->began_us;
  record->up_bytes = exchange->request.body_bytes;
  if (exchange->response_phase == PL_RESPONSE_PASSING)
    record->down_bytes = exchange->response.body_bytes;
}

static void
report_progress (PlExchange *exchange)
{
  guint64 moved = exchange->record->up_bytes + exchange->record->down_bytes;

  update_record (exchange);
  pl_outbox_put (exchange->supplies->outbox, pl_record_copy (exchange->record));
  pl_deadline_lift (&exchange->progress);
  /* One that stands still is reported again when it moves (pl_exchange_wait()). */
  if (moved != exchange->record->up_bytes + exchange->record->down_bytes)
    pl_deadline_set (&exchange->progress, exchange->supplies->reactor,
                     exchange->supplies->limits->progress_interval_ms);
}

void
pl_exchange_begin_record (PlExchange *exchange, PlSlice authority, PlSlice route)
{
  const PlHead *head = exchange->head;
  PlRecordText text = {
    .method = head->method,
    .target = head->target,
    .host = authority,
    .user_agent = pl_head_get_value (head, PL_FIELD_USER_AGENT),
    .referer = pl_head_get_value (head, PL_FIELD_REFERER),
    .route = route,
  };
  PlForwardedInput way = {
    .client = &exchange->client->address,
    .trusted = exchange->snapshot->trusted,
    .head = head,
  };
  const PlTlsFacts *tls = exchange->client->tls;
  PlRecord *record = pl_record_new (&text);

  record->id = pl_supplies_next_id (exchange->supplies);
  record->client = pl_forwarded_get_client (&way);
  record->connected_us = exchange->client->connected_us;
  record->started_us = exchange->supplies->reactor->wall_us;
  record->protocol = exchange->client->protocol;
  if (tls != NULL)
    {
      record->tls_version = tls->version;
      record->tls_cipher = tls->cipher;
      record->tls_protocol = tls->protocol;
    }
  exchange->record = record;
  pl_deadline_set (&exchange->progress, exchange->supplies->reactor,
                   exchange->supplies->limits->progress_interval_ms);
}

/* The upstream's side */

static gboolean
connection_can_serve_another (const PlExchange *exchange)
{
  return exchange->upstream_keep_alive && exchange->response_done && exchange->request_done
         && !exchange->request_given_up && !pl_relay_owes (&exchange->request)
         && pl_buffer_get_length (exchange->response_input) == 0;
}

void
pl_exchange_doubt_endpoint (PlExchange *exchange)
{
  pl_endpoint_failed (exchange->endpoint, exchange->supplies->reactor->now_us);
  pl_supplies_doubt (exchange->supplies, exchange->upstream->config->name,
                     exchange->endpoint->label);
}

void
pl_exchange_note_vanished (PlExchange *exchange)
{
  pl_endpoint_close_idle (exchange->endpoint);
  pl_exchange_doubt_endpoint (exchange);
}

/* Gives the connection back if it can serve another, closes it if not. */
static void
leave_upstream (PlExchange *exchange)
{
  PlConnection *connection = g_steal_pointer (&exchange->connection);

  g_clear_pointer (&exchange->dial, pl_dial_free);
  pl_relay_clear (&exchange->response);
  if (connection != NULL && connection_can_serve_another (exchange))
    pl_endpoint_release (exchange->endpoint, connection,
                         exchange->supplies->limits->upstream_idle_timeout_ms);
  else if (connection != NULL)
    pl_connection_free (connection);
  if (exchange->endpoint != NULL)
    {
      exchange->endpoint->n_running--;
      g_clear_pointer (&exchange->endpoint, pl_endpoint_unref);
    }
  pl_buffer_give (&exchange->supplies->pools.buffers, &exchange->response_input);
  pl_supplies_give_head (exchange->supplies, &exchange->response_head);
}

/* Ways to end */

PlStepResult
pl_exchange_finish (PlExchange *exchange, PlCloseReason reason, PlAfterwards afterwards)
{
  if (exchange->reason == PL_CLOSE_NONE)
    exchange->reason = reason;
  exchange->afterwards = afterwards;
  exchange->step = PL_STEP_FINISH;
  return PL_STEP_GO_ON;
}

PlStepResult
pl_exchange_fail (PlExchange *exchange, PlCloseReason reason)
{
  guint status = pl_close_get_status (reason);

  if (status == 0 || exchange->response_phase != PL_RESPONSE_AWAITED)
    return pl_exchange_finish (exchange, reason, PL_AFTER_ABORT);
  leave_upstream (exchange);
  exchange->reason = reason;
  pl_reply_begin (exchange, status, pl_close_get_name (reason));
  return PL_STEP_GO_ON;
}

PlStepResult
pl_exchange_refuse (PlExchange *exchange, PlHttpFault fault)
{
  guint status = pl_http_fault_get_status (fault);

  exchange->is_refused = TRUE;
  exchange->reason
      = status == 431 || status == 414 ? PL_CLOSE_REQUEST_TOO_LARGE : PL_CLOSE_REQUEST_MALFORMED;
  if (exchange->record == NULL)
    pl_exchange_begin_record (exchange, pl_slice (NULL, 0), pl_slice (NULL, 0));
  exchange->record->http_fault = fault;
  pl_reply_begin (exchange, status, pl_http_fault_get_words (fault));
  return PL_STEP_GO_ON;
}

static PlStepResult
step_finish (PlExchange *exchange)
{
  PlRecord *record = exchange->record;

  update_record (exchange);
  pl_exchange_keep_failed_heads (exchange);
  leave_upstream (exchange);
  pl_exchange_leave_login (exchange);
  pl_deadline_lift (&exchange->deadline);
  pl_deadline_lift (&exchange->progress);
  pl_deadline_lift (&exchange->vanishing);
  record->state = PL_RECORD_FINISHED;
  record->reason = exchange->reason;
  pl_outbox_put (exchange->supplies->outbox, g_steal_pointer (&exchange->record));
  exchange->step = PL_STEP_FINISHED;
  return PL_STEP_GO_ON;
}

/* The client's side */

gboolean
pl_exchange_wants_client_input (const PlExchange *exchange)
{
  const PlBuffer *input = *exchange->client->input;

  return exchange->request_done && !exchange->client_has_ended
         && (input == NULL || pl_buffer_get_length (input) < input->capacity);
}

gboolean
pl_exchange_client_is_gone (PlExchange *exchange)
{
  PlSocket *socket = &exchange->client->stream->socket;
  PlBuffer **input = exchange->client->input;
  gsize received;
  PlIo io;

  if (pl_socket_has (socket, PL_READY_BROKEN))
    return TRUE;
  if (!pl_socket_has (socket, PL_READY_READ) || !pl_exchange_wants_client_input (exchange))
    return FALSE;
  if (*input == NULL)
    *input = pl_buffer_take (&exchange->supplies->pools.buffers, PL_BUFFER_MESSAGE);
  pl_buffer_compact (*input);
  io = pl_stream_receive (exchange->client->stream, (*input)->bytes + (*input)->end,
                          pl_buffer_get_room (*input), &received);
  if (io == PL_IO_DONE)
    (*input)->end += received;
  if (pl_buffer_get_length (*input) == 0)
    pl_buffer_give (&exchange->supplies->pools.buffers, input);
  /* Where a body ends with the stream, the end is that of the body, also of one with a length. */
  exchange->client_has_ended = io == PL_IO_END && !exchange->client->sends_until_end;
  return io == PL_IO_BROKEN;
}

PlBuffer *
pl_exchange_hand_over_head (PlExchange *exchange, const PlResponseHead *response)
{
  PlResponseHead handed = *response;
  PlBuffer *first;

  handed.hsts = exchange->snapshot->hsts && exchange->client->tls != NULL;
  exchange->may_follow = exchange->client->funcs->take_head (exchange->client, &handed, &first);
  pl_exchange_keep_response_heads (exchange, &handed, first);
  return first;
}

/* Patience */

static guint
get_timeout_ms (const PlExchange *exchange, PlPatience patience)
{
  switch (patience)
    {
    case PL_PATIENCE_UPSTREAM_ANSWERING:
    case PL_PATIENCE_UPSTREAM_SENDING:
      return exchange->upstream->config->response_timeout_ms;
    case PL_PATIENCE_UPSTREAM_FOR_NOBODY:
      return exchange->supplies->limits->ended_client_timeout_ms;
    case PL_PATIENCE_TUNNEL:
      return exchange->supplies->limits->tunnel_idle_timeout_ms;
    case PL_PATIENCE_HALF_TUNNEL:
      return exchange->supplies->limits->tunnel_half_timeout_ms;
    case PL_PATIENCE_NONE:
    case PL_PATIENCE_CLIENT_SENDING:
    case PL_PATIENCE_CLIENT_TAKING:
    case PL_PATIENCE_UPSTREAM_TAKING:
      return exchange->supplies->limits->body_silence_timeout_ms;
    }
  g_return_val_if_reached (0);
}

/* Whether what was sent to the upstream is all there is to hear of it by. Once a response comes,
 * its silence has a time-out of its own, and the system asks a silent peer whether it is there. */
static gboolean
awaits_acknowledgement (PlPatience patience)
{
  switch (patience)
    {
    case PL_PATIENCE_CLIENT_SENDING:
    case PL_PATIENCE_UPSTREAM_TAKING:
    case PL_PATIENCE_UPSTREAM_ANSWERING:
    case PL_PATIENCE_TUNNEL:
    case PL_PATIENCE_HALF_TUNNEL:
      return TRUE;
    case PL_PATIENCE_NONE:
    case PL_PATIENCE_CLIENT_TAKING:
    case PL_PATIENCE_UPSTREAM_SENDING:
    case PL_PATIENCE_UPSTREAM_FOR_NOBODY:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

void
pl_exchange_wait (PlExchange *exchange, PlPatience patience)
{
  guint64 moved_bytes = exchange->request.body_bytes + exchange->response.body_bytes;
  gboolean has_moved = moved_bytes != exchange->moved_bytes;

  exchange->moved_bytes = moved_bytes;
  if (has_moved && !pl_deadline_is_set (&exchange->progress))
    pl_deadline_set (&exchange->progress, exchange->supplies->reactor,
                     exchange->supplies->limits->progress_interval_ms);
  if (!has_moved && patience == exchange->patience && pl_deadline_is_set (&exchange->deadline))
    return;
  exchange->patience = patience;
  pl_deadline_set (&exchange->deadline, exchange->supplies->reactor,
                   get_timeout_ms (exchange, patience));
  if (awaits_acknowledgement (patience))
    pl_deadline_set (&exchange->vanishing, exchange->supplies->reactor,
                     exchange->supplies->limits->upstream_vanished_ms);
  else
    pl_deadline_lift (&exchange->vanishing);
}

PlStepResult
pl_exchange_run_out_of_patience (PlExchange *exchange)
{
  static const PlCloseReason reasons[] = {
    [PL_PATIENCE_CLIENT_SENDING] = PL_CLOSE_CLIENT_SILENT,
    [PL_PATIENCE_CLIENT_TAKING] = PL_CLOSE_CLIENT_NOT_READING,
    [PL_PATIENCE_UPSTREAM_TAKING] = PL_CLOSE_UPSTREAM_NOT_READING,
    [PL_PATIENCE_UPSTREAM_ANSWERING] = PL_CLOSE_UPSTREAM_TIMEOUT,
    [PL_PATIENCE_UPSTREAM_SENDING] = PL_CLOSE_UPSTREAM_SILENT,
    [PL_PATIENCE_UPSTREAM_FOR_NOBODY] = PL_CLOSE_CLIENT_GONE,
    [PL_PATIENCE_TUNNEL] = PL_CLOSE_TUNNEL_IDLE,
    [PL_PATIENCE_HALF_TUNNEL] = PL_CLOSE_TUNNEL_CLOSED,
  };

  return pl_exchange_fail (exchange, reasons[exchange->patience]);
}

/* From and to the session */

static PlExchange *
new_exchange (PlSupplies *supplies, PlClient *client, PlHead *head)
{
  PlExchange *exchange = g_new0 (PlExchange, 1);

  exchange->supplies = supplies;
  exchange->client = client;
  exchange->snapshot = pl_snapshot_ref (supplies->snapshot);
  exchange->head = head;
  exchange->began_us = supplies->reactor->now_us;
  exchange->request_body.kind = PL_BODY_NONE;
  exchange->deadline.task = client->task;
  exchange->progress.task = client->task;
  exchange->vanishing.task = client->task;
  pl_exchange_note_wishes (exchange);
  return exchange;
}

PlExchange *
pl_exchange_new (PlSupplies *supplies, PlClient *client, PlHead *head)
{
  return new_exchange (supplies, client, head);
}

PlExchange *
pl_exchange_new_refused (PlSupplies *supplies, PlClient *client, PlHead *head, PlHttpFault fault)
{
  PlExchange *exchange = new_exchange (supplies, client, head);

  pl_exchange_refuse (exchange, fault);
  return exchange;
}

PlExchange *
pl_exchange_new_timed_out (PlSupplies *supplies, PlClient *client, PlHead *head)
{
  PlExchange *exchange = new_exchange (supplies, client, head);

  exchange->is_refused = TRUE;
  pl_exchange_begin_record (exchange, pl_slice (NULL, 0), pl_slice (NULL, 0));
  pl_exchange_fail (exchange, PL_CLOSE_REQUEST_TIMEOUT);
  return exchange;
}

void
pl_exchange_leave_record (PlSupplies *supplies,
                          PlClient *client,
                          PlHead *head,
                          PlCloseReason reason)
{
  PlExchange *exchange = new_exchange (supplies, client, head);

  pl_exchange_end (exchange, reason);
  pl_exchange_free (exchange);
}

gboolean
pl_exchange_advance (PlExchange *exchange)
{
  if (exchange->progress.passed)
    report_progress (exchange);
  while (exchange->step != PL_STEP_FINISHED)
    if (steps[exchange->step](exchange) == PL_STEP_WAIT)
      return FALSE;
  return TRUE;
}

void
pl_exchange_end (PlExchange *exchange, PlCloseReason reason)
{
  if (exchange->step == PL_STEP_FINISHED)
    return;
  if (exchange->record == NULL)
    pl_exchange_begin_record (exchange, pl_slice (NULL, 0), pl_slice (NULL, 0));
  pl_exchange_finish (exchange, reason, PL_AFTER_ABORT);
  step_finish (exchange);
}

void
pl_exchange_drain (PlExchange *exchange)
{
  if (exchange->step != PL_STEP_ACQUIRE || exchange->dial != NULL)
    return;
  pl_exchange_fail (exchange, PL_CLOSE_SHUTTING_DOWN);
  pl_reactor_queue (exchange->supplies->reactor, exchange->client->task);
}

gboolean
pl_exchange_is_tunnel (const PlExchange *exchange)
{
  return exchange->was_tunnel;
}

PlAfterwards
pl_exchange_get_afterwards (PlExchange *exchange, PlRelay *rest)
{
  if (exchange->afterwards == PL_AFTER_DISCARD)
    {
      pl_relay_discard (&exchange->request);
      pl_relay_forget_head (&exchange->request);
      *rest = exchange->request;
      exchange->request = (PlRelay){ 0 };
    }
  return exchange->afterwards;
}

PlCloseReason
pl_exchange_get_reason (const PlExchange *exchange)
{
  return exchange->reason;
}

void
pl_exchange_free (PlExchange *exchange)
{
  pl_relay_clear (&exchange->request);
  pl_buffer_give (&exchange->supplies->pools.buffers, &exchange->request_head);
  pl_buffer_give (&exchange->supplies->pools.buffers, &exchange->asked);
  pl_supplies_give_head (exchange->supplies, &exchange->head);
  g_free (exchange->offered);
  g_free (exchange->location);
  g_clear_pointer (&exchange->record, pl_record_unref);
  pl_snapshot_unref (exchange->snapshot);
  g_free (exchange);
}
