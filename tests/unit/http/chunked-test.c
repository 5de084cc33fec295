/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chunked bodies, fed in every way there is. */

#include "net/http/chunked.h"

#include "tests/unit/feed.h"

/**
 * ChunkedCase:
 * @text: up to and including the line of the last chunk, if it is good
 * @data: what is in the chunks
 */
typedef struct
{
  PlSlice text;
  PlHttpFault fault;
  const char *data;
} ChunkedCase;

#define GOOD(text, data)                                                                           \
  {                                                                                                \
    PL_SLICE (text), PL_HTTP_FAULT_NONE, data                                                      \
  }
#define BAD(text, fault)                                                                           \
  {                                                                                                \
    PL_SLICE (text), PL_HTTP_FAULT_##fault, NULL                                                   \
  }

static const ChunkedCase cases[] = {
  GOOD ("0\r\n", ""),
  GOOD ("000\r\n", ""),
  GOOD ("0000000000000000\r\n", ""),
  GOOD ("5\r\nhello\r\n0\r\n", "hello"),
  GOOD ("5\r\nhello\r\n6\r\n world\r\n0\r\n", "hello world"),
  GOOD ("a\r\n0123456789\r\nB\r\nabcdefghijk\r\n0\r\n", "0123456789abcdefghijk"),
  GOOD ("0000000000000001\r\nx\r\n0\r\n", "x"),
  GOOD ("7\r\n\r\n0\r\n\r\n\r\n0\r\n", "\r\n0\r\n\r\n"),
  GOOD ("1;a\r\nx\r\n0\r\n", "x"),
  GOOD ("1;a=b;c;d=e\r\nx\r\n0;f\r\n", "x"),
  GOOD ("1;a=\"\"\r\nx\r\n0\r\n", "x"),
  GOOD ("1;a=\"b; \t\\\"\\\\=\x80\xff\";c=d\r\nx\r\n0\r\n", "x"),
  GOOD ("1;!#$%&'*+-.^_`|~09azAZ=!#$%&'*+-.^_`|~09azAZ\r\nx\r\n0\r\n", "x"),

  BAD ("\r\n", CHUNK),
  BAD (" 5\r\n", CHUNK),
  BAD ("\t5\r\n", CHUNK),
  BAD ("5 \r\n", CHUNK),
  BAD ("5 ;a\r\n", CHUNK),
  BAD ("5\t;a\r\n", CHUNK),
  BAD (";a\r\n", CHUNK),
  BAD ("g\r\n", CHUNK),
  BAD ("5g\r\n", CHUNK),
  BAD ("0x5\r\n", CHUNK),
  BAD ("-5\r\n", CHUNK),
  BAD ("+5\r\n", CHUNK),
  BAD ("5_0\r\n", CHUNK),
  BAD ("5,\r\n", CHUNK),
  BAD ("5\0\r\n", CHUNK),
  BAD ("5\n", CHUNK),
  BAD ("5\rX", CHUNK),
  BAD ("5\r\r\n", CHUNK),
  BAD ("\xb5\r\n", CHUNK),
  BAD ("00000000000000000\r\n", CHUNK),
  BAD ("00000000000000001\r\n", CHUNK),
  BAD ("8000000000000000\r\n", CHUNK),
  BAD ("FFFFFFFFFFFFFFFF\r\n", CHUNK),
  BAD ("10000000000000000\r\n", CHUNK),
  BAD ("5\r\nhelloX", CHUNK),
  BAD ("5\r\nhello\n0\r\n", CHUNK),
  BAD ("5\r\nhello\rX", CHUNK),
  BAD ("5\r\nhello0\r\n", CHUNK),
  BAD ("5\r\nhello\r\n\r\n", CHUNK),
  BAD ("2\r\nhello\r\n", CHUNK),

  BAD ("5;\r\n", CHUNK_EXTENSION),
  BAD ("5;;a\r\n", CHUNK_EXTENSION),
  BAD ("5;a;\r\n", CHUNK_EXTENSION),
  BAD ("5; a\r\n", CHUNK_EXTENSION),
  BAD ("5;a \r\n", CHUNK_EXTENSION),
  BAD ("5;a =b\r\n", CHUNK_EXTENSION),
  BAD ("5;a= b\r\n", CHUNK_EXTENSION),
  BAD ("5;=b\r\n", CHUNK_EXTENSION),
  BAD ("5;a=\r\n", CHUNK_EXTENSION),
  BAD ("5;a==b\r\n", CHUNK_EXTENSION),
  BAD ("5;a=b=c\r\n", CHUNK_EXTENSION),
  BAD ("5;a=b\"\r\n", CHUNK_EXTENSION),
  BAD ("5;a=\"b\"c\r\n", CHUNK_EXTENSION),
  BAD ("5;a=\"b\r\n\"\r\n", CHUNK_EXTENSION),
  BAD ("5;a=\"b\n\"\r\n", CHUNK_EXTENSION),
  BAD ("5;a=\"\x01\"\r\n", CHUNK_EXTENSION),
  BAD ("5;a=\"\\\x7f\"\r\n", CHUNK_EXTENSION),
  BAD ("5;a=\"\\\r\n", CHUNK_EXTENSION),
  BAD ("5;a\0\r\n", CHUNK_EXTENSION),
  BAD ("5;a\n", CHUNK_EXTENSION),
  BAD ("5;a=b\nhello\r\n0\r\n", CHUNK_EXTENSION),
  BAD ("5;\xc3\xa4\r\n", CHUNK_EXTENSION),
  BAD ("5;a\rX", CHUNK),
};

