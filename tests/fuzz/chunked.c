/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chunked bodies: however one is cut into calls, and whether its data is walked over or skipped,
 * the same octets are framing, the same are data, and it ends in the same place. */

#include "net/http/chunked.h"
#include "net/http/trailers.h"

#include "tests/fuzz/fuzz.h"

typedef struct
{
  PlChunkedEvent event; /* the last */
  PlHttpFault fault;
  gsize read;
  GString *data;
} Outcome;

/* Reads one piece; with @skips, the data in it is not given to the decoder but told of. */
static void
read_piece (PlChunked *chunked, PlSlice piece, gboolean skips, Outcome *outcome)
{
  g_autofree char *exact = g_memdup2 (piece.bytes, piece.length);
  gsize position = 0;

  do
    {
      gsize taken, data_bytes;
      gsize left = piece.length - position;

      if (skips && pl_chunked_get_remaining (chunked) > 0)
        {
          taken = 0;
          data_bytes = MIN (pl_chunked_get_remaining (chunked), left);
          pl_chunked_skip (chunked, data_bytes);
          outcome->event = PL_CHUNKED_MORE;
        }
      else
        outcome->event = pl_chunked_advance (chunked, exact + position, skips ? 1 : left, &taken,
                                             &data_bytes, &outcome->fault);

      g_assert_cmpuint (taken + data_bytes, <=, left);
      g_string_append_len (outcome->data, exact + position + taken, data_bytes);
      position += taken + data_bytes;
    }
  while (position < piece.length
         && (outcome->event == PL_CHUNKED_MORE || outcome->event == PL_CHUNKED_DATA));
  outcome->read += position;
}

static Outcome
decode (PlSlice text, gsize first, gsize step, gboolean skips)
{
  Outcome outcome = { .event = PL_CHUNKED_MORE, .data = g_string_new (NULL) };
  gsize start = 0, end = MIN (first, text.length);
  PlChunked chunked;

  pl_chunked_init (&chunked);
  while (start < end)
    {
      read_piece (&chunked, pl_slice (text.bytes + start, end - start), skips, &outcome);
      if (outcome.event == PL_CHUNKED_TRAILERS || outcome.event == PL_CHUNKED_BAD)
        break;
      start = end;
      end = MIN (end + step, text.length);
    }

  /* Whether the last piece ended with data or just behind it tells nothing of the body. */
  if (outcome.event == PL_CHUNKED_DATA)
    outcome.event = PL_CHUNKED_MORE;
  return outcome;
}

static void
assert_same (const Outcome *a, const Outcome *b)
{
  g_assert_cmpint (a->event, ==, b->event);
  g_assert_cmpint (a->fault, ==, b->fault);
  g_assert_cmpuint (a->read, ==, b->read);
  g_assert_true (g_string_equal (a->data, b->data));
}

static void
read_trailers (PlSlice text)
{
  PlHeadLimits limits = { 32768, 100 };
  g_auto (PlHead) trailers = { 0 };
  PlHttpFault fault;

  pl_trailers_init (&trailers, limits);
  if (pl_trailers_parse (&trailers, text.bytes, text.length, &fault) != PL_PARSE_DONE)
    return;
  for (guint i = 0; i < trailers.n_fields; i++)
    if (pl_trailer_may_pass (&trailers.fields[i]))
      g_assert_cmpint (pl_field_get_flags (trailers.fields[i].id) & PL_FIELD_BARRED_FROM_TRAILERS,
                       ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  PlSlice text = pl_slice ((const char *) data, size);
  gsize split = size > 0 ? 1 + (data[0] * 256 + data[size - 1]) % size : 0;
  Outcome outcomes[] = {
    decode (text, size, size, FALSE),
    decode (text, 1, 1, FALSE),
    decode (text, split, size, FALSE),
    decode (text, size, size, TRUE),
  };

  g_assert_cmpuint (outcomes[0].data->len, <=, size);
  if (outcomes[0].event == PL_CHUNKED_TRAILERS)
    read_trailers (pl_slice_from (text, outcomes[0].read));

  for (gsize i = 1; i < G_N_ELEMENTS (outcomes); i++)
    assert_same (&outcomes[0], &outcomes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_string_free (outcomes[i].data, TRUE);
  return 0;
}
