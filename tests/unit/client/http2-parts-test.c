/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/client/http2/: what needs no connection. The rest is seen over sockets, in
 * tests/wire/test_http2*.py. */

#include <string.h>

#include "net/client/http2/bounds.h"
#include "net/client/http2/inbox.h"
#include "net/client/http2/output.h"
#include "net/client/http2/priority.h"

/* Priorities */

static void
test_priorities (void)
{
  static const struct
  {
    const char *text;
    guint urgency;
    gboolean is_incremental;
  } cases[] = {
    { "", 3, FALSE },         { "u=0", 0, FALSE },           { "u=7, i", 7, TRUE },
    { "i", 3, TRUE },         { "i=?1,u=1", 1, TRUE },       { "i, i=?0", 3, FALSE },
    { "u=8", 3, FALSE },      { "u=-1", 3, FALSE },          { "u=10", 3, FALSE },
    { "u", 3, FALSE },        { "U=1", 3, FALSE },           { "u=1;a=b, i;c", 1, TRUE },
    { "u=1, u=2", 2, FALSE }, { "q=1, u=5, foo", 5, FALSE }, { ",,u=4,,", 4, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlHttp2Priority priority = pl_http2_priority_parse (pl_slice_from_string (cases[i].text));

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (priority.urgency, ==, cases[i].urgency);
      g_assert_cmpint (priority.is_incremental, ==, cases[i].is_incremental);
    }
}

/* The inbox */

static void
test_inbox_gives_what_it_got (void)
{
  static const gsize sizes[] = { 1, 100, 16384, 16384, 40000, 3, 200000, 7 };
  PlBufferPool pool = { 0 };
  PlHttp2Inbox inbox = { 0 };
  g_autoptr (GByteArray) put = g_byte_array_new (), taken = g_byte_array_new ();
  char bytes[50000];
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *piece = g_strnfill (sizes[i], 'a' + i);

      pl_http2_inbox_put (&inbox, &pool, piece, sizes[i]);
      g_byte_array_append (put, (const guint8 *) piece, sizes[i]);
      g_byte_array_append (taken, (const guint8 *) bytes,
                           pl_http2_inbox_take (&inbox, &pool, bytes, 1 + 7000 * i));
      g_assert_cmpuint (inbox.length_bytes, ==, put->len - taken->len);
    }
  while ((n = pl_http2_inbox_take (&inbox, &pool, bytes, sizeof bytes)) > 0)
    g_byte_array_append (taken, (const guint8 *) bytes, n);
  g_assert_cmpmem (put->data, put->len, taken->data, taken->len);
  g_assert_cmpuint (inbox.length_bytes, ==, 0);
  g_assert_true (g_queue_is_empty (&inbox.buffers));
  pl_buffer_pool_clear (&pool);
}

static void
test_inbox_is_thrown_away (void)
{
  PlBufferPool pool = { 0 };
  PlHttp2Inbox inbox = { 0 };
  g_autofree char *piece = g_strnfill (100000, 'x');

  pl_http2_inbox_put (&inbox, &pool, piece, 100000);
  pl_http2_inbox_clear (&inbox, &pool);
  g_assert_cmpuint (inbox.length_bytes, ==, 0);
  g_assert_cmpuint (pl_http2_inbox_take (&inbox, &pool, piece, 1), ==, 0);
  pl_buffer_pool_clear (&pool);
}

/* The output */

/* A stream that takes so much, then is blocked, or broken. */
typedef struct
{
  PlStream stream;
  GByteArray *arrived;
  gsize quota;
  PlIo beyond;
  guint n_sends;
} Sink;

static PlIo
take (PlStream *stream, const GOutputVector *vectors, guint n_vectors, gboolean more, gsize *sent)
{
  Sink *sink = (Sink *) stream;

  if (sink->quota == 0)
    return sink->beyond;
  *sent = 0;
  for (guint i = 0; i < n_vectors; i++)
    {
      gsize taken = MIN (vectors[i].size, sink->quota - *sent);

      g_byte_array_append (sink->arrived, vectors[i].buffer, taken);
      *sent += taken;
    }
  sink->quota -= *sent;
  sink->n_sends++;
  return PL_IO_DONE;
}

static const PlStreamFuncs sink_funcs = { .send = take };

static void
sink_open (Sink *sink, gsize quota)
{
  *sink = (Sink){ .stream.funcs = &sink_funcs, .quota = quota, .beyond = PL_IO_BLOCKED };
  sink->arrived = g_byte_array_new ();
}

static void
assert_arrived (Sink *sink, const char *text)
{
  g_assert_cmpmem (sink->arrived->data, sink->arrived->len, text, strlen (text));
}

static void
test_output_leaves_in_one_send (void)
{
  PlHttp2Output output = { 0 };
  Sink sink;

  sink_open (&sink, G_MAXSIZE);
  pl_http2_output_add (&output, PL_SLICE ("head"));
  pl_http2_output_lend (&output, PL_SLICE ("BODY"));
  pl_http2_output_add (&output, PL_SLICE ("he"));
  pl_http2_output_add (&output, PL_SLICE ("ad"));
  pl_http2_output_lend (&output, PL_SLICE ("MORE"));
  g_assert_cmpuint (output.length_bytes, ==, 16);
  g_assert_cmpint (pl_http2_output_flush (&output, &sink.stream), ==, PL_IO_DONE);
  assert_arrived (&sink, "headBODYheadMORE");
  g_assert_cmpuint (sink.n_sends, ==, 1);
  g_assert_cmpuint (output.length_bytes, ==, 0);
  g_assert_cmpint (pl_http2_output_flush (&output, &sink.stream), ==, PL_IO_DONE);
  g_assert_cmpuint (sink.n_sends, ==, 1);
  g_byte_array_unref (sink.arrived);
}

