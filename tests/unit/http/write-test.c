/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing into buffers that suffice, and into buffers that do not. */

#include "net/http/write.h"

static void
assert_written (const PlWriter *writer, const char *expected)
{
  g_assert_cmpmem (writer->bytes, writer->length, expected, strlen (expected));
}

static void
test_head (void)
{
  char buffer[64];
  PlWriter writer;

  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_writer_add (&writer, PL_SLICE ("HTTP/1.1"));
  pl_writer_add_char (&writer, ' ');
  pl_writer_add_decimal (&writer, 200);
  pl_writer_add (&writer, PL_SLICE (" OK\r\n"));
  pl_writer_add_field (&writer, PL_SLICE ("A"), PL_SLICE ("b"));
  pl_writer_add_field (&writer, PL_SLICE ("Empty"), pl_slice (NULL, 0));
  pl_writer_add_end (&writer);
  assert_written (&writer, "HTTP/1.1 200 OK\r\nA: b\r\nEmpty: \r\n\r\n");
  g_assert_false (writer.overflowed);
}

static void
test_decimals (void)
{
  static const struct
  {
    guint64 value;
    const char *digits;
  } cases[] = {
    { 0, "0" },
    { 9, "9" },
    { 10, "10" },
    { 4294967296, "4294967296" },
    { G_MAXUINT64, "18446744073709551615" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char buffer[20];
      PlWriter writer;

      pl_writer_init (&writer, buffer, strlen (cases[i].digits));
      pl_writer_add_decimal (&writer, cases[i].value);
      assert_written (&writer, cases[i].digits);
      g_assert_false (writer.overflowed);
    }
}

static void
test_exactly_full (void)
{
  g_autofree char *buffer = g_malloc (4);
  PlWriter writer;

  pl_writer_init (&writer, buffer, 4);
  pl_writer_add (&writer, PL_SLICE ("abcd"));
  pl_writer_add (&writer, PL_SLICE (""));
  g_assert_false (writer.overflowed);
  pl_writer_add_char (&writer, 'e');
  g_assert_true (writer.overflowed);
  assert_written (&writer, "abcd");
}

/* What does not fit is not written in part, and nothing is after it, even if it would fit. */
static void
test_stays_full (void)
{
  g_autofree char *buffer = g_malloc (4);
  PlWriter writer;

  pl_writer_init (&writer, buffer, 4);
  pl_writer_add (&writer, PL_SLICE ("ab"));
  pl_writer_add (&writer, PL_SLICE ("cde"));
  pl_writer_add_char (&writer, 'f');
  pl_writer_add_end (&writer);
  pl_writer_add_decimal (&writer, 1);
  assert_written (&writer, "ab");
  g_assert_true (writer.overflowed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/write/head", test_head);
  g_test_add_func ("/http/write/decimals", test_decimals);
  g_test_add_func ("/http/write/exactly-full", test_exactly_full);
  g_test_add_func ("/http/write/stays-full", test_stays_full);
  return g_test_run ();
}
