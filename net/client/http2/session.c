/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/session.h"

#include "net/client/farewell.h"
#include "net/client/http2/callbacks.h"
#include "net/client/http2/sending.h"
#include "net/client/http2/stream.h"

/* Whoever reads none of our answers gets none of its requests read. */
#define MOST_OUTPUT_BYTES (256 * 1024)

/* So often octets are received before others have their turn. */
#define RECEIVED_AT_ONCE 8

/* The connection's own window is no bound, see note_data(); it must only not be smaller than those
 * of all streams. */
#define CONNECTION_WINDOW_BYTES (64 * 1024 * 1024)

/* Heads of answers that were let in: response-head-bytes, as nghttp2 counts. */
#define MOST_HEADER_BLOCK_BYTES (512 * 1024)

/* The end */

static void
end_streams (PlHttp2 *http2, PlCloseReason reason)
{
  PlHttp2Stream *stream;
  gboolean is_recorded = FALSE;

  while ((stream = g_queue_peek_head (&http2->streams)) != NULL)
    is_recorded |= pl_http2_stream_end (stream, reason);
  if (!is_recorded && http2->reason != PL_CLOSE_NONE)
    pl_session_leave_record (http2->session, reason);
}

static guint32
choose_code (PlCloseReason reason)
{
  return reason == PL_CLOSE_REQUEST_TIMEOUT ? NGHTTP2_NO_ERROR : NGHTTP2_ENHANCE_YOUR_CALM;
}

static void
part (PlHttp2 *http2, guint32 code)
{
  if (!http2->has_said_goodbye && http2->reason != PL_CLOSE_HTTP2_VIOLATED)
    (void) nghttp2_session_terminate_session2 (
        http2->nghttp2, nghttp2_session_get_last_proc_stream_id (http2->nghttp2), code);
  http2->has_said_goodbye = TRUE;
  pl_http2_make_frames (http2);
  pl_http2_flush (http2);
}

/* Frees @http2. */
static void
leave (PlHttp2 *http2)
{
  PlSession *session = http2->session;

  if (http2->is_congested || http2->is_broken)
    pl_session_close (session, TRUE);
  else
    pl_farewell_begin (session);
}

/* Each of the following returns whether the session is gone. */

static gboolean
end_for_reason (PlHttp2 *http2)
{
  part (http2, choose_code (http2->reason));
  end_streams (http2, http2->reason);
  leave (http2);
  return TRUE;
}

static gboolean
end_broken (PlHttp2 *http2)
{
  end_streams (http2, PL_CLOSE_CLIENT_GONE);
  pl_session_close (http2->session, TRUE);
  return TRUE;
}

static gboolean
end_idle (PlHttp2 *http2)
{
  part (http2, NGHTTP2_NO_ERROR);
  leave (http2);
  return TRUE;
}

/* Receiving */

static void
read_input (PlHttp2 *http2)
{
  PlBuffer *input = http2->session->input;
  ssize_t taken = nghttp2_session_mem_recv (
      http2->nghttp2, (const uint8_t *) pl_buffer_get_data (input), pl_buffer_get_length (input));

  if (taken < 0 && http2->reason == PL_CLOSE_NONE)
    http2->reason = PL_CLOSE_HTTP2_VIOLATED;
  http2->receives_much = pl_buffer_get_room (input) == 0;
  pl_buffer_give (&http2->supplies->pools.buffers, &http2->session->input);
}

static gboolean
may_receive (const PlHttp2 *http2)
{
  return http2->reason == PL_CLOSE_NONE && !http2->is_broken
         && http2->output.length_bytes <= MOST_OUTPUT_BYTES;
}

static PlIo
receive (PlHttp2 *http2)
{
  PlBuffer **input = &http2->session->input;

  if (*input == NULL && http2->receives_much)
    *input = pl_buffer_take (&http2->supplies->pools.buffers, PL_BUFFER_BULK);
  return pl_session_receive (http2->session);
}

static void
read_frames (PlHttp2 *http2)
{
  PlIo io = PL_IO_DONE;

  if (http2->session->input != NULL)
    read_input (http2);
  for (guint i = 0; i < RECEIVED_AT_ONCE && io == PL_IO_DONE && may_receive (http2); i++)
    {
      io = receive (http2);
      if (io == PL_IO_DONE)
        read_input (http2);
    }
  if (io == PL_IO_DONE && may_receive (http2))
    pl_reactor_queue_later (http2->supplies->reactor, &http2->session->task);
  http2->is_broken |= io == PL_IO_END || io == PL_IO_BROKEN;
}

/* Waiting */

static void
set_deadline (PlHttp2 *http2)
{
  PlDeadline *deadline = &http2->session->deadline;
  const PlLimits *limits = http2->supplies->limits;
  gboolean is_idle = g_queue_is_empty (&http2->streams);

  if (http2->is_leaving)
    return;
  if (!is_idle)
    pl_deadline_lift (deadline);
  else if (!http2->is_idle || !pl_deadline_is_set (deadline))
    pl_deadline_set (deadline, http2->supplies->reactor, limits->keep_alive_timeout_ms);
  http2->is_idle = is_idle;
}

/* A client that was told to go may have sent requests before it heard that. */
static gboolean
may_leave (const PlHttp2 *http2)
{
  return http2->is_leaving
         && (http2->supplies->is_draining || !pl_deadline_is_set (&http2->session->deadline));
}

static gboolean
wait_for_octets (PlHttp2 *http2)
{
  gboolean is_over = nghttp2_session_want_read (http2->nghttp2) == 0
                     && nghttp2_session_want_write (http2->nghttp2) == 0;

  if (g_queue_is_empty (&http2->streams) && (may_leave (http2) || is_over))
    return end_idle (http2);
  set_deadline (http2);
  pl_socket_want (&http2->session->stream.socket, (may_receive (http2) ? PL_READY_READ : 0)
                                                      | (http2->is_congested ? PL_READY_WRITE : 0));
  return FALSE;
}

