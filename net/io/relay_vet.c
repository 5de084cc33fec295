/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the received octets are body, and where it ends: by count, by the chunked coding, or by
 * the sender's end. */

#include "net/io/relay_vet.h"

#include "net/http/trailers.h"

/* A trailer section: a few lines of digests, never more. */
static const PlHeadLimits trailer_limits = { .head_bytes = 8 * 1024, .n_fields = 100 };

static void
vet_fixed (PlRelay *relay, gsize n_new)
{
  gsize taken = (gsize) MIN ((guint64) n_new, relay->remaining_bytes);

  relay->vetted += taken;
  relay->body_bytes += taken;
  relay->remaining_bytes -= taken;
  relay->is_whole = relay->remaining_bytes == 0;
}

/* Framing octets stand before the data they announce, so taking the coding off is closing gaps. */
static void
take_out_of_input (PlRelay *relay, gsize length)
{
  PlBuffer *input = *relay->input;
  char *gap = pl_buffer_get_data (input) + relay->vetted;

  memmove (gap, gap + length, pl_buffer_get_length (input) - relay->vetted - length);
  input->end -= length;
}

static PlHttpFault
vet_chunks (PlRelay *relay)
{
  PlChunkedEvent event = PL_CHUNKED_DATA;

  while (event == PL_CHUNKED_DATA && pl_buffer_get_length (*relay->input) > relay->vetted)
    {
      const char *bytes = pl_buffer_get_data (*relay->input) + relay->vetted;
      gsize length = pl_buffer_get_length (*relay->input) - relay->vetted;
      gsize framing_bytes, data_bytes;
      PlHttpFault fault;

      event = pl_chunked_advance (&relay->chunked, bytes, length, &framing_bytes, &data_bytes,
                                  &fault);
      if (event == PL_CHUNKED_BAD)
        return fault;
      if (relay->dechunk)
        take_out_of_input (relay, framing_bytes);
      else
        relay->vetted += framing_bytes;
      relay->vetted += data_bytes;
      relay->body_bytes += data_bytes;
    }
  relay->in_trailers = event == PL_CHUNKED_TRAILERS;
  return PL_HTTP_FAULT_NONE;
}

static void
pass_trailers_on (PlRelay *relay, const PlHead *trailers)
{
  PlWriter writer;

  if (relay->to == NULL)
    return;
  if (relay->dechunk)
    {
      if (relay->trailers.take != NULL)
        relay->trailers.take (trailers, relay->trailers.user_data);
      return;
    }
  pl_relay_forget_head (relay); /* with a body sent there is no sending it again */
  relay->head = pl_buffer_take (&relay->pools->buffers, PL_BUFFER_MESSAGE);
  pl_writer_init (&writer, relay->head->bytes, relay->head->capacity);
  pl_trailers_write (trailers, &writer);
  relay->head->end = writer.length;
}

/* Trailers are judged one by one and written anew, so they are taken when all before them is sent.
 */
static PlHttpFault
vet_trailers (PlRelay *relay)
{
  PlBuffer *input = *relay->input;
  PlHttpFault fault;
  g_auto (PlHead) trailers = { 0 };

  if (relay->vetted > 0 || pl_buffer_get_length (input) == 0)
    return PL_HTTP_FAULT_NONE;
  pl_trailers_init (&trailers, trailer_limits);
  switch (pl_trailers_parse (&trailers, pl_buffer_get_data (input), pl_buffer_get_length (input),
                             &fault))
    {
    case PL_PARSE_MORE:
      return PL_HTTP_FAULT_NONE;
    case PL_PARSE_DONE:
      pass_trailers_on (relay, &trailers);
      pl_buffer_consume (input, trailers.length_bytes);
      relay->is_whole = TRUE;
      return PL_HTTP_FAULT_NONE;
    case PL_PARSE_BAD:
      return fault;
    }
  g_return_val_if_reached (fault);
}

/* Nearly always there are none, and the empty line can go out with the last chunk. */
static gboolean
vet_empty_trailers (PlRelay *relay)
{
  const char *rest = pl_buffer_get_data (*relay->input) + relay->vetted;
  gsize length = pl_buffer_get_length (*relay->input) - relay->vetted;

  if (length < 2 || rest[0] != '\r' || rest[1] != '\n')
    return FALSE;
  if (relay->dechunk)
    take_out_of_input (relay, 2);
  else
    relay->vetted += 2;
  relay->is_whole = TRUE;
  return TRUE;
}

static PlHttpFault
vet_chunked (PlRelay *relay)
{
  PlHttpFault fault = relay->in_trailers ? PL_HTTP_FAULT_NONE : vet_chunks (relay);

  if (fault == PL_HTTP_FAULT_NONE && relay->in_trailers && !vet_empty_trailers (relay))
    fault = vet_trailers (relay);
  return fault;
}

void
pl_relay_vet (PlRelay *relay)
{
  gsize n_new = pl_buffer_get_length (*relay->input) - relay->vetted;

  if (relay->is_whole || relay->fault != PL_HTTP_FAULT_NONE || n_new == 0)
    return;
  switch (relay->kind)
    {
    case PL_BODY_FIXED:
      vet_fixed (relay, n_new);
      break;
    case PL_BODY_CHUNKED:
      relay->fault = vet_chunked (relay);
      break;
    case PL_BODY_UNTIL_CLOSE: /* without @chunk: else what is there was vetted already */
      relay->vetted += n_new;
      relay->body_bytes += n_new;
      break;
    case PL_BODY_NONE:
      break;
    }
}