/* Walks over one piece, adds its data to @data, and says how much of it was read. */
static PlChunkedEvent
read_piece (PlChunked *chunked, PlSlice piece, GString *data, gsize *read, PlHttpFault *fault)
{
  *read = 0;
  while (TRUE)
    {
      gsize taken, data_bytes;
      PlChunkedEvent event = pl_chunked_advance (chunked, piece.bytes + *read, piece.length - *read,
                                                 &taken, &data_bytes, fault);

      *read += taken;
      g_assert_cmpint (data_bytes > 0, ==, event == PL_CHUNKED_DATA);
      if (event != PL_CHUNKED_DATA)
        return event;
      g_string_append_len (data, piece.bytes + *read, data_bytes);
      *read += data_bytes;
    }
}

static void
check_chunked (PlSlice text, FeedCut cut, gconstpointer user_data)
{
  const ChunkedCase *expected = user_data;
  g_autoptr (GString) data = g_string_new (NULL);
  PlChunkedEvent event = PL_CHUNKED_MORE;
  PlHttpFault fault = PL_HTTP_FAULT_NONE;
  PlChunked chunked;
  gsize start = 0, end, read = 0;

  pl_chunked_init (&chunked);
  for (; event == PL_CHUNKED_MORE && start < text.length; start = end)
    {
      PlSlice piece;

      end = feed_next_end (cut, start, text.length);
      piece = pl_slice (text.bytes + start, end - start);
      piece.bytes = feed_at_edge (piece);
      event = read_piece (&chunked, piece, data, &read, &fault);
      g_assert_true (event != PL_CHUNKED_MORE || read == piece.length);
    }

  g_assert_cmpstr (pl_http_fault_get_words (fault), ==, pl_http_fault_get_words (expected->fault));
  if (expected->fault != PL_HTTP_FAULT_NONE)
    {
      g_assert_cmpint (event, ==, PL_CHUNKED_BAD);
      return;
    }
  g_assert_cmpint (event, ==, PL_CHUNKED_TRAILERS);
  g_assert_cmpuint (start, ==, text.length);
  g_assert_cmpstr (data->str, ==, expected->data);
}

static void
test_bodies (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      feed_note (cases[i].text);
      feed_every_way (cases[i].text, check_chunked, &cases[i]);
    }
}

static void
test_trailer_section_is_left_alone (void)
{
  PlSlice text = PL_SLICE ("0\r\nA: b\r\n\r\n");
  PlChunked chunked;
  gsize taken, data_bytes;
  PlHttpFault fault;

  pl_chunked_init (&chunked);
  g_assert_cmpint (
      pl_chunked_advance (&chunked, text.bytes, text.length, &taken, &data_bytes, &fault), ==,
      PL_CHUNKED_TRAILERS);
  g_assert_cmpuint (taken, ==, strlen ("0\r\n"));
}

