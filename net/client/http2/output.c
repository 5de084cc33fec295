/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/output.h"

#define FIRST_BYTES 4096

void
pl_http2_output_clear (PlHttp2Output *output)
{
  g_clear_pointer (&output->own, g_byte_array_unref);
  *output = (PlHttp2Output){ 0 };
}

static GOutputVector *
get_last (PlHttp2Output *output)
{
  return output->n_pieces > 0 ? &output->pieces[output->n_pieces - 1] : NULL;
}

void
pl_http2_output_add (PlHttp2Output *output, PlSlice octets)
{
  GOutputVector *last = get_last (output);

  if (octets.length == 0)
    return;
  if (output->own == NULL)
    output->own = g_byte_array_sized_new (FIRST_BYTES);
  g_byte_array_append (output->own, (const guint8 *) octets.bytes, octets.length);
  if (last != NULL && last->buffer == NULL)
    last->size += octets.length;
  else
    output->pieces[output->n_pieces++] = (GOutputVector){ NULL, octets.length };
  output->length_bytes += octets.length;
}

void
pl_http2_output_lend (PlHttp2Output *output, PlSlice octets)
{
  /* One more of our own may follow, and must have its place. */
  if (output->n_pieces + 2 > PL_HTTP2_PIECES)
    {
      pl_http2_output_add (output, octets);
      return;
    }
  output->pieces[output->n_pieces++] = (GOutputVector){ octets.bytes, octets.length };
  output->length_bytes += octets.length;
  output->n_lent++;
}

/* The pieces with their places. */
static void
find_places (const PlHttp2Output *output, GOutputVector *vectors)
{
  const guint8 *own = output->own != NULL ? output->own->data : NULL;

  for (guint i = 0; i < output->n_pieces; i++)
    {
      vectors[i] = output->pieces[i];
      if (vectors[i].buffer != NULL)
        continue;
      vectors[i].buffer = own;
      own += vectors[i].size;
    }
}

/* Takes @sent octets off the begin of @vectors; how many of them are gone. */
static guint
drop_sent (GOutputVector *vectors, guint n_vectors, gsize sent)
{
  guint n_gone = 0;

  while (n_gone < n_vectors && sent >= vectors[n_gone].size)
    sent -= vectors[n_gone++].size;
  if (sent > 0)
    {
      vectors[n_gone].buffer = (const char *) vectors[n_gone].buffer + sent;
      vectors[n_gone].size -= sent;
    }
  return n_gone;
}

/* All that is left becomes our own. */
static void
keep (PlHttp2Output *output, const GOutputVector *vectors, guint n_vectors)
{
  GByteArray *left = g_byte_array_sized_new (output->length_bytes);

  for (guint i = 0; i < n_vectors; i++)
    g_byte_array_append (left, vectors[i].buffer, vectors[i].size);
  g_clear_pointer (&output->own, g_byte_array_unref);
  output->own = left;
  output->pieces[0] = (GOutputVector){ NULL, left->len };
  output->n_pieces = 1;
  output->n_lent = 0;
}

PlIo
pl_http2_output_flush (PlHttp2Output *output, PlStream *stream)
{
  GOutputVector places[PL_HTTP2_PIECES], *vectors = places;
  guint n_vectors = output->n_pieces;
  gboolean has_moved = FALSE;
  gsize sent;
  PlIo io = PL_IO_DONE;

  find_places (output, places);
  while (n_vectors > 0
         && (io = pl_stream_send (stream, vectors, n_vectors, FALSE, &sent)) == PL_IO_DONE)
    {
      guint n_gone = drop_sent (vectors, n_vectors, sent);

      vectors += n_gone;
      n_vectors -= n_gone;
      output->length_bytes -= sent;
      has_moved = TRUE;
    }
  if (n_vectors == 0)
    pl_http2_output_clear (output);
  else if (has_moved || output->n_lent > 0)
    keep (output, vectors, n_vectors);
  return io;
}
