/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http1/session.h"

#include "net/client/farewell.h"
#include "net/client/http1/client.h"
#include "net/exchange/exchange.h"

/* What the connection is doing. */
typedef enum
{
  SESSION_READING, /* a head, or waiting for one */
  SESSION_EXCHANGE,
  SESSION_DISCARDING, /* throwing away the rest of a body whose response was given early */
} SessionState;

/* A buffer and a head are held only while a head is being read; an idle session is this struct
 * and that of its connection alone. */
typedef struct
{
  PlSession *session;
  PlSupplies *supplies;
  PlHttp1Client client;
  PlHead *head;
  PlExchange *exchange;
  PlRelay *rest; /* while discarding */
  SessionState state;
} PlHttp1;

static void
clear_rest (PlHttp1 *http1)
{
  if (http1->rest == NULL)
    return;
  pl_relay_clear (http1->rest);
  g_clear_pointer (&http1->rest, g_free);
}

/* Exchanges */

static void
begin_exchange (PlHttp1 *http1, PlExchange *exchange)
{
  pl_deadline_lift (&http1->session->deadline);
  http1->exchange = exchange;
  http1->session->head_has_begun = FALSE;
  http1->session->has_served = TRUE;
  http1->state = SESSION_EXCHANGE;
}

/* Each of the following returns whether there is more to do now; FALSE: wait, or the session is
 * gone. */

