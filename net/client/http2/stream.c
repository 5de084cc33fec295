/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/stream.h"

#include "net/client/http2/body.h"
#include "net/client/http2/request.h"
#include "net/client/http2/response.h"
#include "net/client/http2/sending.h"
#include "net/http/trailers.h"

/* Trailers are a few lines of digests. */
#define MOST_TRAILER_BYTES (8 * 1024)

static PlHttp2Stream *
get_stream (PlClient *client)
{
  return (PlHttp2Stream *) ((char *) client - G_STRUCT_OFFSET (PlHttp2Stream, client));
}

/* What exchanges ask of a client */

static PlSlice
get_text (const PlHttp2Stream *stream)
{
  PlBuffer *text = stream->request.text;

  return text != NULL ? pl_slice (text->bytes, text->end) : pl_slice (NULL, 0);
}

static PlSlice
get_head_text (PlClient *client, const PlHead *head)
{
  return get_text (get_stream (client));
}

static PlBuffer *
release_head (PlClient *client, PlHead *head)
{
  PlHttp2Stream *stream = get_stream (client);

  pl_supplies_give_head (stream->http2->supplies, &head);
  return g_steal_pointer (&stream->request.text);
}

static gboolean
take_head (PlClient *client, const PlResponseHead *response, PlBuffer **first)
{
  *first = NULL;
  pl_http2_response_begin (get_stream (client), response);
  return FALSE; /* a stream has one request */
}

static PlBuffer *
write_down_head (PlClient *client, const PlResponseHead *response)
{
  return pl_http2_response_write_down (get_stream (client), response);
}

static void
write_trailers (PlClient *client, PlWriter *writer)
{
  const GString *lines = get_stream (client)->request_trailers;

  if (lines != NULL)
    pl_writer_add (writer, pl_slice (lines->str, lines->len));
}

static void
take_trailers (PlClient *client, const PlHead *trailers)
{
  pl_http2_response_keep_trailers (get_stream (client), trailers);
}

static const PlClientFuncs client_funcs = {
  .get_head_text = get_head_text,
  .release_head = release_head,
  .take_head = take_head,
  .write_down_head = write_down_head,
  .write_trailers = write_trailers,
  .take_trailers = take_trailers,
};

/* The end */

static void
free_stream (PlHttp2Stream *stream)
{
  PlHttp2 *http2 = stream->http2;
  PlSupplies *supplies = http2->supplies;

  pl_reactor_cancel (supplies->reactor, &stream->task);
  pl_deadline_lift (&stream->deadline);
  pl_http2_leave_turn (stream);
  pl_http2_body_clear (stream);
  pl_http2_request_clear (&stream->request, supplies);
  pl_buffer_give (&supplies->pools.buffers, &stream->input);
  if (stream->request_trailers != NULL)
    g_string_free (stream->request_trailers, TRUE);
  g_clear_pointer (&stream->trailers, g_ptr_array_unref);
  if (!stream->is_closed)
    nghttp2_session_set_stream_user_data (http2->nghttp2, stream->id, NULL);
  g_queue_unlink (&http2->streams, &stream->link);
  g_free (stream);
}

/* It is not worth an exchange. */
static void
leave_record (PlHttp2Stream *stream, PlCloseReason reason)
{
  (void) pl_http2_request_end (&stream->request, stream->http2->supplies);
  stream->head_is_whole = FALSE;
  pl_exchange_leave_record (stream->http2->supplies, &stream->client,
                            g_steal_pointer (&stream->request.head), reason);
}

gboolean
pl_http2_stream_end (PlHttp2Stream *stream, PlCloseReason reason)
{
  gboolean is_recorded = TRUE;

  if (stream->exchange != NULL)
    pl_exchange_end (stream->exchange, reason);
  else if (stream->request.head != NULL)
    leave_record (stream, reason);
  else
    is_recorded = FALSE;
  g_clear_pointer (&stream->exchange, pl_exchange_free);
  free_stream (stream);
  return is_recorded;
}

static nghttp2_error_code
choose_code (PlCloseReason reason)
{
  switch (pl_close_get_side (reason))
    {
    case PL_FAULT_CLIENT:
      return NGHTTP2_CANCEL;
    case PL_FAULT_NOBODY:
    case PL_FAULT_UPSTREAM:
    case PL_FAULT_US:
      return NGHTTP2_INTERNAL_ERROR;
    }
  g_return_val_if_reached (NGHTTP2_INTERNAL_ERROR);
}

static void
reset (PlHttp2Stream *stream, nghttp2_error_code code)
{
  if (!stream->is_closed)
    (void) nghttp2_submit_rst_stream (stream->http2->nghttp2, NGHTTP2_FLAG_NONE, stream->id, code);
}

/* The end of the response is a frame; it may have left with the last octets, or must wait until
 * the client lets something come. */
static void
end_response (PlHttp2Stream *stream)
{
  stream->response_is_over = TRUE;
  if (stream->has_ended || stream->is_closed)
    return;
  pl_deadline_set (&stream->deadline, stream->http2->supplies->reactor,
                   stream->http2->supplies->limits->body_silence_timeout_ms);
  (void) nghttp2_session_resume_data (stream->http2->nghttp2, stream->id);
}

