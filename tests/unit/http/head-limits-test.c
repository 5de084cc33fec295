/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heads that are just short enough, and those that are not, however they come. */

#include "net/http/head.h"

#include "tests/unit/feed.h"

static const PlHeadLimits usual_limits = { 32768, 100 };

/* Expects @text to be good or, with @fault, bad; whole, octet by octet and cut near its end. */
static void
check_against_limits (const GString *text, PlHeadKind kind, PlHeadLimits limits, PlHttpFault fault)
{
  PlSlice slice = pl_slice (text->str, text->len);
  FeedCut cuts[] = { { text->len, 1 },     { 1, 1 },
                     { text->len - 1, 1 }, { text->len - 2, 1 },
                     { text->len - 3, 1 }, { text->len - 4, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_auto (PlHead) head = { 0 };
      PlHttpFault found;
      PlParseResult result;

      pl_head_init (&head, kind, limits);
      result = feed_pieces (&head, pl_head_parse, slice, cuts[i], FALSE, &found);
      g_assert_cmpint (result, ==, fault == PL_HTTP_FAULT_NONE ? PL_PARSE_DONE : PL_PARSE_BAD);
      g_assert_cmpstr (pl_http_fault_get_words (found), ==, pl_http_fault_get_words (fault));
    }
}

static void
append_times (GString *text, char character, gsize times)
{
  for (gsize i = 0; i < times; i++)
    g_string_append_c (text, character);
}

/* A line of @length octets, @begin and @end among them. */
static void
append_line (GString *text, const char *begin, const char *end, gsize length)
{
  g_string_append (text, begin);
  append_times (text, 'a', length - strlen (begin) - strlen (end));
  g_string_append (text, end);
  g_string_append (text, "\r\n");
}

static void
test_first_line_limit (void)
{
  for (gsize excess = 0; excess <= 1; excess++)
    {
      g_autoptr (GString) request = g_string_new (NULL);
      g_autoptr (GString) response = g_string_new (NULL);
      gsize room = usual_limits.head_bytes - strlen ("\r\n\r\n");

      append_line (request, "GET /", " HTTP/1.1", room + excess);
      g_string_append (request, "\r\n");
      check_against_limits (request, PL_HEAD_REQUEST, usual_limits,
                            excess ? PL_HTTP_FAULT_TARGET_TOO_LONG : PL_HTTP_FAULT_NONE);

      append_line (response, "HTTP/1.1 200 ", "", room + excess);
      g_string_append (response, "\r\n");
      check_against_limits (response, PL_HEAD_RESPONSE, usual_limits,
                            excess ? PL_HTTP_FAULT_HEAD_TOO_LONG : PL_HTTP_FAULT_NONE);
    }
}

/* One field may take all the room that is left; so may two. */
static void
test_head_limit (void)
{
  PlHeadLimits limits = { 128, 100 };

  for (gsize first = 10; first <= 50; first += 40)
    for (gsize excess = 0; excess <= 1; excess++)
      {
        g_autoptr (GString) text = g_string_new ("\r\nGET / HTTP/1.1\r\n");
        gsize room;

        append_line (text, "A: ", "", first);
        room = limits.head_bytes - text->len - strlen ("\r\n\r\n");
        append_line (text, "B: ", "", room + excess);
        g_string_append (text, "\r\n");
        g_assert_cmpuint (text->len, ==, limits.head_bytes + excess);
        check_against_limits (text, PL_HEAD_REQUEST, limits,
                              excess ? PL_HTTP_FAULT_HEAD_TOO_LONG : PL_HTTP_FAULT_NONE);
      }
}

/* A sender of an endless line is stopped when it is too long, not when it ends. */
static void
test_endless_line (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (PlHead) head = { 0 };
  PlHttpFault fault;

  append_times (text, 'a', usual_limits.head_bytes - 3);
  pl_head_init (&head, PL_HEAD_REQUEST, usual_limits);
  g_assert_cmpint (pl_head_parse (&head, text->str, text->len - 1, &fault), ==, PL_PARSE_MORE);
  g_assert_cmpint (pl_head_parse (&head, text->str, text->len, &fault), ==, PL_PARSE_BAD);
  g_assert_cmpint (fault, ==, PL_HTTP_FAULT_TARGET_TOO_LONG);
}

static void
append_fields (GString *text, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    g_string_append_printf (text, "A: %u\r\n", i);
  g_string_append (text, "\r\n");
}

static void
test_field_count_limit (void)
{
  for (guint excess = 0; excess <= 1; excess++)
    {
      g_autoptr (GString) text = g_string_new ("GET / HTTP/1.1\r\n");

      append_fields (text, usual_limits.n_fields + excess);
      check_against_limits (text, PL_HEAD_REQUEST, usual_limits,
                            excess ? PL_HTTP_FAULT_TOO_MANY_FIELDS : PL_HTTP_FAULT_NONE);
    }
}

static void
assert_counted_fields (const PlHead *head, guint n_fields)
{
  g_assert_cmpuint (head->n_fields, ==, n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_assert_true (pl_slice_equal (head->fields[i].value, pl_slice_from_string (number)));
    }
}

/* Around the places that a head has of its own, and far beyond; each from a buffer that moves. */
static void
test_any_number_of_fields (void)
{
  static const guint numbers[] = { PL_HEAD_USUAL_FIELDS - 1, PL_HEAD_USUAL_FIELDS,
                                   PL_HEAD_USUAL_FIELDS + 1, 2 * PL_HEAD_USUAL_FIELDS + 1, 5000 };
  PlHeadLimits limits = { 64 * 1024, PL_HEAD_ANY_NUMBER };
  g_auto (PlHead) head = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\n");
      PlSlice slice;
      PlHttpFault fault;

      append_fields (text, numbers[i]);
      slice = pl_slice (text->str, text->len);
      pl_head_clear (&head);
      pl_head_init (&head, PL_HEAD_RESPONSE, limits);
      g_assert_cmpint (
          feed_pieces (&head, pl_head_parse, slice, (FeedCut){ 100, 500 }, TRUE, &fault), ==,
          PL_PARSE_DONE);
      assert_counted_fields (&head, numbers[i]);
    }
  pl_head_clear (&head);
  g_assert_cmpuint (head.n_fields, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/head-limits/first-line", test_first_line_limit);
  g_test_add_func ("/http/head-limits/head", test_head_limit);
  g_test_add_func ("/http/head-limits/endless-line", test_endless_line);
  g_test_add_func ("/http/head-limits/field-count", test_field_count_limit);
  g_test_add_func ("/http/head-limits/any-number", test_any_number_of_fields);
  return g_test_run ();
}