/* Cut at every place; what was lent is gone by the time the rest is sent. */
static void
test_output_keeps_what_was_lent (void)
{
  for (gsize quota = 0; quota <= 12; quota++)
    {
      PlHttp2Output output = { 0 };
      char lent[] = "BODY";
      Sink sink;

      sink_open (&sink, quota);
      pl_http2_output_add (&output, PL_SLICE ("head"));
      pl_http2_output_lend (&output, pl_slice (lent, 4));
      pl_http2_output_add (&output, PL_SLICE ("tail"));
      g_assert_cmpint (pl_http2_output_flush (&output, &sink.stream), ==,
                       quota < 12 ? PL_IO_BLOCKED : PL_IO_DONE);
      memset (lent, 'x', sizeof lent);
      g_assert_cmpuint (output.length_bytes, ==, 12 - quota);
      pl_http2_output_add (&output, PL_SLICE ("!"));
      sink.quota = G_MAXSIZE;
      g_assert_cmpint (pl_http2_output_flush (&output, &sink.stream), ==, PL_IO_DONE);
      assert_arrived (&sink, "headBODYtail!");
      g_byte_array_unref (sink.arrived);
    }
}

static void
test_output_has_pieces_without_number (void)
{
  PlHttp2Output output = { 0 };
  Sink sink;

  sink_open (&sink, G_MAXSIZE);
  for (guint i = 0; i < 500; i++)
    {
      pl_http2_output_add (&output, PL_SLICE ("a"));
      pl_http2_output_lend (&output, PL_SLICE ("b"));
    }
  g_assert_cmpint (pl_http2_output_flush (&output, &sink.stream), ==, PL_IO_DONE);
  g_assert_cmpuint (sink.arrived->len, ==, 1000);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpint (sink.arrived->data[i], ==, i % 2 == 0 ? 'a' : 'b');
  g_byte_array_unref (sink.arrived);
}

static void
test_output_that_breaks (void)
{
  PlHttp2Output output = { 0 };
  Sink sink;

  sink_open (&sink, 2);
  sink.beyond = PL_IO_BROKEN;
  pl_http2_output_lend (&output, PL_SLICE ("BODY"));
  g_assert_cmpint (pl_http2_output_flush (&output, &sink.stream), ==, PL_IO_BROKEN);
  pl_http2_output_clear (&output);
  g_assert_cmpuint (output.length_bytes, ==, 0);
  g_byte_array_unref (sink.arrived);
}

/* Bounds */

#define TEN_SECONDS_US G_GINT64_CONSTANT (10000001)

static guint
count_until_refused (PlHttp2Bounds *bounds, const PlLimits *limits, gint64 now_us)
{
  guint n = 0;

  while (pl_http2_bounds_count (bounds, PL_HTTP2_BOUND_PINGS, limits, now_us) == PL_CLOSE_NONE)
    n++;
  return n;
}

static void
test_bounds_are_of_ten_seconds (void)
{
  PlLimits limits = { .http2_pings = 20 };
  PlHttp2Bounds bounds = { 0 };
  gint64 now_us = TEN_SECONDS_US;

  g_assert_cmpuint (count_until_refused (&bounds, &limits, now_us), ==, 20);
  g_assert_cmpuint (count_until_refused (&bounds, &limits, now_us + 1000), ==, 0);
  g_assert_cmpuint (count_until_refused (&bounds, &limits, now_us + TEN_SECONDS_US), ==, 20);
}

static void
test_bounds_allow_answers (void)
{
  PlLimits limits = { .http2_pings = 20 };
  PlHttp2Bounds bounds = { 0 };

  pl_http2_bounds_allow (&bounds, PL_HTTP2_BOUND_PINGS, 30);
  g_assert_cmpuint (count_until_refused (&bounds, &limits, 1), ==, 50);
  pl_http2_bounds_allow (&bounds, PL_HTTP2_BOUND_PINGS, 10);
  g_assert_cmpuint (count_until_refused (&bounds, &limits, 1), ==, 9);
}

/* Each has a limit and a reason of its own. */
static void
test_bounds_have_reasons (void)
{
  PlLimits limits = { 0 };
  PlHttp2Bounds bounds = { 0 };
  gboolean is_used[PL_CLOSE_COUNT] = { FALSE };

  for (guint bound = 0; bound < PL_HTTP2_N_BOUNDS; bound++)
    {
      PlCloseReason reason = pl_http2_bounds_count (&bounds, bound, &limits, 1);

      g_assert_cmpint (reason, !=, PL_CLOSE_NONE);
      g_assert_false (is_used[reason]);
      is_used[reason] = TRUE;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/http2/priorities", test_priorities);
  g_test_add_func ("/client/http2/inbox-gives-what-it-got", test_inbox_gives_what_it_got);
  g_test_add_func ("/client/http2/inbox-is-thrown-away", test_inbox_is_thrown_away);
  g_test_add_func ("/client/http2/output-leaves-in-one-send", test_output_leaves_in_one_send);
  g_test_add_func ("/client/http2/output-keeps-what-was-lent", test_output_keeps_what_was_lent);
  g_test_add_func ("/client/http2/output-has-pieces-without-number",
                   test_output_has_pieces_without_number);
  g_test_add_func ("/client/http2/output-that-breaks", test_output_that_breaks);
  g_test_add_func ("/client/http2/bounds-are-of-ten-seconds", test_bounds_are_of_ten_seconds);
  g_test_add_func ("/client/http2/bounds-allow-answers", test_bounds_allow_answers);
  g_test_add_func ("/client/http2/bounds-have-reasons", test_bounds_have_reasons);
  return g_test_run ();
}
