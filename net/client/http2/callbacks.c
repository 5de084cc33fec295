/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/callbacks.h"

#include "net/client/http2/body.h"
#include "net/client/http2/request.h"
#include "net/client/http2/stream.h"

static PlHttp2Stream *
find_stream (PlHttp2 *http2, gint32 id)
{
  return id != 0 ? nghttp2_session_get_stream_user_data (http2->nghttp2, id) : NULL;
}

static void
end_for (PlHttp2 *http2, PlCloseReason reason)
{
  if (http2->reason == PL_CLOSE_NONE)
    http2->reason = reason;
}

/* Bounds */

static void
count (PlHttp2 *http2, PlHttp2Bound bound)
{
  const PlSupplies *supplies = http2->supplies;

  end_for (http2, pl_http2_bounds_count (&http2->bounds, bound, supplies->limits,
                                         supplies->reactor->now_us));
}

static void
count_continuation (PlHttp2 *http2)
{
  if (++http2->n_continuations > http2->supplies->limits->http2_continuations)
    end_for (http2, PL_CLOSE_CONTINUATION_FLOOD);
}

/* A connection that is to be ended is read no further. */
static int
note_frame_begin (nghttp2_session *nghttp2, const nghttp2_frame_hd *head, void *user_data)
{
  PlHttp2 *http2 = user_data;

  switch ((guint) head->type)
    {
    case NGHTTP2_DATA:
      if (head->length == 0 && (head->flags & NGHTTP2_FLAG_END_STREAM) == 0)
        count (http2, PL_HTTP2_BOUND_EMPTY_FRAMES);
      break;
    case NGHTTP2_HEADERS:
      http2->n_continuations = 0;
      break;
    case NGHTTP2_CONTINUATION:
      count_continuation (http2);
      break;
    case NGHTTP2_RST_STREAM:
      count (http2, PL_HTTP2_BOUND_RESETS);
      break;
    case NGHTTP2_SETTINGS:
      count (http2, PL_HTTP2_BOUND_SETTINGS);
      break;
    case NGHTTP2_PING:
      count (http2, PL_HTTP2_BOUND_PINGS);
      break;
    case NGHTTP2_WINDOW_UPDATE:
      count (http2, PL_HTTP2_BOUND_WINDOW_UPDATES);
      break;
    default: /* the numbers of frames are open-ended */
      count (http2, PL_HTTP2_BOUND_PRIORITIES);
      break;
    }
  return http2->reason != PL_CLOSE_NONE ? NGHTTP2_ERR_CALLBACK_FAILURE : 0;
}

/* Heads */

static int
note_headers_begin (nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  PlHttp2Stream *stream;

  if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST)
    return 0;
  stream = pl_http2_stream_new (user_data, frame->hd.stream_id);
  nghttp2_session_set_stream_user_data (nghttp2, frame->hd.stream_id, stream);
  return 0;
}

static PlSlice
get_slice (nghttp2_rcbuf *octets)
{
  nghttp2_vec vector = nghttp2_rcbuf_get_buf (octets);

  return pl_slice ((const char *) vector.base, vector.len);
}

static void
take_field (PlHttp2Stream *stream, nghttp2_rcbuf *name, nghttp2_rcbuf *value)
{
  PlHttp2 *http2 = stream->http2;

  pl_http2_request_add (&stream->request, http2->supplies, name, value);
  if (pl_slice_equal (get_slice (name), PL_SLICE ("priority")))
    stream->priority = pl_http2_priority_parse (get_slice (value));
  if (stream->request.unfolded_bytes > http2->supplies->limits->http2_unfolded_bytes)
    end_for (http2, PL_CLOSE_HEADER_BOMB);
}