static void
leave_exchange (PlHttp2Stream *stream)
{
  PlRelay rest = { 0 };
  PlAfterwards afterwards = pl_exchange_get_afterwards (stream->exchange, &rest);
  PlCloseReason reason = pl_exchange_get_reason (stream->exchange);

  g_clear_pointer (&stream->exchange, pl_exchange_free);
  pl_http2_leave_turn (stream);
  pl_http2_body_clear (stream);
  switch (afterwards)
    {
    case PL_AFTER_KEEP_ALIVE:
    case PL_AFTER_DISCARD: /* only where another request may follow */
    case PL_AFTER_CLOSE:
    case PL_AFTER_LINGER:
      end_response (stream);
      break;
    case PL_AFTER_ABORT:
      reset (stream, choose_code (reason));
      break;
    }
  pl_http2_send_frames (stream->http2);
}

void
pl_http2_stream_cut_off (PlHttp2Stream *stream, PlCloseReason reason)
{
  pl_exchange_end (stream->exchange, reason);
  leave_exchange (stream);
  pl_reactor_queue (stream->http2->supplies->reactor, &stream->task);
}

/* The course */

static void
begin_exchange (PlHttp2Stream *stream)
{
  PlSupplies *supplies = stream->http2->supplies;
  PlHttpFault fault = pl_http2_request_end (&stream->request, supplies);
  PlHead *head = g_steal_pointer (&stream->request.head);

  stream->head_is_whole = FALSE;
  stream->http2->session->has_served = TRUE;
  if (fault == PL_HTTP_FAULT_NONE)
    stream->exchange = pl_exchange_new (supplies, &stream->client, head);
  else
    stream->exchange = pl_exchange_new_refused (supplies, &stream->client, head, fault);
}

static void
note_deadline (PlHttp2Stream *stream)
{
  pl_deadline_lift (&stream->deadline);
  if (stream->request.head != NULL) /* nothing else can come until its head is whole */
    stream->http2->reason = PL_CLOSE_REQUEST_TIMEOUT;
  else
    reset (stream, NGHTTP2_CANCEL);
}

static void
run_stream (PlTask *task)
{
  PlHttp2Stream *stream = (PlHttp2Stream *) ((char *) task - G_STRUCT_OFFSET (PlHttp2Stream, task));
  PlHttp2 *http2 = stream->http2;

  if (stream->is_closed && stream->request.head != NULL)
    leave_record (stream, stream->is_bad ? PL_CLOSE_REQUEST_MALFORMED : PL_CLOSE_CLIENT_GONE);
  else if (stream->head_is_whole)
    begin_exchange (stream);
  if (stream->is_bad && stream->exchange != NULL)
    pl_exchange_end (stream->exchange, PL_CLOSE_BODY_MALFORMED);
  if (stream->exchange != NULL && pl_exchange_advance (stream->exchange))
    leave_exchange (stream);
  if (stream->deadline.passed)
    note_deadline (stream);
  if (stream->exchange == NULL && stream->is_closed)
    free_stream (stream);
  pl_reactor_queue (http2->supplies->reactor, &http2->session->task);
}

PlHttp2Stream *
pl_http2_stream_new (PlHttp2 *http2, gint32 id)
{
  PlHttp2Stream *stream = g_new0 (PlHttp2Stream, 1);

  stream->task.run = run_stream;
  stream->deadline.task = &stream->task;
  stream->http2 = http2;
  stream->id = id;
  stream->link.data = stream->turn.data = stream;
  stream->priority = PL_HTTP2_PRIORITY_UNSAID;
  stream->client = (PlClient){
    .funcs = &client_funcs,
    .task = &stream->task,
    .stream = &stream->stream,
    .socket = &http2->session->stream.socket,
    .input = &stream->input,
    .address = http2->session->address,
    .connected_us = http2->session->connected_us,
    .tls = pl_tls_get_facts (&http2->session->stream),
    .protocol = PL_PROTOCOL_HTTP_2,
    .takes_interim = TRUE,
  };
  pl_http2_body_init (stream);
  pl_http2_request_begin (&stream->request, http2->supplies);
  pl_deadline_set (&stream->deadline, http2->supplies->reactor,
                   http2->supplies->limits->request_head_timeout_ms);
  g_queue_push_tail_link (&http2->streams, &stream->link);
  return stream;
}

void
pl_http2_stream_note_head (PlHttp2Stream *stream, gboolean is_open)
{
  stream->head_is_whole = TRUE;
  stream->client.sends_until_end = is_open;
  stream->request_has_ended = !is_open;
  pl_deadline_lift (&stream->deadline);
  pl_reactor_queue (stream->http2->supplies->reactor, &stream->task);
}

void
pl_http2_stream_note_closed (PlHttp2Stream *stream)
{
  stream->is_closed = TRUE;
  if (!stream->has_ended)
    pl_http2_body_break (stream);
  pl_reactor_queue (stream->http2->supplies->reactor, &stream->task);
}

void
pl_http2_stream_add_trailer (PlHttp2Stream *stream, PlSlice name, PlSlice value)
{
  PlField field = { .name = name, .value = value, .id = pl_field_identify (name) };

  if (stream->request_trailers == NULL)
    stream->request_trailers = g_string_new (NULL);
  if (!pl_trailer_may_pass (&field)
      || stream->request_trailers->len + name.length + value.length > MOST_TRAILER_BYTES)
    return;
  g_string_append_len (stream->request_trailers, name.bytes, name.length);
  g_string_append (stream->request_trailers, ": ");
  g_string_append_len (stream->request_trailers, value.bytes, value.length);
  g_string_append (stream->request_trailers, "\r\n");
}
