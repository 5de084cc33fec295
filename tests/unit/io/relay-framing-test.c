/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/relay.c, relay_vet.c and relay_chunk.c: where a body ends, what of it is sent on, and what
 * stays for the next message; in one piece, octet by octet, and cut in two at every place. */

#include <string.h>

#include "tests/unit/feed.h"
#include "tests/unit/io/course.h"

#define HEAD "HTTP/1.1 200 OK\r\n\r\n"

/* A sender ends where nothing else can end the body, or to break off. */
#define FIXED(length)                                                                              \
  {                                                                                                \
    PL_BODY_FIXED, length                                                                          \
  }
#define CHUNKED                                                                                    \
  {                                                                                                \
    PL_BODY_CHUNKED, 0                                                                             \
  }
#define UNTIL_CLOSE                                                                                \
  {                                                                                                \
    PL_BODY_UNTIL_CLOSE, 0                                                                         \
  }
#define NONE                                                                                       \
  {                                                                                                \
    PL_BODY_NONE, 0                                                                                \
  }

/* @sent: behind the head; @expected: what of it arrives, where the body is bad at most; @behind:
 * what of it is not of this message. */
typedef struct
{
  const char *name;
  PlBody body;
  gboolean dechunk;
  const char *sent;
  const char *expected;
  const char *behind;
  guint64 body_bytes;
  PlRelayState state;
} Row;

