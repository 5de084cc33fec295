/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers that are ready at the same time leave in one send. Octets that are many are not copied
 * for that. When the socket is full, or the client lets nothing come, streams stand in a row: the
 * most urgent is told first, the next when that one has sent. */

#include "net/client/http2/sending.h"

/* What is gathered before it is sent within a turn. */
#define GATHERED_BYTES (64 * 1024)

void
pl_http2_flush (PlHttp2 *http2)
{
  PlIo io = pl_http2_output_flush (&http2->output, &http2->session->stream);

  http2->is_congested = io == PL_IO_BLOCKED;
  if (io == PL_IO_BROKEN)
    {
      http2->is_broken = TRUE;
      pl_reactor_queue (http2->supplies->reactor, &http2->session->task);
    }
}

void
pl_http2_make_frames (PlHttp2 *http2)
{
  if (http2->is_broken)
    return;
  if (nghttp2_session_send (http2->nghttp2) != 0)
    http2->is_broken = TRUE;
  if (http2->output.n_lent > 0 || http2->output.length_bytes >= GATHERED_BYTES)
    pl_http2_flush (http2);
}

void
pl_http2_send_frames (PlHttp2 *http2)
{
  pl_http2_make_frames (http2);
  pl_reactor_queue (http2->supplies->reactor, &http2->session->task);
}

gboolean
pl_http2_may_send (PlHttp2 *http2)
{
  return !http2->is_congested && !http2->is_broken
         && nghttp2_session_get_remote_window_size (http2->nghttp2) > 0;
}

void
pl_http2_await_turn (PlHttp2Stream *stream)
{
  stream->stream.socket.ready &= ~PL_READY_WRITE;
  if (stream->waits_for_turn)
    return;
  stream->waits_for_turn = TRUE;
  g_queue_push_tail_link (&stream->http2->waiting, &stream->turn);
}

void
pl_http2_leave_turn (PlHttp2Stream *stream)
{
  if (!stream->waits_for_turn)
    return;
  stream->waits_for_turn = FALSE;
  g_queue_unlink (&stream->http2->waiting, &stream->turn);
}

static gboolean
goes_before (const PlHttp2Stream *stream, const PlHttp2Stream *other)
{
  if (stream->priority.urgency != other->priority.urgency)
    return stream->priority.urgency < other->priority.urgency;
  if (stream->priority.is_incremental || other->priority.is_incremental)
    return FALSE; /* who has waited longer */
  return stream->id < other->id;
}

static PlHttp2Stream *
find_next (PlHttp2 *http2)
{
  PlHttp2Stream *next = g_queue_peek_head (&http2->waiting);

  for (GList *link = http2->waiting.head; link != NULL; link = link->next)
    if (goes_before (link->data, next))
      next = link->data;
  return next;
}

/* One at a time: what it leaves is for the one after it, which is told when the task of the
 * connection runs again. */
void
pl_http2_wake_next (PlHttp2 *http2)
{
  PlHttp2Stream *next;

  if (!pl_http2_may_send (http2) || (next = find_next (http2)) == NULL)
    return;
  pl_http2_leave_turn (next);
  pl_socket_mark (&next->stream.socket, PL_READY_WRITE);
  if ((next->stream.socket.wanted & PL_READY_WRITE) == 0)
    pl_reactor_queue (http2->supplies->reactor, &http2->session->task);
}
