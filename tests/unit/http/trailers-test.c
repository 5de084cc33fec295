/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trailer sections, and which of their fields may be sent on. */

#include "net/http/trailers.h"

#include "tests/field_names.h"
#include "tests/unit/feed.h"

static const PlHeadLimits limits = { 68, 3 };

typedef struct
{
  const char *text;
  PlParseResult result;
  guint n_fields;
} TrailersCase;

static const TrailersCase cases[] = {
  { "\r\n", PL_PARSE_DONE, 0 },
  { "A: b\r\n\r\n", PL_PARSE_DONE, 1 },
  { "A: b\r\nContent-Length: 5\r\nC:\r\n\r\n", PL_PARSE_DONE, 3 },
  { "A: b\r\nB: \r\nC: \r\nD: \r\n\r\n", PL_PARSE_BAD, 0 },
  { "A: b\r\n", PL_PARSE_MORE, 1 },
  { "\n", PL_PARSE_BAD, 0 },
  { "\r\r\n", PL_PARSE_BAD, 0 },
  { "A: b\n\r\n", PL_PARSE_BAD, 0 },
  { " A: b\r\n\r\n", PL_PARSE_BAD, 0 },
  { "A: b\r\n c\r\n\r\n", PL_PARSE_BAD, 0 },
  { "A : b\r\n\r\n", PL_PARSE_BAD, 0 },
  { "A: \x01\r\n\r\n", PL_PARSE_BAD, 0 },
  { "GET / HTTP/1.1\r\n\r\n", PL_PARSE_BAD, 0 },
  { "A: 0123456789012345678901234567890123456789012345678901234567890\r\n\r\n", PL_PARSE_DONE, 1 },
  { "A: 01234567890123456789012345678901234567890123456789012345678901\r\n\r\n", PL_PARSE_BAD, 0 },
};

static void
check_trailers (PlSlice text, FeedCut cut, gconstpointer data)
{
  const TrailersCase *expected = data;

  for (gint moves = FALSE; moves <= TRUE; moves++)
    {
      PlHttpFault fault;
      PlHead head;

      pl_trailers_init (&head, limits);
      g_assert_cmpint (feed_pieces (&head, pl_trailers_parse, text, cut, moves, &fault), ==,
                       expected->result);
      if (expected->result == PL_PARSE_BAD)
        g_assert_cmpint (fault, ==, PL_HTTP_FAULT_TRAILER);
      else
        g_assert_cmpuint (head.n_fields, ==, expected->n_fields);
      if (expected->result == PL_PARSE_DONE)
        g_assert_cmpuint (head.length_bytes, ==, text.length);
    }
}

static void
test_sections (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      feed_note (pl_slice_from_string (cases[i].text));
      feed_every_way (pl_slice_from_string (cases[i].text), check_trailers, &cases[i]);
    }
}

static void
test_may_pass (void)
{
  static const struct
  {
    const char *name;
    gboolean passes;
  } fields[] = {
    { "Checksum", TRUE },
    { "Server-Timing", TRUE },
    { "X_Custom", TRUE },
    { "Server", TRUE },
    { "Content-Length", FALSE },
    { "Transfer-Encoding", FALSE },
    { "Trailer", FALSE },
    { "TE", FALSE },
    { "Host", FALSE },
    { "Connection", FALSE },
    { "Upgrade", FALSE },
    { "Content-Type", FALSE },
    { "Content-Encoding", FALSE },
    { "Authorization", FALSE },
    { "Cookie", FALSE },
    { "Set-Cookie", FALSE },
    { "x-api-key", FALSE },
    { "X-Forwarded-For", FALSE },
    { "Forwarded", FALSE },
    { "X-Real-IP", FALSE },
    { "X_Forwarded_For", FALSE },
    { "x-real_ip", FALSE },
    { "CONTENT_LENGTH", FALSE },
    { "Transfer_Encoding", FALSE },
    { "x_api_key", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      PlField field = { .name = pl_slice_from_string (fields[i].name) };

      feed_note (pl_slice_from_string (fields[i].name));
      field.id = pl_field_identify (field.name);
      g_assert_cmpint (pl_trailer_may_pass (&field), ==, fields[i].passes);
    }
}

/* What bars a field from trailers is said by name: another flag than these does not. */
static void
test_flags_that_bar (void)
{
  for (guint id = PL_FIELD_OTHER + 1; id < PL_FIELD_COUNT; id++)
    {
      PlField field = { .name = field_get_name (id), .id = id };
      PlFieldFlags flags = pl_field_get_flags (id);

      g_assert_cmpint (pl_trailer_may_pass (&field), ==,
                       (flags & PL_FIELD_HOP_BY_HOP) == 0 && (flags & PL_FIELD_FORWARDING) == 0
                           && (flags & PL_FIELD_SECRET) == 0
                           && (flags & PL_FIELD_NOT_IN_TRAILER) == 0);
    }
}

static void
test_write (void)
{
  static const char text[] = "X-Sum: 1\r\nContent-Length: 5\r\nX-Forwarded-For: 1.1.1.1\r\n"
                             "x-sum: 2\r\nConnection: x\r\nHost: h\r\nX_Real_IP: 1.1.1.1\r\n\r\n";
  static const char after[] = "X-Sum: 1\r\nx-sum: 2\r\n\r\n";
  g_auto (PlHead) trailers = { 0 };
  PlHttpFault fault;
  char buffer[256];
  PlWriter writer;

  pl_trailers_init (&trailers, (PlHeadLimits){ 1024, 100 });
  g_assert_cmpint (pl_trailers_parse (&trailers, text, strlen (text), &fault), ==, PL_PARSE_DONE);
  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_trailers_write (&trailers, &writer);
  g_assert_cmpmem (buffer, writer.length, after, strlen (after));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/trailers/sections", test_sections);
  g_test_add_func ("/http/trailers/may-pass", test_may_pass);
  g_test_add_func ("/http/trailers/flags-that-bar", test_flags_that_bar);
  g_test_add_func ("/http/trailers/write", test_write);
  return g_test_run ();
}