static const Row rows[] = {
  { "none", NONE, FALSE, "", "", "", 0, PL_RELAY_DONE },
  { "none-behind", NONE, FALSE, "GET /", "", "GET /", 0, PL_RELAY_DONE },

  { "fixed", FIXED (5), FALSE, "seven", "seven", "", 5, PL_RELAY_DONE },
  { "fixed-behind", FIXED (5), FALSE, "sevenGET /", "seven", "GET /", 5, PL_RELAY_DONE },
  { "fixed-broken-off", FIXED (8), FALSE, "seven", "seven", "", 5, PL_RELAY_FROM_ENDED },

  { "until-close", UNTIL_CLOSE, FALSE, "seven\r\n\r\n", "seven\r\n\r\n", "", 9, PL_RELAY_DONE },
  { "until-close-empty", UNTIL_CLOSE, FALSE, "", "", "", 0, PL_RELAY_DONE },

  { "chunked", CHUNKED, FALSE, "5\r\nseven\r\n0\r\n\r\n", "5\r\nseven\r\n0\r\n\r\n", "", 5,
    PL_RELAY_DONE },
  { "chunked-empty", CHUNKED, FALSE, "0\r\n\r\n", "0\r\n\r\n", "", 0, PL_RELAY_DONE },
  { "chunked-behind", CHUNKED, FALSE, "1\r\na\r\n002\r\n\r\n\r\n0\r\n\r\nGET /",
    "1\r\na\r\n002\r\n\r\n\r\n0\r\n\r\n", "GET /", 3, PL_RELAY_DONE },
  { "chunked-line-ends-behind", CHUNKED, FALSE, "1\r\na\r\n0\r\n\r\n\r\n\r\nGET /",
    "1\r\na\r\n0\r\n\r\n", "\r\n\r\nGET /", 1, PL_RELAY_DONE },
  { "chunked-as-it-came", CHUNKED, FALSE, "A;n=\"v\"\r\n0123456789\r\n000\r\n\r\n",
    "A;n=\"v\"\r\n0123456789\r\n000\r\n\r\n", "", 10, PL_RELAY_DONE },
  { "chunked-broken-off-in-data", CHUNKED, FALSE, "5\r\nsev", "5\r\nsev", "", 3,
    PL_RELAY_FROM_ENDED },
  { "chunked-broken-off-in-size", CHUNKED, FALSE, "1\r\na\r\n1", "1\r\na\r\n1", "", 1,
    PL_RELAY_FROM_ENDED },
  { "chunked-broken-off-before-last-line", CHUNKED, FALSE, "1\r\na\r\n0\r\n", "1\r\na\r\n0\r\n", "",
    1, PL_RELAY_FROM_ENDED },
  { "chunked-broken-off-in-trailers", CHUNKED, FALSE, "0\r\nDigest: x\r\n", "0\r\n", "", 0,
    PL_RELAY_FROM_ENDED },

  { "trailers", CHUNKED, FALSE, "1\r\na\r\n0\r\nDigest: x\r\nX-Note: y\r\n\r\n",
    "1\r\na\r\n0\r\nDigest: x\r\nX-Note: y\r\n\r\n", "", 1, PL_RELAY_DONE },
  { "trailers-filtered", CHUNKED, FALSE,
    "0\r\nContent-Length: 9\r\nDigest: x\r\nX-Forwarded-For: 1.2.3.4\r\nx_real_ip: y\r\n\r\nGET /",
    "0\r\nDigest: x\r\n\r\n", "GET /", 0, PL_RELAY_DONE },
  { "trailers-all-filtered", CHUNKED, FALSE, "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n",
    "", 0, PL_RELAY_DONE },
  { "trailers-bad", CHUNKED, FALSE, "1\r\na\r\n0\r\nno colon\r\n\r\n", "1\r\na\r\n0\r\n", "", 1,
    PL_RELAY_BODY_BAD },
  { "trailers-bad-line-end", CHUNKED, FALSE, "1\r\na\r\n0\r\n\rx\r\n", "1\r\na\r\n0\r\n", "", 1,
    PL_RELAY_BODY_BAD },

  { "bad-size-after-good", CHUNKED, FALSE, "3\r\nabc\r\nxyz\r\n", "3\r\nabc\r\n", "", 3,
    PL_RELAY_BODY_BAD },
  { "bad-end-of-chunk", CHUNKED, FALSE, "3\r\nabcd\r\n", "3\r\nabc", "", 3, PL_RELAY_BODY_BAD },
  { "bad-at-once", CHUNKED, FALSE, "-1\r\n", "", "", 0, PL_RELAY_BODY_BAD },
  { "bad-line-end", CHUNKED, FALSE, "3\nabc\r\n", "3", "", 0, PL_RELAY_BODY_BAD },

  { "dechunked", CHUNKED, TRUE, "3\r\nsev\r\n2;x\r\nen\r\n0\r\n\r\n", "seven", "", 5,
    PL_RELAY_DONE },
  { "dechunked-behind", CHUNKED, TRUE, "5\r\nseven\r\n0\r\n\r\nGET /", "seven", "GET /", 5,
    PL_RELAY_DONE },
  { "dechunked-empty", CHUNKED, TRUE, "0\r\n\r\n", "", "", 0, PL_RELAY_DONE },
  { "dechunked-trailers", CHUNKED, TRUE, "1\r\na\r\n0\r\nDigest: x\r\n\r\nGET /", "a", "GET /", 1,
    PL_RELAY_DONE },
  { "dechunked-bad", CHUNKED, TRUE, "3\r\nabc\r\nxyz\r\n", "abc", "", 3, PL_RELAY_BODY_BAD },
  { "dechunked-broken-off", CHUNKED, TRUE, "3\r\nabc\r\n1\r\n", "abc", "", 3, PL_RELAY_FROM_ENDED },
};

typedef struct
{
  const Row *row;
  Course *course;
} Run;

static gboolean
sender_ends (const Row *row)
{
  return row->body.kind == PL_BODY_UNTIL_CLOSE || row->state == PL_RELAY_FROM_ENDED;
}