static int
note_header (nghttp2_session *nghttp2,
             const nghttp2_frame *frame,
             nghttp2_rcbuf *name,
             nghttp2_rcbuf *value,
             uint8_t flags,
             void *user_data)
{
  PlHttp2 *http2 = user_data;
  PlHttp2Stream *stream = find_stream (http2, frame->hd.stream_id);

  if (stream == NULL || frame->hd.type != NGHTTP2_HEADERS)
    return 0;
  if (frame->headers.cat == NGHTTP2_HCAT_REQUEST)
    take_field (stream, name, value);
  else
    pl_http2_stream_add_trailer (stream, get_slice (name), get_slice (value));
  return http2->reason != PL_CLOSE_NONE ? NGHTTP2_ERR_CALLBACK_FAILURE : 0;
}

/* A name or value with what has no place there: answered as HTTP/1 would be, for a trailer the
 * stream is ended. */
static int
note_invalid_header (nghttp2_session *nghttp2,
                     const nghttp2_frame *frame,
                     nghttp2_rcbuf *name,
                     nghttp2_rcbuf *value,
                     uint8_t flags,
                     void *user_data)
{
  PlHttp2Stream *stream = find_stream (user_data, frame->hd.stream_id);

  if (stream != NULL && frame->headers.cat == NGHTTP2_HCAT_REQUEST)
    {
      if (stream->request.fault == PL_HTTP_FAULT_NONE)
        stream->request.fault = PL_HTTP_FAULT_FIELD_VALUE;
      return 0;
    }
  (void) nghttp2_submit_rst_stream (nghttp2, NGHTTP2_FLAG_NONE, frame->hd.stream_id,
                                    NGHTTP2_PROTOCOL_ERROR);
  return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

/* Frames that came whole */

static void
note_windows (PlHttp2 *http2, gint32 id)
{
  PlHttp2Stream *stream = find_stream (http2, id);

  if (stream != NULL)
    pl_http2_body_note_window (stream);
  else if (id == 0)
    for (GList *link = http2->streams.head; link != NULL; link = link->next)
      pl_http2_body_note_window (link->data);
}

static void
note_priority (PlHttp2 *http2, const nghttp2_frame *frame)
{
  const nghttp2_ext_priority_update *update = frame->ext.payload;
  PlHttp2Stream *stream = find_stream (http2, update->stream_id);

  if (stream != NULL)
    stream->priority = pl_http2_priority_parse (
        pl_slice ((const char *) update->field_value, update->field_value_len));
}

static int
note_frame (nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  PlHttp2 *http2 = user_data;
  PlHttp2Stream *stream = find_stream (http2, frame->hd.stream_id);
  gboolean is_end = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;

  switch ((guint) frame->hd.type)
    {
    case NGHTTP2_HEADERS:
      if (stream != NULL && frame->headers.cat == NGHTTP2_HCAT_REQUEST)
        pl_http2_stream_note_head (stream, !is_end);
      else if (stream != NULL && is_end)
        pl_http2_body_end (stream);
      break;
    case NGHTTP2_DATA:
      if (stream != NULL && is_end)
        pl_http2_body_end (stream);
      break;
    case NGHTTP2_WINDOW_UPDATE:
    case NGHTTP2_SETTINGS:
      note_windows (http2, frame->hd.stream_id);
      break;
    case NGHTTP2_PRIORITY_UPDATE:
      note_priority (http2, frame);
      break;
    default: /* the rest is nghttp2's alone */
      break;
    }
  return 0;
}

static int
note_data (nghttp2_session *nghttp2,
           uint8_t flags,
           int32_t id,
           const uint8_t *octets,
           size_t length,
           void *user_data)
{
  PlHttp2Stream *stream = find_stream (user_data, id);

  /* The connection's window is no bound: what each stream may bring is, and no slow upload is to
   * hold others up. */
  (void) nghttp2_session_consume_connection (nghttp2, length);
  if (stream != NULL && !stream->response_is_over)
    pl_http2_body_put (stream, (const char *) octets, length);
  return 0;
}

/* Frames that left */

/* Whoever provokes them costs us what one who takes requests back does. What we end ourselves has
 * other codes. */
static void
note_reset (PlHttp2 *http2, PlHttp2Stream *stream, guint32 code)
{
  if (code == NGHTTP2_NO_ERROR || code == NGHTTP2_INTERNAL_ERROR || code == NGHTTP2_CANCEL)
    return;
  count (http2, PL_HTTP2_BOUND_RESETS);
  if (stream != NULL)
    stream->is_bad = TRUE;
}

/* An answer that was given early is the end of the upload, too (RFC 9113 §8.1). */
static int
note_frame_sent (nghttp2_session *nghttp2, const nghttp2_frame *frame, void *user_data)
{
  PlHttp2 *http2 = user_data;
  PlHttp2Stream *stream = find_stream (http2, frame->hd.stream_id);
  gboolean is_end = (frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS)
                    && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;

  if (frame->hd.type == NGHTTP2_GOAWAY && frame->goaway.error_code != NGHTTP2_NO_ERROR)
    end_for (http2, PL_CLOSE_HTTP2_VIOLATED);
  if (frame->hd.type == NGHTTP2_RST_STREAM)
    note_reset (http2, stream, frame->rst_stream.error_code);
  if (stream != NULL && is_end && !stream->request_has_ended)
    (void) nghttp2_submit_rst_stream (nghttp2, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_NO_ERROR);
  return 0;
}

static int
note_frame_not_sent (nghttp2_session *nghttp2,
                     const nghttp2_frame *frame,
                     int error,
                     void *user_data)
{
  PlHttp2Stream *stream = find_stream (user_data, frame->hd.stream_id);

  if (stream != NULL && frame->hd.type == NGHTTP2_HEADERS)
    (void) nghttp2_submit_rst_stream (nghttp2, NGHTTP2_FLAG_NONE, stream->id,
                                      NGHTTP2_INTERNAL_ERROR);
  return 0;
}

static int
note_stream_closed (nghttp2_session *nghttp2, int32_t id, uint32_t code, void *user_data)
{
  PlHttp2Stream *stream = find_stream (user_data, id);

  if (stream != NULL)
    pl_http2_stream_note_closed (stream);
  return 0;
}

static ssize_t
take_frames (nghttp2_session *nghttp2,
             const uint8_t *octets,
             size_t length,
             int flags,
             void *user_data)
{
  pl_http2_output_add (&((PlHttp2 *) user_data)->output, pl_slice ((const char *) octets, length));
  return (ssize_t) length;
}

static nghttp2_session_callbacks *
make_callbacks (void)
{
  nghttp2_session_callbacks *callbacks;

  if (nghttp2_session_callbacks_new (&callbacks) != 0)
    g_error ("no memory for HTTP/2");
  nghttp2_session_callbacks_set_on_begin_frame_callback (callbacks, note_frame_begin);
  nghttp2_session_callbacks_set_on_begin_headers_callback (callbacks, note_headers_begin);
  nghttp2_session_callbacks_set_on_header_callback2 (callbacks, note_header);
  nghttp2_session_callbacks_set_on_invalid_header_callback2 (callbacks, note_invalid_header);
  nghttp2_session_callbacks_set_on_frame_recv_callback (callbacks, note_frame);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback (callbacks, note_data);
  nghttp2_session_callbacks_set_on_frame_send_callback (callbacks, note_frame_sent);
  nghttp2_session_callbacks_set_on_frame_not_send_callback (callbacks, note_frame_not_sent);
  nghttp2_session_callbacks_set_on_stream_close_callback (callbacks, note_stream_closed);
  nghttp2_session_callbacks_set_send_callback (callbacks, take_frames);
  nghttp2_session_callbacks_set_send_data_callback (callbacks, pl_http2_body_send);
  return callbacks;
}

const nghttp2_session_callbacks *
pl_http2_callbacks_get (void)
{
  static nghttp2_session_callbacks *callbacks;
  static gsize are_made = 0;

  if (g_once_init_enter (&are_made))
    {
      callbacks = make_callbacks ();
      g_once_init_leave (&are_made, 1);
    }
  return callbacks;
}
