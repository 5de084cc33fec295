/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/farewell.h"

typedef struct
{
  gint64 since_us;
  guint64 discarded_bytes;
} Farewell;

static gboolean
is_long_enough (const PlSession *session)
{
  const Farewell *farewell = session->speaker;
  const PlLimits *limits = session->supplies->limits;
  gint64 lasted_us = session->supplies->reactor->now_us - farewell->since_us;

  return session->deadline.passed || farewell->discarded_bytes > limits->discard_bytes
         || lasted_us > (gint64) limits->discard_timeout_ms * 1000;
}

static void
set_deadline (PlSession *session)
{
  pl_deadline_set (&session->deadline, session->supplies->reactor,
                   session->supplies->limits->linger_timeout_ms);
}

static void
advance (PlSession *session)
{
  Farewell *farewell = session->speaker;
  PlIo io = is_long_enough (session) ? PL_IO_BROKEN : pl_session_receive (session);

  farewell->discarded_bytes += pl_buffer_get_length (session->input);
  pl_buffer_give (&session->supplies->pools.buffers, &session->input);
  switch (io)
    {
    case PL_IO_DONE:
      /* It still sends; when it has been silent for a while it must have seen our end. */
      set_deadline (session);
      pl_reactor_queue_later (session->supplies->reactor, &session->task);
      return;
    case PL_IO_BLOCKED:
      pl_socket_want (&session->stream.socket, PL_READY_READ);
      return;
    case PL_IO_END:
    case PL_IO_BROKEN:
      pl_session_close (session, FALSE);
      return;
    }
  g_return_if_reached ();
}

static void
clear (PlSession *session)
{
  g_free (session->speaker);
}

static const PlSessionFuncs funcs = {
  .advance = advance,
  .clear = clear,
};

void
pl_farewell_begin (PlSession *session)
{
  Farewell *farewell = g_new0 (Farewell, 1);

  farewell->since_us = session->supplies->reactor->now_us;
  pl_session_hand_over (session, &funcs, farewell);
  pl_buffer_give (&session->supplies->pools.buffers, &session->input);
  pl_stream_shut_write (&session->stream);
  set_deadline (session);
  pl_reactor_queue (session->supplies->reactor, &session->task);
}