/* The first piece came with the head, as it does when a session has read more than that. */
static PlRelayState
relay_pieces (Course *course, const Row *row, PlSlice text, FeedCut cut)
{
  gsize end = feed_next_end (cut, 0, text.length);
  PlRelayState state;

  course_put_input (course, pl_slice (text.bytes, end));
  course_begin (course, HEAD, (PlRelaySetup){ .body = row->body, .dechunk = row->dechunk });
  state = course_advance (course);
  for (gsize start = end; start < text.length; start = end)
    {
      end = feed_next_end (cut, start, text.length);
      course_send_now (course, pl_slice (text.bytes + start, end - start));
      if (state == PL_RELAY_RUNNING)
        state = course_advance (course);
    }
  course_send (course, PL_SLICE (""), sender_ends (row));
  return state == PL_RELAY_RUNNING ? course_run (course) : state;
}

/* In the input, or not even received. */
static void
assert_behind (Course *course, PlSlice behind)
{
  g_autofree char *bytes = g_malloc (behind.length + 1);
  gsize n_bytes = pl_buffer_get_length (course->input), received;

  g_assert_cmpuint (n_bytes, <=, behind.length);
  if (n_bytes > 0)
    memcpy (bytes, pl_buffer_get_data (course->input), n_bytes);
  for (; n_bytes < behind.length; n_bytes += received)
    g_assert_cmpint (fixture_receive (course->fixture, &course->from, bytes + n_bytes,
                                      behind.length - n_bytes, &received),
                     ==, PL_IO_DONE);
  g_assert_cmpmem (bytes, n_bytes, behind.bytes, behind.length);
}

static void
assert_arrived (const GByteArray *arrived, const Row *row)
{
  g_autofree char *text = g_strndup ((const char *) arrived->data, arrived->len);

  g_assert_true (g_str_has_prefix (text, HEAD));
  if (row->state != PL_RELAY_BODY_BAD || row->dechunk)
    g_assert_cmpstr (text + strlen (HEAD), ==, row->expected);
  else if (!g_str_has_prefix (row->expected, text + strlen (HEAD)))
    g_error ("“%s” arrived, and at most “%s” should have", text, row->expected);
}

static void
visit (PlSlice text, FeedCut cut, gconstpointer data)
{
  const Run *run = data;
  Course *course = run->course;

  course_open (course, course->fixture);
  g_assert_cmpint (relay_pieces (course, run->row, text, cut), ==, run->row->state);
  g_assert_cmpuint (course->relay.body_bytes, ==, run->row->body_bytes);
  if (run->row->state == PL_RELAY_DONE)
    assert_behind (course, pl_slice_from_string (run->row->behind));
  course_finish (course);
  assert_arrived (course->arrived, run->row);
  course_close (course);
}

static void
test_rows (Fixture *fixture, gconstpointer platform)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Course course = { .fixture = fixture };
      Run run = { &rows[i], &course };

      g_test_message ("%s", rows[i].name);
      feed_every_way (pl_slice_from_string (rows[i].sent), visit, &run);
    }
}

/* The same where nobody takes what is sent: each octet of the body is judged as before, and a
 * fault is found as before. */
static void
test_discarded_rows (Fixture *fixture, gconstpointer platform)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Course course;

      g_test_message ("%s", rows[i].name);
      course_open (&course, fixture);
      course_begin (&course, HEAD,
                    (PlRelaySetup){ .body = rows[i].body, .dechunk = rows[i].dechunk });
      pl_relay_discard (&course.relay);
      course_send (&course, pl_slice_from_string (rows[i].sent), sender_ends (&rows[i]));
      g_assert_cmpint (course_run (&course), ==, rows[i].state);
      g_assert_cmpuint (course.relay.body_bytes, ==, rows[i].body_bytes);
      if (rows[i].state == PL_RELAY_DONE)
        assert_behind (&course, pl_slice_from_string (rows[i].behind));
      g_assert_false (pl_relay_has_sent (&course.relay));
      course_finish (&course);
      g_assert_cmpuint (course.arrived->len, ==, 0);
      course_close (&course);
    }
}