/* The last requests of a client that was told so have come by now; what comes after them is not
 * heard (RFC 9113 §6.8). */
static gboolean
note_deadline (PlHttp2 *http2)
{
  pl_deadline_lift (&http2->session->deadline);
  if (!http2->is_leaving)
    return g_queue_is_empty (&http2->streams) && end_idle (http2);
  (void) nghttp2_submit_goaway (http2->nghttp2, NGHTTP2_FLAG_NONE,
                                nghttp2_session_get_last_proc_stream_id (http2->nghttp2),
                                NGHTTP2_NO_ERROR, NULL, 0);
  return FALSE;
}

static void
advance (PlSession *session)
{
  PlHttp2 *http2 = session->speaker;

  if (session->deadline.passed && note_deadline (http2))
    return;
  read_frames (http2);
  if (!http2->is_broken)
    {
      pl_http2_make_frames (http2);
      pl_http2_flush (http2);
    }
  if (http2->is_broken)
    end_broken (http2);
  else if (http2->reason != PL_CLOSE_NONE)
    end_for_reason (http2);
  else if (!wait_for_octets (http2))
    pl_http2_wake_next (http2);
}

/* What sessions are asked */

static void
end (PlSession *session, PlCloseReason reason)
{
  end_streams (session->speaker, reason);
}

/* In two steps (RFC 9113 §6.8), so that no request is lost that is on its way. */
static void
retire (PlSession *session)
{
  PlHttp2 *http2 = session->speaker;

  if (http2->is_leaving)
    return;
  http2->is_leaving = TRUE;
  (void) nghttp2_submit_shutdown_notice (http2->nghttp2);
  pl_deadline_set (&session->deadline, session->supplies->reactor,
                   session->supplies->limits->linger_timeout_ms);
  pl_reactor_queue (session->supplies->reactor, &session->task);
}

static void
drain (PlSession *session)
{
  PlHttp2 *http2 = session->speaker;

  for (GList *link = http2->streams.head; link != NULL; link = link->next)
    {
      PlHttp2Stream *stream = link->data;

      if (stream->exchange != NULL)
        pl_exchange_drain (stream->exchange);
    }
  retire (session);
  pl_reactor_queue (session->supplies->reactor, &session->task);
}

static gboolean
is_idle (const PlSession *session)
{
  const PlHttp2 *http2 = session->speaker;

  return g_queue_is_empty ((GQueue *) &http2->streams) && http2->output.length_bytes == 0
         && session->input == NULL && !pl_socket_has (&session->stream.socket, PL_READY_READ);
}

/* Through a proxy the streams of one connection may be of many. */
static gboolean
judge (PlSession *session, PlExchangeJudge judge_exchange, gconstpointer user_data)
{
  PlHttp2 *http2 = session->speaker;

  for (GList *link = http2->streams.head; link != NULL; link = link->next)
    {
      PlHttp2Stream *stream = link->data;
      PlCloseReason reason
          = stream->exchange != NULL ? judge_exchange (stream->exchange, user_data) : PL_CLOSE_NONE;

      if (reason != PL_CLOSE_NONE)
        pl_http2_stream_cut_off (stream, reason);
    }
  return FALSE;
}

static void
clear (PlSession *session)
{
  PlHttp2 *http2 = session->speaker;

  nghttp2_session_del (http2->nghttp2);
  pl_http2_output_clear (&http2->output);
  g_free (http2);
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

/* The begin */

static nghttp2_session *
make_session (PlHttp2 *http2)
{
  nghttp2_session *nghttp2;
  nghttp2_option *option;

  if (nghttp2_option_new (&option) != 0)
    g_error ("no memory for HTTP/2");
  nghttp2_option_set_no_auto_window_update (option, 1);
  nghttp2_option_set_no_closed_streams (option, 1);
  nghttp2_option_set_max_send_header_block_length (option, MOST_HEADER_BLOCK_BYTES);
  nghttp2_option_set_builtin_recv_extension_type (option, NGHTTP2_PRIORITY_UPDATE);
  if (nghttp2_session_server_new2 (&nghttp2, pl_http2_callbacks_get (), http2, option) != 0)
    g_error ("no memory for HTTP/2");
  nghttp2_option_del (option);
  return nghttp2;
}

/* Of extended CONNECT nothing is said: Firefox would open WebSockets by it. */
static void
send_settings (PlHttp2 *http2)
{
  const PlLimits *limits = http2->supplies->limits;
  nghttp2_settings_entry settings[] = {
    { NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits->http2_streams },
    { NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits->request_head_bytes },
    { NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1 },
  };

  if (nghttp2_submit_settings (http2->nghttp2, NGHTTP2_FLAG_NONE, settings, G_N_ELEMENTS (settings))
          != 0
      || nghttp2_session_set_local_window_size (http2->nghttp2, NGHTTP2_FLAG_NONE, 0,
                                                CONNECTION_WINDOW_BYTES)
             != 0)
    http2->is_broken = TRUE;
}

void
pl_http2_begin (PlSession *session)
{
  PlHttp2 *http2 = g_new0 (PlHttp2, 1);

  http2->session = session;
  http2->supplies = session->supplies;
  http2->nghttp2 = make_session (http2);
  send_settings (http2);
  pl_session_hand_over (session, &funcs, http2);
  if (session->is_retiring || session->supplies->is_draining)
    retire (session);
  pl_reactor_queue (session->supplies->reactor, &session->task);
}
