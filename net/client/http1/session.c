/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http1/session.h"

#include "net/client/first_octets.h"
#include "net/client/http1/client.h"
#include "net/exchange/exchange.h"

/* What the connection is doing. */
typedef enum
{
  SESSION_READING, /* a head, or waiting for one */
  SESSION_EXCHANGE,
  SESSION_DISCARDING, /* throwing away the rest of a body whose response was given early */
  SESSION_LINGERING,  /* all is said: letting the client take it before the connection is closed */
} SessionState;

/* A buffer and a head are held only while a head is being read; an idle session is this struct
 * alone. */
struct _PlSession
{
  PlTask task;
  PlSessions *sessions; /* that this is one of */
  PlSupplies *supplies;
  PlStream stream;
  PlHttp1Client http1;
  PlDeadline deadline;
  GList link;
  PlBuffer *input;
  PlHead *head;
  PlExchange *exchange;
  PlRelay *rest; /* while discarding */
  gint64 lingering_since_us;
  guint64 lingered_bytes;
  SessionState state : 8;
  guint head_has_begun : 1;
  guint has_served : 1; /* at least one request */
};

static PlSession *
get_session (PlTask *task)
{
  return (PlSession *) ((char *) task - G_STRUCT_OFFSET (PlSession, task));
}

const PlAddress *
pl_session_get_client (const PlSession *session)
{
  return &session->http1.client.address;
}

static void
clear_rest (PlSession *session)
{
  if (session->rest == NULL)
    return;
  pl_relay_clear (session->rest);
  g_clear_pointer (&session->rest, g_free);
}

static void
close_session (PlSession *session, gboolean abort)
{
  PlSessions *sessions = session->sessions;
  PlSupplies *supplies = session->supplies;

  pl_reactor_cancel (supplies->reactor, &session->task);
  pl_deadline_lift (&session->deadline);
  clear_rest (session);
  g_clear_pointer (&session->exchange, pl_exchange_free);
  pl_supplies_give_head (supplies, &session->head);
  pl_buffer_give (&supplies->pools.buffers, &session->input);
  pl_stream_close (&session->stream, abort);
  g_queue_unlink (&sessions->list, &session->link);
  g_free (session);
  sessions->on_ended (sessions->user_data);
}

void
pl_session_end (PlSession *session, PlCloseReason reason)
{
  if (session->exchange != NULL)
    pl_exchange_end (session->exchange, reason);
  close_session (session, TRUE);
}

/* Receiving */

static PlIo
receive (PlSession *session)
{
  PlBufferPool *buffers = &session->supplies->pools.buffers;
  PlBuffer **input = &session->input;
  gsize received;
  PlIo io;

  if (!pl_socket_has (&session->stream.socket, PL_READY_READ))
    return PL_IO_BLOCKED;
  if (*input == NULL)
    *input = pl_buffer_take (buffers, PL_BUFFER_MESSAGE);
  pl_buffer_compact (*input);
  if (pl_buffer_get_room (*input) == 0)
    pl_buffer_grow (buffers, input);
  io = pl_stream_receive (&session->stream, (*input)->bytes + (*input)->end,
                          pl_buffer_get_room (*input), &received);
  if (io == PL_IO_DONE)
    (*input)->end += received;
  if (pl_buffer_get_length (*input) == 0)
    pl_buffer_give (buffers, input);
  return io;
}

/* Exchanges */

static void
begin_exchange (PlSession *session, PlExchange *exchange)
{
  pl_deadline_lift (&session->deadline);
  session->exchange = exchange;
  session->head_has_begun = FALSE;
  session->has_served = TRUE;
  session->state = SESSION_EXCHANGE;
}

static void
begin_lingering (PlSession *session)
{
  session->state = SESSION_LINGERING;
  session->lingering_since_us = session->supplies->reactor->now_us;
  pl_buffer_give (&session->supplies->pools.buffers, &session->input);
  pl_stream_shut_write (&session->stream);
  pl_deadline_set (&session->deadline, session->supplies->reactor,
                   session->supplies->limits->linger_timeout_ms);
}

/* Each of the following returns whether there is more to do now; FALSE: wait, or the session is
 * gone. */

