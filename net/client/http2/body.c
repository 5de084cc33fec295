/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/body.h"

#include "net/client/http2/sending.h"

#define FRAME_HEAD_BYTES 9

/* Below, octets are copied, so that they leave with what others have. */
#define LENT_FROM_BYTES (16 * 1024)

#define WINDOW_PARTS     8
#define LEAST_ROOM_BYTES (16 * 1024)

static PlHttp2Stream *
get_stream (PlStream *stream)
{
  return (PlHttp2Stream *) ((char *) stream - G_STRUCT_OFFSET (PlHttp2Stream, stream));
}

/* The request's body */

static gboolean
may_grow (const PlHttp2 *http2, gsize more)
{
  const PlLimits *limits = http2->supplies->limits;

  return http2->grown_bytes + more <= limits->http2_grown_bytes
         && http2->session->sessions->http2_grown_bytes + more <= limits->http2_all_grown_bytes;
}

/* A window that is taken as fast as it is filled may be what holds the client back: a fast upload
 * over a long way. As long as that is so it is doubled, and costs nothing: what comes goes on. */
static void
grow_window (PlHttp2Stream *stream)
{
  PlHttp2 *http2 = stream->http2;
  gsize more = stream->window_bytes;

  if (stream->taken_bytes < stream->window_bytes || !may_grow (http2, more))
    return;
  stream->taken_bytes = 0;
  stream->window_bytes += more;
  http2->grown_bytes += more;
  http2->session->sessions->http2_grown_bytes += more;
  if (nghttp2_session_set_local_window_size (http2->nghttp2, NGHTTP2_FLAG_NONE, stream->id,
                                             (int32_t) stream->window_bytes)
      != 0)
    http2->is_broken = TRUE;
}

/* Told of room in small parts of the window a client seldom waits for it; nghttp2 alone would tell
 * of halves, and so let half of a window lie idle over a long way. */
static void
make_room (PlHttp2Stream *stream, gsize taken)
{
  PlHttp2 *http2 = stream->http2;

  if (stream->is_closed || stream->request_has_ended)
    return;
  stream->taken_bytes += taken;
  stream->owed_bytes += taken;
  if (stream->owed_bytes >= MAX (stream->window_bytes / WINDOW_PARTS, LEAST_ROOM_BYTES))
    {
      (void) nghttp2_submit_window_update (http2->nghttp2, NGHTTP2_FLAG_NONE, stream->id,
                                           (int32_t) stream->owed_bytes);
      stream->owed_bytes = 0;
    }
  if (stream->inbox.length_bytes == 0)
    grow_window (stream);
  pl_reactor_queue (http2->supplies->reactor, &http2->session->task);
}

/* An end is told of where the exchange looks for it, and once: after that nothing is a sign that
 * the client has left. */
static PlIo
get_end (PlHttp2Stream *stream)
{
  stream->stream.socket.ready &= ~PL_READY_READ;
  if (pl_socket_has (&stream->stream.socket, PL_READY_BROKEN))
    return PL_IO_BROKEN;
  if (!stream->request_has_ended || !stream->client.sends_until_end || stream->end_was_told)
    return PL_IO_BLOCKED;
  stream->end_was_told = TRUE;
  return PL_IO_END;
}

static PlIo
receive (PlStream *virtual, char *bytes, gsize capacity, gsize *received)
{
  PlHttp2Stream *stream = get_stream (virtual);

  *received = pl_http2_inbox_take (&stream->inbox, &stream->http2->supplies->pools.buffers, bytes,
                                   capacity);
  if (*received == 0)
    return get_end (stream);
  make_room (stream, *received);
  return PL_IO_DONE;
}

void
pl_http2_body_put (PlHttp2Stream *stream, const char *bytes, gsize length)
{
  pl_http2_inbox_put (&stream->inbox, &stream->http2->supplies->pools.buffers, bytes, length);
  pl_socket_mark (&stream->stream.socket, PL_READY_READ);
}

void
pl_http2_body_end (PlHttp2Stream *stream)
{
  stream->request_has_ended = TRUE;
  if (stream->client.sends_until_end)
    pl_socket_mark (&stream->stream.socket, PL_READY_READ);
}

void
pl_http2_body_break (PlHttp2Stream *stream)
{
  pl_http2_leave_turn (stream);
  pl_socket_mark (&stream->stream.socket, PL_READY_READ | PL_READY_WRITE | PL_READY_BROKEN);
}

/* The response's body */

void
pl_http2_body_note_window (PlHttp2Stream *stream)
{
  if (!stream->waits_for_window)
    return;
  stream->waits_for_window = FALSE;
  pl_socket_mark (&stream->stream.socket, PL_READY_WRITE);
}

static void
wait_for_room (PlHttp2Stream *stream)
{
  nghttp2_session *nghttp2 = stream->http2->nghttp2;

  if (nghttp2_session_get_stream_remote_window_size (nghttp2, stream->id) > 0)
    {
      pl_http2_await_turn (stream);
      return;
    }
  stream->waits_for_window = TRUE;
  stream->stream.socket.ready &= ~PL_READY_WRITE;
}

static void
make_offer (PlHttp2Offer *offer, const GOutputVector *vectors, guint n_vectors, gboolean is_last)
{
  offer->n_vectors = MIN (n_vectors, G_N_ELEMENTS (offer->vectors));
  offer->is_last = is_last && offer->n_vectors == n_vectors;
  offer->length_bytes = 0;
  for (guint i = 0; i < offer->n_vectors; i++)
    {
      offer->vectors[i] = vectors[i];
      offer->length_bytes += vectors[i].size;
    }
}