static gboolean
leave_exchange (PlHttp1 *http1)
{
  PlRelay rest = { 0 };
  PlAfterwards afterwards = pl_exchange_get_afterwards (http1->exchange, &rest);

  g_clear_pointer (&http1->exchange, pl_exchange_free);
  http1->state = SESSION_READING;
  switch (afterwards)
    {
    case PL_AFTER_KEEP_ALIVE:
      return TRUE;
    case PL_AFTER_DISCARD:
      http1->rest = g_memdup2 (&rest, sizeof rest);
      http1->state = SESSION_DISCARDING;
      pl_deadline_set (&http1->session->deadline, http1->supplies->reactor,
                       http1->supplies->limits->discard_timeout_ms);
      return TRUE;
    case PL_AFTER_LINGER:
      pl_farewell_begin (http1->session);
      return FALSE;
    case PL_AFTER_CLOSE:
      /* Octets that were not read would make the system send a reset, which could overtake the
       * response. */
      if (http1->session->input != NULL
          || pl_socket_has (&http1->session->stream.socket, PL_READY_READ))
        {
          pl_farewell_begin (http1->session);
          return FALSE;
        }
      pl_session_close (http1->session, FALSE);
      return FALSE;
    case PL_AFTER_ABORT:
      pl_session_close (http1->session, TRUE);
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
advance_exchange (PlHttp1 *http1)
{
  return pl_exchange_advance (http1->exchange) && leave_exchange (http1);
}

/* Reading */

static void
begin_head (PlHttp1 *http1)
{
  const PlLimits *limits = http1->supplies->limits;
  PlHeadLimits head_limits = { limits->request_head_bytes, limits->request_fields };

  http1->head = pl_supplies_take_head (http1->supplies);
  pl_head_init (http1->head, PL_HEAD_REQUEST, head_limits);
}

static gboolean
refuse_slow_head (PlHttp1 *http1)
{
  PlHttpFault fault;

  if (http1->head == NULL || !pl_head_has_begun (http1->head))
    {
      pl_session_close (http1->session, FALSE);
      return FALSE;
    }
  /* Its record quotes the head, and the octets may have moved since they were looked at. */
  (void) pl_head_parse (http1->head, pl_buffer_get_data (http1->session->input),
                        pl_buffer_get_length (http1->session->input), &fault);
  pl_http1_client_note_request (&http1->client, http1->head);
  begin_exchange (http1, pl_exchange_new_timed_out (http1->supplies, &http1->client.client,
                                                    g_steal_pointer (&http1->head)));
  return TRUE;
}

/* From the first octet of a head on there is one deadline, however it trickles. */
static void
set_reading_deadline (PlHttp1 *http1)
{
  const PlLimits *limits = http1->supplies->limits;

  if (http1->session->input != NULL && !http1->session->head_has_begun)
    {
      http1->session->head_has_begun = TRUE;
      pl_deadline_set (&http1->session->deadline, http1->supplies->reactor,
                       limits->request_head_timeout_ms);
    }
  else if (!pl_deadline_is_set (&http1->session->deadline))
    pl_deadline_set (&http1->session->deadline, http1->supplies->reactor,
                     limits->keep_alive_timeout_ms);
}

static gboolean
wait_for_head (PlHttp1 *http1)
{
  if (http1->session->input == NULL)
    pl_supplies_give_head (http1->supplies, &http1->head);
  if (http1->session->input == NULL && http1->supplies->is_draining)
    {
      pl_session_close (http1->session, FALSE);
      return FALSE;
    }
  set_reading_deadline (http1);
  pl_socket_want (&http1->session->stream.socket, PL_READY_READ);
  return FALSE;
}

static gboolean
parse_head (PlHttp1 *http1)
{
  PlHttpFault fault;

  if (http1->head == NULL)
    begin_head (http1);
  switch (pl_head_parse (http1->head, pl_buffer_get_data (http1->session->input),
                         pl_buffer_get_length (http1->session->input), &fault))
    {
    case PL_PARSE_DONE:
      pl_http1_client_note_request (&http1->client, http1->head);
      begin_exchange (http1, pl_exchange_new (http1->supplies, &http1->client.client,
                                              g_steal_pointer (&http1->head)));
      return TRUE;
    case PL_PARSE_BAD:
      pl_http1_client_note_request (&http1->client, http1->head);
      begin_exchange (http1, pl_exchange_new_refused (http1->supplies, &http1->client.client,
                                                      g_steal_pointer (&http1->head), fault));
      return TRUE;
    case PL_PARSE_MORE:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
read_head (PlHttp1 *http1)
{
  PlIo io;

  if (http1->session->deadline.passed)
    return refuse_slow_head (http1);
  if (http1->session->input != NULL && pl_buffer_get_length (http1->session->input) == 0)
    pl_buffer_give (&http1->supplies->pools.buffers, &http1->session->input);
  do
    {
      if (http1->session->input != NULL && parse_head (http1))
        return TRUE;
      io = pl_session_receive (http1->session);
    }
  while (io == PL_IO_DONE);

  if (io == PL_IO_BLOCKED)
    return wait_for_head (http1);
  pl_session_close (http1->session, io == PL_IO_BROKEN);
  return FALSE;
}

/* Discarding */

static gboolean
discard_rest (PlHttp1 *http1)
{
  PlRelayState state;

  if (http1->session->deadline.passed
      || http1->rest->body_bytes > http1->supplies->limits->discard_bytes)
    state = PL_RELAY_FROM_BROKEN;
  else
    state = pl_relay_advance (http1->rest);
  switch (state)
    {
    case PL_RELAY_DONE:
      pl_deadline_lift (&http1->session->deadline);
      clear_rest (http1);
      http1->state = SESSION_READING;
      return TRUE;
    case PL_RELAY_YIELDED:
      pl_reactor_queue_later (http1->supplies->reactor, &http1->session->task);
      return FALSE;
    case PL_RELAY_RUNNING:
      pl_socket_want (&http1->session->stream.socket, PL_READY_READ);
      return FALSE;
    case PL_RELAY_FROM_ENDED:
    case PL_RELAY_FROM_BROKEN:
    case PL_RELAY_TO_BROKEN:
    case PL_RELAY_BODY_BAD:
      pl_farewell_begin (http1->session);
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static void
advance (PlSession *session)
{
  static gboolean (*const steps[]) (PlHttp1 * http1) = {
    [SESSION_READING] = read_head,
    [SESSION_EXCHANGE] = advance_exchange,
    [SESSION_DISCARDING] = discard_rest,
  };
  PlHttp1 *http1 = session->speaker;

  while (steps[http1->state](http1))
    ;
}

/* What keepers of sessions ask for */

static void
end (PlSession *session, PlCloseReason reason)
{
  PlHttp1 *http1 = session->speaker;

  if (http1->exchange != NULL)
    pl_exchange_end (http1->exchange, reason);
}

static void
drain (PlSession *session)
{
  PlHttp1 *http1 = session->speaker;

  if (http1->exchange != NULL && pl_exchange_is_tunnel (http1->exchange))
    pl_session_end (session, PL_CLOSE_SHUTTING_DOWN);
  else if (http1->exchange != NULL)
    pl_exchange_drain (http1->exchange);
  else
    pl_session_close_if_idle (session);
}

/* An idle one is not closed: a request may be on its way, and some cannot be sent again. */
static void
retire (PlSession *session)
{
  ((PlHttp1 *) session->speaker)->client.is_retiring = TRUE;
}

static gboolean
is_idle (const PlSession *session)
{
  const PlHttp1 *http1 = session->speaker;

  return http1->state == SESSION_READING && session->input == NULL
         && !pl_socket_has (&session->stream.socket, PL_READY_READ);
}

/* Of one that is cut off the client learns by the end of the connection alone. */
static gboolean
judge (PlSession *session, PlExchangeJudge judge_exchange, gconstpointer user_data)
{
  const PlHttp1 *http1 = session->speaker;
  PlCloseReason reason
      = http1->exchange != NULL ? judge_exchange (http1->exchange, user_data) : PL_CLOSE_NONE;

  if (reason == PL_CLOSE_NONE)
    return FALSE;
  pl_session_end (session, reason);
  return TRUE;
}

static void
clear (PlSession *session)
{
  PlHttp1 *http1 = session->speaker;

  clear_rest (http1);
  g_clear_pointer (&http1->exchange, pl_exchange_free);
  pl_supplies_give_head (http1->supplies, &http1->head);
  g_free (http1);
}

static const PlSessionFuncs funcs = {
  .advance = advance,
  .end = end,
  .drain = drain,
  .retire = retire,
  .is_idle = is_idle,
  .judge = judge,
  .clear = clear,
};

void
pl_http1_begin (PlSession *session)
{
  PlHttp1 *http1 = g_new0 (PlHttp1, 1);

  http1->session = session;
  http1->supplies = session->supplies;
  pl_http1_client_init (&http1->client, session->supplies, &session->task, &session->stream,
                        &session->input, &session->address);
  http1->client.client.connected_us = session->connected_us;
  http1->client.is_retiring = session->is_retiring;
  pl_session_hand_over (session, &funcs, http1);
  advance (session);
}