/* Where the buffer is full in the middle of them, room is made in it. */
static void
test_trailers_across_the_end_of_the_buffer (Fixture *fixture, gconstpointer platform)
{
  const char *trailers = "\r\n0\r\nDigest: x\r\nX-Note: y\r\n\r\n";

  for (gsize n_within = 0; n_within <= strlen (trailers); n_within++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      Course course;
      gsize n_taken;

      course_open (&course, fixture);
      course_put_input (&course, PL_SLICE (" "));
      pl_buffer_consume (course.input, 1);
      n_taken = pl_buffer_get_room (course.input);
      g_string_printf (text, "%" G_GSIZE_MODIFIER "x\r\n", n_taken - n_within - 6);
      while (text->len < n_taken - n_within)
        g_string_append_c (text, 'x');
      g_string_append (text, trailers);
      course_put_input (&course, pl_slice (text->str, n_taken));
      course_begin (&course, HEAD, (PlRelaySetup){ .body = CHUNKED });
      course_send (&course, pl_slice (text->str + n_taken, text->len - n_taken), FALSE);
      g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
      course_finish (&course);
      g_string_prepend (text, HEAD);
      g_assert_cmpmem (course.arrived->data, course.arrived->len, text->str, text->len);
      course_close (&course);
    }
}

/* Too many fields, too many octets, too long a line: refused long before memory runs out. */
static void
test_endless_trailers (Fixture *fixture, gconstpointer platform)
{
  static const gsize value_lengths[] = { 1, 1000, 200 * 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (value_lengths); i++)
    {
      g_autofree char *value = g_strnfill (value_lengths[i], 'x');
      g_autoptr (GString) text = g_string_new ("0\r\n");
      Course course;

      while (text->len < 200 * 1000)
        g_string_append_printf (text, "Digest: %s\r\n", value);
      course_open (&course, fixture);
      course_begin (&course, HEAD, (PlRelaySetup){ .body = CHUNKED });
      course_send (&course, pl_slice (text->str, text->len), FALSE);
      g_assert_cmpint (course_run (&course), ==, PL_RELAY_BODY_BAD);
      course_finish (&course);
      g_assert_cmpmem (course.arrived->data, course.arrived->len, HEAD "0\r\n", strlen (HEAD) + 3);
      course_close (&course);
    }
}

/* For one side that knows no chunks */

static void
write_digest (PlWriter *writer, gpointer user_data)
{
  pl_writer_add_field (writer, PL_SLICE ("Digest"), PL_SLICE ("x"));
}

static void
test_body_is_put_into_chunks (Fixture *fixture, gconstpointer platform)
{
  for (guint has_trailers = 0; has_trailers < 2; has_trailers++)
    {
      PlRelayTrailers trailers = { .write = has_trailers ? write_digest : NULL };
      const char *expected = has_trailers ? HEAD
                                 "00005\r\nseven\r\n00001\r\n!\r\n0\r\nDigest: x\r\n\r\n"
                                          : HEAD "00005\r\nseven\r\n00001\r\n!\r\n0\r\n\r\n";
      Course course;

      course_open (&course, fixture);
      course_begin (&course, HEAD,
                    (PlRelaySetup){ .body = UNTIL_CLOSE, .chunk = TRUE, .trailers = trailers });
      course_send_now (&course, PL_SLICE ("seven"));
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
      course_send_now (&course, PL_SLICE ("!"));
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
      course_send (&course, PL_SLICE (""), TRUE);
      g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
      g_assert_cmpuint (course.relay.body_bytes, ==, 6);
      course_finish (&course);
      g_assert_cmpmem (course.arrived->data, course.arrived->len, expected, strlen (expected));
      course_close (&course);
    }
}