static PlIo
send_virtual (PlStream *virtual,
              const GOutputVector *vectors,
              guint n_vectors,
              gboolean more,
              gsize *sent)
{
  PlHttp2Stream *stream = get_stream (virtual);
  gsize offered;

  if (stream->is_closed || pl_socket_has (&virtual->socket, PL_READY_BROKEN))
    return PL_IO_BROKEN;
  if (!pl_socket_has (&virtual->socket, PL_READY_WRITE))
    return PL_IO_BLOCKED;
  if (!pl_http2_may_send (stream->http2))
    {
      pl_http2_await_turn (stream);
      return PL_IO_BLOCKED;
    }
  make_offer (&stream->offer, vectors, n_vectors, more);
  offered = stream->offer.length_bytes;
  (void) nghttp2_session_resume_data (stream->http2->nghttp2, stream->id);
  pl_http2_send_frames (stream->http2);
  *sent = offered - stream->offer.length_bytes;
  stream->offer = (PlHttp2Offer){ 0 };
  if (*sent == 0 && !stream->is_closed)
    wait_for_room (stream);
  return *sent > 0 ? PL_IO_DONE : PL_IO_BLOCKED;
}

static ssize_t
end_response (PlHttp2Stream *stream, uint32_t *flags)
{
  g_autofree nghttp2_nv *fields = NULL;
  guint n_fields = stream->trailers != NULL ? stream->trailers->len / 2 : 0;

  stream->has_ended = TRUE;
  *flags |= NGHTTP2_DATA_FLAG_EOF;
  if (n_fields == 0)
    return 0;
  *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
  fields = g_new0 (nghttp2_nv, n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      fields[i].name = stream->trailers->pdata[2 * i];
      fields[i].namelen = strlen (stream->trailers->pdata[2 * i]);
      fields[i].value = stream->trailers->pdata[2 * i + 1];
      fields[i].valuelen = strlen (stream->trailers->pdata[2 * i + 1]);
    }
  return nghttp2_submit_trailer (stream->http2->nghttp2, stream->id, fields, n_fields) == 0
             ? 0
             : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

ssize_t
pl_http2_body_provide (nghttp2_session *nghttp2,
                       int32_t id,
                       uint8_t *bytes,
                       size_t capacity,
                       uint32_t *flags,
                       nghttp2_data_source *source,
                       void *user_data)
{
  PlHttp2Stream *stream = source->ptr;
  gsize length = MIN (capacity, stream->offer.length_bytes);

  if (length == 0)
    return stream->response_is_over ? end_response (stream, flags) : NGHTTP2_ERR_DEFERRED;
  *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  if (stream->offer.is_last && length == stream->offer.length_bytes)
    {
      stream->has_ended = TRUE;
      *flags |= NGHTTP2_DATA_FLAG_EOF;
    }
  return (ssize_t) length;
}

static void
take_offered (PlHttp2Stream *stream, gsize length, gboolean is_lent)
{
  PlHttp2Offer *offer = &stream->offer;
  PlHttp2Output *output = &stream->http2->output;

  offer->length_bytes -= length;
  for (guint i = 0; i < offer->n_vectors && length > 0; i++)
    {
      GOutputVector *vector = &offer->vectors[i];
      PlSlice octets = pl_slice (vector->buffer, MIN (length, vector->size));

      if (is_lent)
        pl_http2_output_lend (output, octets);
      else
        pl_http2_output_add (output, octets);
      vector->buffer = octets.bytes + octets.length;
      vector->size -= octets.length;
      length -= octets.length;
    }
}

int
pl_http2_body_send (nghttp2_session *nghttp2,
                    nghttp2_frame *frame,
                    const uint8_t *frame_head,
                    size_t length,
                    nghttp2_data_source *source,
                    void *user_data)
{
  PlHttp2Stream *stream = source->ptr;
  PlHttp2 *http2 = user_data;

  pl_http2_output_add (&http2->output, pl_slice ((const char *) frame_head, FRAME_HEAD_BYTES));
  take_offered (stream, length, length >= LENT_FROM_BYTES);
  pl_http2_bounds_allow (&http2->bounds, PL_HTTP2_BOUND_WINDOW_UPDATES, 2);
  return 0;
}

static void
shut_write (PlStream *virtual)
{
}

static void
close_virtual (PlStream *virtual, gboolean abort)
{
  virtual->socket.is_open = FALSE;
}

static const PlStreamFuncs funcs = {
  .receive = receive,
  .send = send_virtual,
  .shut_write = shut_write,
  .close = close_virtual,
  .can_splice = FALSE,
};

void
pl_http2_body_init (PlHttp2Stream *stream)
{
  stream->window_bytes = PL_HTTP2_WINDOW_BYTES;
  stream->stream.funcs = &funcs;
  stream->stream.socket.reactor = stream->http2->supplies->reactor;
  stream->stream.socket.task = &stream->task;
  stream->stream.socket.ready = PL_READY_WRITE;
  stream->stream.socket.is_open = TRUE;
}

void
pl_http2_body_clear (PlHttp2Stream *stream)
{
  gsize grown = stream->window_bytes - PL_HTTP2_WINDOW_BYTES;

  pl_http2_inbox_clear (&stream->inbox, &stream->http2->supplies->pools.buffers);
  stream->http2->grown_bytes -= grown;
  stream->http2->session->sessions->http2_grown_bytes -= grown;
  stream->window_bytes = PL_HTTP2_WINDOW_BYTES;
}
