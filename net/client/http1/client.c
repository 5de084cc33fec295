/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http1/client.h"

#include <string.h>

#include "net/route/rewrite.h"

static PlHttp1Client *
get_http1 (PlClient *client)
{
  return (PlHttp1Client *) ((char *) client - G_STRUCT_OFFSET (PlHttp1Client, client));
}

static PlSlice
get_head_text (PlClient *client, const PlHead *head)
{
  return pl_slice (pl_buffer_get_data (*client->input), head->length_bytes);
}

/* Where nothing but the head has come, which is so but for uploads, its octets are not copied. */
static PlBuffer *
take_head_text (PlClient *client, const PlHead *head, PlBufferPool *buffers)
{
  PlSlice text = get_head_text (client, head);
  PlBuffer *copy;

  if (pl_buffer_get_length (*client->input) == text.length)
    return g_steal_pointer (client->input);
  copy = pl_buffer_take (buffers, PL_BUFFER_HEAD);
  copy->end = MIN (text.length, copy->capacity);
  memcpy (copy->bytes, text.bytes, copy->end);
  pl_buffer_consume (*client->input, text.length);
  return copy;
}

static PlBuffer *
release_head (PlClient *client, PlHead *head)
{
  PlSupplies *supplies = get_http1 (client)->supplies;
  PlBuffer *text = take_head_text (client, head, &supplies->pools.buffers);

  pl_supplies_give_head (supplies, &head);
  return text;
}

static PlBuffer *
write_head (PlBufferPool *buffers, const PlRewriteResponse *response)
{
  PlBuffer *out = pl_buffer_take (buffers, PL_BUFFER_HEAD);
  PlWriter writer;

  while (TRUE)
    {
      pl_writer_init (&writer, out->bytes, out->capacity);
      pl_rewrite_response (response, &writer);
      if (!writer.overflowed || !pl_buffer_grow (buffers, &out))
        break;
    }
  out->end = writer.length;
  return out;
}

static gboolean
take_head (PlClient *client, const PlResponseHead *response, PlBuffer **first)
{
  PlHttp1Client *http1 = get_http1 (client);
  PlSupplies *supplies = http1->supplies;
  gboolean keep_alive = http1->wants_keep_alive && !http1->is_retiring && !response->is_last
                        && !supplies->is_draining && response->body.kind != PL_BODY_UNTIL_CLOSE;
  PlRewriteResponse rewrite = {
    .head = response->head,
    .body = response->body,
    .client_version = http1->version,
    .keep_alive = keep_alive,
    .upgrade = response->upgrade,
    .hsts = response->hsts,
  };

  if (pl_head_find (response->head, PL_FIELD_DATE) == NULL)
    rewrite.date = pl_slice_from_string (pl_reactor_get_date (supplies->reactor));
  *first = write_head (&supplies->pools.buffers, &rewrite);
  return keep_alive;
}

static const PlClientFuncs funcs = {
  .get_head_text = get_head_text,
  .release_head = release_head,
  .take_head = take_head,
};

void
pl_http1_client_init (PlHttp1Client *http1,
                      PlSupplies *supplies,
                      PlTask *task,
                      PlStream *stream,
                      PlBuffer **input,
                      const PlAddress *address)
{
  http1->supplies = supplies;
  http1->client.funcs = &funcs;
  http1->client.task = task;
  http1->client.stream = stream;
  http1->client.socket = &stream->socket;
  http1->client.input = input;
  http1->client.address = *address;
  http1->client.tls = pl_tls_get_facts (stream);
}

void
pl_http1_client_note_request (PlHttp1Client *http1, const PlHead *head)
{
  gboolean is_http_1_0 = head->version == PL_HTTP_1_0;

  http1->version = head->version;
  http1->wants_keep_alive = pl_head_wants_keep_alive (head);
  http1->client.protocol = is_http_1_0 ? PL_PROTOCOL_HTTP_1_0 : PL_PROTOCOL_HTTP_1_1;
  http1->client.takes_interim = !is_http_1_0; /* RFC 9110 §15.2 */
  http1->client.takes_chunks = !is_http_1_0;
}