/* What arrives in chunks, without them. */
static GByteArray *
take_chunks_off (const GByteArray *arrived)
{
  GByteArray *body = g_byte_array_new ();
  const char *rest = (const char *) arrived->data + strlen (HEAD);
  const char *end = (const char *) arrived->data + arrived->len;
  PlChunkedEvent event = PL_CHUNKED_DATA;
  gsize taken, data_bytes;
  PlChunked chunked;
  PlHttpFault fault;

  pl_chunked_init (&chunked);
  while (event == PL_CHUNKED_DATA)
    {
      event = pl_chunked_advance (&chunked, rest, end - rest, &taken, &data_bytes, &fault);
      g_byte_array_append (body, (const guint8 *) rest + taken, data_bytes);
      rest += taken + data_bytes;
    }
  g_assert_cmpint (event, ==, PL_CHUNKED_TRAILERS);
  g_assert_cmpmem (rest, end - rest, "\r\n", 2);
  return body;
}

/* Also where chunks fill the buffer, and leave in pieces. */
static void
test_long_body_is_put_into_chunks (Fixture *fixture, gconstpointer platform)
{
  gsize length = 700 * 1000;
  g_autofree char *text = g_malloc (length);
  g_autoptr (GByteArray) body = NULL;
  Course course;

  fixture_fill (text, length, 0);
  course_open (&course, fixture);
  course_begin (&course, HEAD, (PlRelaySetup){ .body = UNTIL_CLOSE, .chunk = TRUE });
  course_send (&course, pl_slice (text, length), TRUE);
  g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
  g_assert_cmpuint (course.relay.body_bytes, ==, length);
  course_finish (&course);
  body = take_chunks_off (course.arrived);
  g_assert_cmpuint (body->len, ==, length);
  g_assert_true (memcmp (body->data, text, length) == 0);
  course_close (&course);
}

static void
take_trailers (const PlHead *trailers, gpointer user_data)
{
  for (guint i = 0; i < trailers->n_fields; i++)
    g_string_append_printf (user_data, "%.*s=%.*s;", (int) trailers->fields[i].name.length,
                            trailers->fields[i].name.bytes, (int) trailers->fields[i].value.length,
                            trailers->fields[i].value.bytes);
}

static void
visit_trailers (PlSlice text, FeedCut cut, gconstpointer data)
{
  g_autoptr (GString) taken = g_string_new (NULL);
  PlRelayTrailers trailers = { .take = take_trailers, .user_data = taken };
  Course *course = ((const Run *) data)->course;
  gsize end = feed_next_end (cut, 0, text.length);

  course_open (course, course->fixture);
  course_put_input (course, pl_slice (text.bytes, end));
  course_begin (course, HEAD,
                (PlRelaySetup){ .body = CHUNKED, .dechunk = TRUE, .trailers = trailers });
  course_send (course, pl_slice_from (text, end), FALSE);
  g_assert_cmpint (course_run (course), ==, PL_RELAY_DONE);
  g_assert_cmpstr (taken->str, ==, "Digest=x;X-Note=y;");
  course_finish (course);
  g_assert_cmpmem (course->arrived->data, course->arrived->len, HEAD "a", strlen (HEAD) + 1);
  course_close (course);
}

static void
test_trailers_are_handed_over (Fixture *fixture, gconstpointer platform)
{
  Course course = { .fixture = fixture };
  Run run = { NULL, &course };

  feed_every_way (PL_SLICE ("1\r\na\r\n0\r\nDigest: x\r\nX-Note: y\r\n\r\n"), visit_trailers, &run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("relay-framing", "rows", test_rows);
  fixture_add_test ("relay-framing", "discarded-rows", test_discarded_rows);
  fixture_add_test ("relay-framing", "trailers-across-the-end-of-the-buffer",
                    test_trailers_across_the_end_of_the_buffer);
  fixture_add_test ("relay-framing", "endless-trailers", test_endless_trailers);
  fixture_add_test ("relay-framing", "body-is-put-into-chunks", test_body_is_put_into_chunks);
  fixture_add_test ("relay-framing", "long-body-is-put-into-chunks",
                    test_long_body_is_put_into_chunks);
  fixture_add_test ("relay-framing", "trailers-are-handed-over", test_trailers_are_handed_over);
  return g_test_run ();
}
