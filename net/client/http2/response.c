/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields go to nghttp2 from where they are; only names that nobody knows are written anew, in lower
 * case (RFC 9113 §8.2). */

#include "net/client/http2/response.h"

#include "net/client/http2/body.h"
#include "net/client/http2/sending.h"
#include "net/http/trailers.h"
#include "net/http/write.h"
#include "net/route/connection_options.h"
#include "net/route/rewrite.h"

#define OWN_FIELDS   3 /* status, date, encryption */
#define USUAL_FIELDS 64
#define USUAL_BYTES  2048

/* A header block being put together. */
typedef struct
{
  nghttp2_nv *fields;
  gsize n_fields;
  char *names; /* what is written anew, the octets of */
  gsize names_bytes;
} Block;

static char *
write_lower (char *to, PlSlice name)
{
  for (gsize i = 0; i < name.length; i++)
    to[i] = pl_ascii_lower (name.bytes[i]);
  return to;
}

static void
add (Block *block, PlSlice name, PlSlice value, guint8 flags)
{
  block->fields[block->n_fields++] = (nghttp2_nv){
    .name = (uint8_t *) name.bytes,
    .namelen = name.length,
    .value = (uint8_t *) (value.bytes != NULL ? value.bytes : ""),
    .valuelen = value.length,
    .flags = flags,
  };
}

/* What lies elsewhere until the block is made, which is before the function that adds it ends. */
static void
add_borrowed (Block *block, PlSlice name, PlSlice value)
{
  add (block, name, value, NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE);
}

static void
add_field (Block *block, const PlField *field)
{
  PlSlice name = pl_field_get_name (field->id);

  if (name.length == 0)
    {
      name = pl_slice (write_lower (block->names + block->names_bytes, field->name),
                       field->name.length);
      block->names_bytes += name.length;
    }
  add_borrowed (block, name, field->value);
}

static gboolean
is_interim (guint status)
{
  return status < 200;
}

/* As pl_rewrite_response() has it: of a length, what @response says of the body is true. */
static gboolean
length_passes (const PlResponseHead *response)
{
  return !is_interim (response->head->status) && response->head->status != 204
         && (response->body.kind == PL_BODY_FIXED || response->body.kind == PL_BODY_NONE);
}

static gboolean
field_passes (const PlResponseHead *response,
              const PlConnectionOptions *options,
              const PlField *field)
{
  if (field->id == PL_FIELD_CONTENT_LENGTH)
    return length_passes (response);
  return !pl_connection_options_name (options, field->name)
         && !pl_field_is_of_connection (field->id);
}

/* What pl_rewrite_response() adds, too. */
static void
add_own_fields (Block *block, const PlResponseHead *response, PlReactor *reactor)
{
  const PlHead *head = response->head;

  if (is_interim (head->status))
    return;
  if (pl_head_find (head, PL_FIELD_DATE) == NULL)
    add_borrowed (block, pl_field_get_name (PL_FIELD_DATE),
                  pl_slice_from_string (pl_reactor_get_date (reactor)));
  if (response->hsts && pl_head_find (head, PL_FIELD_STRICT_TRANSPORT_SECURITY) == NULL)
    add_borrowed (block, pl_field_get_name (PL_FIELD_STRICT_TRANSPORT_SECURITY),
                  PL_SLICE (PL_REWRITE_HSTS));
}

static void
add_fields (Block *block, const PlResponseHead *response, PlReactor *reactor)
{
  const PlHead *head = response->head;
  PlConnectionOptions options;

  pl_connection_options_find (head, &options);
  for (guint i = 0; i < head->n_fields; i++)
    if (field_passes (response, &options, &head->fields[i]))
      add_field (block, &head->fields[i]);
  add_own_fields (block, response, reactor);
}