static gboolean
leave_exchange (PlSession *session)
{
  PlRelay rest = { 0 };
  PlAfterwards afterwards = pl_exchange_get_afterwards (session->exchange, &rest);

  g_clear_pointer (&session->exchange, pl_exchange_free);
  session->state = SESSION_READING;
  switch (afterwards)
    {
    case PL_AFTER_KEEP_ALIVE:
      return TRUE;
    case PL_AFTER_DISCARD:
      session->rest = g_memdup2 (&rest, sizeof rest);
      session->state = SESSION_DISCARDING;
      pl_deadline_set (&session->deadline, session->supplies->reactor,
                       session->supplies->limits->discard_timeout_ms);
      return TRUE;
    case PL_AFTER_LINGER:
      begin_lingering (session);
      return TRUE;
    case PL_AFTER_CLOSE:
      /* Octets that were not read would make the system send a reset, which could overtake the
       * response. */
      if (session->input != NULL || pl_socket_has (&session->stream.socket, PL_READY_READ))
        {
          begin_lingering (session);
          return TRUE;
        }
      close_session (session, FALSE);
      return FALSE;
    case PL_AFTER_ABORT:
      close_session (session, TRUE);
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
advance_exchange (PlSession *session)
{
  return pl_exchange_advance (session->exchange) && leave_exchange (session);
}

/* Reading */

static void
begin_head (PlSession *session)
{
  const PlLimits *limits = session->supplies->limits;
  PlHeadLimits head_limits = { limits->request_head_bytes, limits->request_fields };

  session->head = pl_supplies_take_head (session->supplies);
  pl_head_init (session->head, PL_HEAD_REQUEST, head_limits);
}

static gboolean
refuse_slow_head (PlSession *session)
{
  PlHttpFault fault;

  if (session->head == NULL || !pl_head_has_begun (session->head))
    {
      close_session (session, FALSE);
      return FALSE;
    }
  /* Its record quotes the head, and the octets may have moved since they were looked at. */
  (void) pl_head_parse (session->head, pl_buffer_get_data (session->input),
                        pl_buffer_get_length (session->input), &fault);
  pl_http1_client_note_request (&session->http1, session->head);
  begin_exchange (session, pl_exchange_new_timed_out (session->supplies, &session->http1.client,
                                                      g_steal_pointer (&session->head)));
  return TRUE;
}

/* From the first octet of a head on there is one deadline, however it trickles. */
static void
set_reading_deadline (PlSession *session)
{
  const PlLimits *limits = session->supplies->limits;

  if (session->input != NULL && !session->head_has_begun)
    {
      session->head_has_begun = TRUE;
      pl_deadline_set (&session->deadline, session->supplies->reactor,
                       limits->request_head_timeout_ms);
    }
  else if (!pl_deadline_is_set (&session->deadline))
    pl_deadline_set (&session->deadline, session->supplies->reactor, limits->keep_alive_timeout_ms);
}

static gboolean
wait_for_head (PlSession *session)
{
  if (session->input == NULL)
    pl_supplies_give_head (session->supplies, &session->head);
  if (session->input == NULL && session->supplies->is_draining)
    {
      close_session (session, FALSE);
      return FALSE;
    }
  set_reading_deadline (session);
  pl_socket_want (&session->stream.socket, PL_READY_READ);
  return FALSE;
}

/* Nothing that HTTP could say would be understood. */
static gboolean
turn_tls_away (PlSession *session)
{
  GOutputVector alert = { pl_first_octets_get_tls_alert (), PL_TLS_ALERT_BYTES };
  gsize sent;

  pl_http1_client_note_request (&session->http1, session->head);
  pl_exchange_leave_record (session->supplies, &session->http1.client,
                            g_steal_pointer (&session->head), PL_CLOSE_TLS_SPOKEN);
  (void) pl_stream_send (&session->stream, &alert, 1, FALSE, &sent); /* fits: it is the first */
  begin_lingering (session);
  return TRUE;
}

static gboolean
parse_head (PlSession *session)
{
  PlHttpFault fault;

  if (session->head == NULL)
    begin_head (session);
  if (!session->has_served
      && pl_first_octets_are_tls (pl_buffer_get_data (session->input),
                                  pl_buffer_get_length (session->input)))
    return turn_tls_away (session);
  switch (pl_head_parse (session->head, pl_buffer_get_data (session->input),
                         pl_buffer_get_length (session->input), &fault))
    {
    case PL_PARSE_DONE:
      pl_http1_client_note_request (&session->http1, session->head);
      begin_exchange (session, pl_exchange_new (session->supplies, &session->http1.client,
                                                g_steal_pointer (&session->head)));
      return TRUE;
    case PL_PARSE_BAD:
      pl_http1_client_note_request (&session->http1, session->head);
      begin_exchange (session, pl_exchange_new_refused (session->supplies, &session->http1.client,
                                                        g_steal_pointer (&session->head), fault));
      return TRUE;
    case PL_PARSE_MORE:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
read_head (PlSession *session)
{
  PlIo io;

  if (session->deadline.passed)
    return refuse_slow_head (session);
  if (session->input != NULL && pl_buffer_get_length (session->input) == 0)
    pl_buffer_give (&session->supplies->pools.buffers, &session->input);
  do
    {
      if (session->input != NULL && parse_head (session))
        return TRUE;
      io = receive (session);
    }
  while (io == PL_IO_DONE);

  if (io == PL_IO_BLOCKED)
    return wait_for_head (session);
  close_session (session, io == PL_IO_BROKEN);
  return FALSE;
}

/* Discarding and lingering */

static gboolean
discard_rest (PlSession *session)
{
  PlRelayState state;

  if (session->deadline.passed
      || session->rest->body_bytes > session->supplies->limits->discard_bytes)
    state = PL_RELAY_FROM_BROKEN;
  else
    state = pl_relay_advance (session->rest);
  switch (state)
    {
    case PL_RELAY_DONE:
      pl_deadline_lift (&session->deadline);
      clear_rest (session);
      session->state = SESSION_READING;
      return TRUE;
    case PL_RELAY_YIELDED:
      pl_reactor_queue_later (session->supplies->reactor, &session->task);
      return FALSE;
    case PL_RELAY_RUNNING:
      pl_socket_want (&session->stream.socket, PL_READY_READ);
      return FALSE;
    case PL_RELAY_FROM_ENDED:
    case PL_RELAY_FROM_BROKEN:
    case PL_RELAY_TO_BROKEN:
    case PL_RELAY_BODY_BAD:
      clear_rest (session);
      begin_lingering (session);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
has_lingered_enough (const PlSession *session)
{
  const PlLimits *limits = session->supplies->limits;
  gint64 lingered_us = session->supplies->reactor->now_us - session->lingering_since_us;

  return session->deadline.passed || session->lingered_bytes > limits->discard_bytes
         || lingered_us > (gint64) limits->discard_timeout_ms * 1000;
}

static gboolean
linger (PlSession *session)
{
  const PlLimits *limits = session->supplies->limits;
  PlIo io = has_lingered_enough (session) ? PL_IO_BROKEN : receive (session);

  session->lingered_bytes += pl_buffer_get_length (session->input);
  pl_buffer_give (&session->supplies->pools.buffers, &session->input);
  switch (io)
    {
    case PL_IO_DONE:
      /* It still sends; when it has been silent for a while it must have seen our end. */
      pl_deadline_set (&session->deadline, session->supplies->reactor, limits->linger_timeout_ms);
      pl_reactor_queue_later (session->supplies->reactor, &session->task);
      return FALSE;
    case PL_IO_BLOCKED:
      pl_socket_want (&session->stream.socket, PL_READY_READ);
      return FALSE;
    case PL_IO_END:
    case PL_IO_BROKEN:
      close_session (session, FALSE);
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static void
run_session (PlTask *task)
{
  static gboolean (*const advance[]) (PlSession * session) = {
    [SESSION_READING] = read_head,
    [SESSION_EXCHANGE] = advance_exchange,
    [SESSION_DISCARDING] = discard_rest,
    [SESSION_LINGERING] = linger,
  };
  PlSession *session = get_session (task);

  while (advance[session->state](session))
    ;
}

void
pl_session_begin (PlSessions *sessions, PlHandle handle, const PlAddress *client)
{
  PlSession *session = g_new0 (PlSession, 1);

  session->task.run = run_session;
  session->sessions = sessions;
  session->supplies = sessions->supplies;
  pl_http1_client_init (&session->http1, sessions->supplies, &session->task, &session->stream,
                        &session->input, client);
  session->deadline.task = &session->task;
  session->link.data = session;
  if (!pl_stream_open_plain (&session->stream, session->supplies->reactor, handle, &session->task,
                             PL_READY_READ | PL_READY_WRITE))
    {
      g_free (session);
      return;
    }
  g_queue_push_tail_link (&sessions->list, &session->link);
  pl_reactor_queue (session->supplies->reactor, &session->task);
}

gboolean
pl_session_has_served (const PlSession *session)
{
  return session->has_served;
}

gboolean
pl_session_close_if_idle (PlSession *session)
{
  if (session->state != SESSION_READING || session->input != NULL
      || pl_socket_has (&session->stream.socket, PL_READY_READ))
    return FALSE;
  close_session (session, FALSE);
  return TRUE;
}

void
pl_session_drain (PlSession *session)
{
  if (session->exchange != NULL && pl_exchange_is_tunnel (session->exchange))
    pl_session_end (session, PL_CLOSE_SHUTTING_DOWN);
  else if (session->exchange != NULL)
    pl_exchange_drain (session->exchange);
  else
    pl_session_close_if_idle (session);
}