static void
check_text (const GString *text, PlHttpFault fault, const char *data)
{
  ChunkedCase expected = { pl_slice (text->str, text->len), fault, data };
  gsize length = text->len;

  check_chunked (expected.text, (FeedCut){ length, length }, &expected);
  check_chunked (expected.text, (FeedCut){ 1, 1 }, &expected);
}

static void
append_chunk_with_extension (GString *text, gsize extension_bytes)
{
  g_autofree char *name = g_strnfill (extension_bytes - 1, 'n');

  g_string_append_printf (text, "1;%s\r\nx\r\n", name);
}

static void
test_line_limit (void)
{
  for (gsize excess = 0; excess <= 1; excess++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_chunk_with_extension (text, PL_CHUNKED_MAX_LINE_BYTES - 1 + excess);
      g_string_append (text, "0\r\n");
      check_text (text, excess ? PL_HTTP_FAULT_CHUNK_EXTENSION : PL_HTTP_FAULT_NONE, "x");
    }
}

/* Many short extensions are a flood as well as a few long ones. */
static void
test_extension_limit (void)
{
  gsize one_bytes = 64;
  gsize n_chunks = PL_CHUNKED_MAX_EXTENSION_BYTES / one_bytes;
  g_autofree char *data = g_strnfill (n_chunks, 'x');

  for (gsize excess = 0; excess <= 1; excess++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (gsize i = 1; i < n_chunks; i++)
        append_chunk_with_extension (text, one_bytes);
      append_chunk_with_extension (text, one_bytes + excess);
      g_string_append (text, "0\r\n");
      check_text (text, excess ? PL_HTTP_FAULT_CHUNK_EXTENSION : PL_HTTP_FAULT_NONE, data);
    }
}

static void
test_largest_chunk (void)
{
  PlSlice text = PL_SLICE ("7FFFFFFFFFFFFFFF\r\nx");
  PlChunked chunked;
  gsize taken, data_bytes;
  PlHttpFault fault;

  pl_chunked_init (&chunked);
  g_assert_cmpuint (pl_chunked_get_remaining (&chunked), ==, 0);
  g_assert_cmpint (
      pl_chunked_advance (&chunked, text.bytes, text.length, &taken, &data_bytes, &fault), ==,
      PL_CHUNKED_DATA);
  g_assert_cmpuint (taken, ==, text.length - 1);
  g_assert_cmpuint (data_bytes, ==, 1);
  g_assert_cmpuint (pl_chunked_get_remaining (&chunked), ==, (guint64) G_MAXINT64 - 1);
}

static void
test_skip (void)
{
  PlSlice begin = PL_SLICE ("1000\r\n");
  PlSlice end = PL_SLICE ("\r\n0\r\n");
  PlChunked chunked;
  gsize taken, data_bytes;
  PlHttpFault fault;

  pl_chunked_init (&chunked);
  g_assert_cmpint (pl_chunked_advance (&chunked, begin.bytes, 2, &taken, &data_bytes, &fault), ==,
                   PL_CHUNKED_MORE);
  g_assert_cmpuint (pl_chunked_get_remaining (&chunked), ==, 0);
  g_assert_cmpint (
      pl_chunked_advance (&chunked, begin.bytes + 2, begin.length - 2, &taken, &data_bytes, &fault),
      ==, PL_CHUNKED_MORE);
  g_assert_cmpuint (pl_chunked_get_remaining (&chunked), ==, 0x1000);

  pl_chunked_skip (&chunked, 0);
  pl_chunked_skip (&chunked, 0xfff);
  g_assert_cmpuint (pl_chunked_get_remaining (&chunked), ==, 1);
  pl_chunked_skip (&chunked, 1);
  g_assert_cmpuint (pl_chunked_get_remaining (&chunked), ==, 0);
  g_assert_cmpint (
      pl_chunked_advance (&chunked, end.bytes, end.length, &taken, &data_bytes, &fault), ==,
      PL_CHUNKED_TRAILERS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/chunked/bodies", test_bodies);
  g_test_add_func ("/http/chunked/trailer-section-is-left-alone",
                   test_trailer_section_is_left_alone);
  g_test_add_func ("/http/chunked/limit/line", test_line_limit);
  g_test_add_func ("/http/chunked/limit/extensions", test_extension_limit);
  g_test_add_func ("/http/chunked/largest-chunk", test_largest_chunk);
  g_test_add_func ("/http/chunked/skip", test_skip);
  return g_test_run ();
}
