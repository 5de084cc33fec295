/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/session.h"

#include "net/exchange/exchange.h"

static void
run_session (PlTask *task)
{
  PlSession *session = (PlSession *) ((char *) task - G_STRUCT_OFFSET (PlSession, task));

  session->funcs->advance (session);
}

static void
enter (PlSession *session)
{
  PlSupplies *supplies = session->supplies;

  session->is_paced
      = supplies->pace != NULL && supplies->snapshot != NULL
        && pl_snapshot_limits (supplies->snapshot, &session->address)
        && pl_pace_enter (supplies->pace, &session->address, supplies->reactor->now_us);
}

PlSession *
pl_session_new (PlSessions *sessions,
                PlHandle handle,
                const PlAddress *address,
                const PlSessionFuncs *funcs)
{
  PlSession *session = g_new0 (PlSession, 1);

  session->task.run = run_session;
  session->funcs = funcs;
  session->sessions = sessions;
  session->supplies = sessions->supplies;
  session->address = *address;
  session->connected_us = session->supplies->reactor->wall_us;
  session->deadline.task = &session->task;
  session->link.data = session;
  if (!pl_stream_open_plain (&session->stream, session->supplies->reactor, handle, &session->task,
                             PL_READY_READ | PL_READY_WRITE))
    {
      g_free (session);
      return NULL;
    }
  enter (session);
  g_queue_push_tail_link (&sessions->list, &session->link);
  pl_reactor_queue (session->supplies->reactor, &session->task);
  return session;
}

static void
clear_speaker (PlSession *session)
{
  if (session->funcs->clear != NULL)
    session->funcs->clear (session);
  session->speaker = NULL;
}

void
pl_session_hand_over (PlSession *session, const PlSessionFuncs *funcs, gpointer speaker)
{
  clear_speaker (session);
  session->funcs = funcs;
  session->speaker = speaker;
}

PlIo
pl_session_receive (PlSession *session)
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

void
pl_session_leave_record (PlSession *session, PlCloseReason reason)
{
  PlClient client = { .task = &session->task,
                      .socket = &session->stream.socket,
                      .address = session->address,
                      .connected_us = session->connected_us };
  PlHead *head;

  if (!pl_supplies_may_record_failure (session->supplies))
    {
      pl_outbox_drop (session->supplies->outbox);
      return;
    }
  head = pl_supplies_take_head (session->supplies);
  pl_head_init (head, PL_HEAD_REQUEST, (PlHeadLimits){ 0 });
  pl_exchange_leave_record (session->supplies, &client, head, reason);
}

void
pl_session_close (PlSession *session, gboolean abort)
{
  PlSessions *sessions = session->sessions;
  PlSupplies *supplies = session->supplies;

  pl_reactor_cancel (supplies->reactor, &session->task);
  pl_deadline_lift (&session->deadline);
  clear_speaker (session);
  pl_buffer_give (&supplies->pools.buffers, &session->input);
  pl_stream_close (&session->stream, abort);
  if (session->is_paced)
    pl_pace_leave (supplies->pace, &session->address, supplies->reactor->now_us);
  g_queue_unlink (&sessions->list, &session->link);
  g_free (session);
  sessions->on_ended (sessions->user_data);
}

void
pl_session_end (PlSession *session, PlCloseReason reason)
{
  if (session->funcs->end != NULL)
    session->funcs->end (session, reason);
  pl_session_close (session, TRUE);
}

gboolean
pl_session_close_if_idle (PlSession *session)
{
  if (session->funcs->is_idle == NULL || !session->funcs->is_idle (session))
    return FALSE;
  pl_session_close (session, FALSE);
  return TRUE;
}

gboolean
pl_session_judge (PlSession *session, PlExchangeJudge judge, gconstpointer user_data)
{
  return session->funcs->judge != NULL && session->funcs->judge (session, judge, user_data);
}

void
pl_session_drain (PlSession *session)
{
  if (session->funcs->drain != NULL)
    session->funcs->drain (session);
}

void
pl_session_retire (PlSession *session)
{
  session->is_retiring = TRUE;
  if (session->funcs->retire != NULL)
    session->funcs->retire (session);
}