static void
submit (PlHttp2Stream *stream, const PlResponseHead *response, const Block *block)
{
  nghttp2_session *nghttp2 = stream->http2->nghttp2;
  nghttp2_data_provider body = { { .ptr = stream }, pl_http2_body_provide };
  gboolean has_body = response->body.kind != PL_BODY_NONE;
  int result;

  if (is_interim (response->head->status))
    result = nghttp2_submit_headers (nghttp2, NGHTTP2_FLAG_NONE, stream->id, NULL, block->fields,
                                     block->n_fields, NULL);
  else
    result = nghttp2_submit_response (nghttp2, stream->id, block->fields, block->n_fields,
                                      has_body ? &body : NULL);
  stream->has_ended = !is_interim (response->head->status) && !has_body;
  if (result != 0)
    stream->http2->is_broken = TRUE;
}

static gsize
count_name_bytes (const PlHead *head)
{
  gsize bytes = 0;

  for (guint i = 0; i < head->n_fields; i++)
    bytes += head->fields[i].name.length;
  return bytes;
}

void
pl_http2_response_begin (PlHttp2Stream *stream, const PlResponseHead *response)
{
  const PlHead *head = response->head;
  nghttp2_nv fields[USUAL_FIELDS + OWN_FIELDS];
  char names[USUAL_BYTES], status[8];
  gsize names_bytes = count_name_bytes (head);
  g_autofree nghttp2_nv *more_fields
      = head->n_fields > USUAL_FIELDS ? g_new (nghttp2_nv, head->n_fields + OWN_FIELDS) : NULL;
  g_autofree char *more_names = names_bytes > sizeof names ? g_malloc (names_bytes) : NULL;
  Block block = { .fields = more_fields != NULL ? more_fields : fields,
                  .names = more_names != NULL ? more_names : names };
  PlWriter writer;

  if (stream->is_closed)
    return;
  pl_writer_init (&writer, status, sizeof status);
  pl_writer_add_decimal (&writer, head->status);
  add_borrowed (&block, PL_SLICE (":status"), pl_slice (status, writer.length));
  add_fields (&block, response, stream->http2->supplies->reactor);
  submit (stream, response, &block);
  pl_http2_send_frames (stream->http2); /* so that nothing is borrowed any more */
}

static void
write_down (const PlResponseHead *response, const Block *block, PlWriter *writer)
{
  pl_writer_add (writer, PL_SLICE ("HTTP/2.0 "));
  pl_writer_add_decimal (writer, response->head->status);
  pl_writer_add (writer, PL_SLICE (" \r\n"));
  for (gsize i = 0; i < block->n_fields; i++)
    pl_writer_add_field (
        writer, pl_slice ((const char *) block->fields[i].name, block->fields[i].namelen),
        pl_slice ((const char *) block->fields[i].value, block->fields[i].valuelen));
  pl_writer_add_end (writer);
}

PlBuffer *
pl_http2_response_write_down (PlHttp2Stream *stream, const PlResponseHead *response)
{
  PlSupplies *supplies = stream->http2->supplies;
  const PlHead *head = response->head;
  g_autofree nghttp2_nv *fields = g_new (nghttp2_nv, head->n_fields + OWN_FIELDS);
  g_autofree char *names = g_malloc (count_name_bytes (head) + 1);
  Block block = { .fields = fields, .names = names };
  PlBuffer *text = pl_buffer_take (&supplies->pools.buffers, PL_BUFFER_BULK);
  PlWriter writer;

  add_fields (&block, response, supplies->reactor);
  pl_writer_init (&writer, text->bytes, text->capacity);
  write_down (response, &block, &writer);
  text->end = writer.length;
  return text;
}

void
pl_http2_response_keep_trailers (PlHttp2Stream *stream, const PlHead *trailers)
{
  if (stream->trailers == NULL)
    stream->trailers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < trailers->n_fields; i++)
    {
      const PlField *field = &trailers->fields[i];

      if (!pl_trailer_may_pass (field))
        continue;
      g_ptr_array_add (stream->trailers, g_ascii_strdown (field->name.bytes, field->name.length));
      g_ptr_array_add (stream->trailers, pl_slice_dup_string (field->value));
    }
}
