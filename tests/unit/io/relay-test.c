/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/relay.c: how octets are moved: in few sends, spliced or copied alike, no faster than the
 * receiver takes them, with nothing borrowed while there is nothing to hold. What is moved, and
 * what not, is relay-framing-test.c's. */

#include <string.h>

#include "tests/unit/io/course.h"

#define HEAD       "HTTP/1.1 200 OK\r\n\r\n"
#define HEAD_BYTES (sizeof HEAD - 1)
#define FIXED(length)                                                                              \
  {                                                                                                \
    PL_BODY_FIXED, length                                                                          \
  }

/* More than a connection holds while nobody reads. */
#define FLOOD_BYTES (12 * 1024 * 1024)

static PlSlice
new_filling (gsize length)
{
  char *bytes = g_malloc (length);

  fixture_fill (bytes, length, 0);
  return pl_slice (bytes, length);
}

static void
free_text (PlSlice text)
{
  g_free ((char *) text.bytes);
}

static void
assert_arrived (const Course *course, const char *head, PlSlice body)
{
  const GByteArray *arrived = course->arrived;

  g_assert_cmpuint (arrived->len, ==, strlen (head) + body.length);
  g_assert_cmpmem (arrived->data, strlen (head), head, strlen (head));
  g_assert_true (memcmp (arrived->data + strlen (head), body.bytes, body.length) == 0);
}

/* Sending */

static void
test_head_and_body_leave_together (Fixture *fixture, gconstpointer platform)
{
  static const gsize lengths[] = { 1, 100, 4096, 4097, 8000, 20000, 30000 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (lengths); i++)
    {
      PlSlice body = new_filling (lengths[i / 2]);
      Course course;

      course_open (&course, fixture);
      course_put_input (&course, body);
      course_begin (&course, HEAD,
                    (PlRelaySetup){ .body = FIXED (body.length), .keep_head = i % 2 });
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_DONE);
      g_assert_cmpuint (course.n_sends, ==, 1);
      course_finish (&course);
      assert_arrived (&course, HEAD, body);
      course_close (&course);
      free_text (body);
    }
}

/* The head need not wait for a body, nor a long head be sent at once. */
static void
test_head_goes_first (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *head = g_strnfill (8000, 'h');
  Course course;

  course_open (&course, fixture);
  course_begin (&course, head, (PlRelaySetup){ .body = FIXED (4) });
  course.quota = 5000;
  g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
  g_assert_true (pl_relay_wants_to_write (&course.relay));
  g_assert_false (pl_relay_wants_to_read (&course.relay));
  g_assert_true (pl_relay_owes (&course.relay));
  course.quota = G_MAXSIZE;
  g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
  g_assert_false (pl_relay_wants_to_write (&course.relay));
  g_assert_true (pl_relay_wants_to_read (&course.relay));
  g_assert_false (pl_relay_owes (&course.relay));
  g_assert_cmpuint (course.relay.body_bytes, ==, 0);

  course_send_now (&course, PL_SLICE ("body"));
  g_assert_cmpint (course_advance (&course), ==, PL_RELAY_DONE);
  course_finish (&course);
  assert_arrived (&course, head, PL_SLICE ("body"));
  course_close (&course);
}

static void
test_more_is_said_before_an_end_alone (Fixture *fixture, gconstpointer platform)
{
  for (guint end_follows = 0; end_follows < 2; end_follows++)
    {
      Course course;

      course_open (&course, fixture);
      course_begin (&course, HEAD, (PlRelaySetup){ .body = FIXED (8), .end_follows = end_follows });
      course_send_now (&course, PL_SLICE ("half"));
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
      g_assert_false (course.said_more);
      course_send_now (&course, PL_SLICE ("half"));
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_DONE);
      g_assert_cmpint (course.said_more, ==, end_follows);
      course_finish (&course);
      assert_arrived (&course, HEAD, PL_SLICE ("halfhalf"));
      course_close (&course);
    }
}

static void
test_kept_head_comes_back_whole (Fixture *fixture, gconstpointer platform)
{
  static const gsize quotas[] = { 0, 1, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 2 };

  for (guint i = 0; i < G_N_ELEMENTS (quotas); i++)
    {
      g_autofree PlBuffer *head = NULL;
      Course course;

      course_open (&course, fixture);
      course_put_input (&course, PL_SLICE ("body"));
      course_begin (&course, HEAD, (PlRelaySetup){ .body = FIXED (4), .keep_head = TRUE });
      course.quota = quotas[i];
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
      g_assert_true (!pl_relay_has_sent (&course.relay) == (quotas[i] == 0));
      head = pl_relay_take_head_back (&course.relay);
      g_assert_cmpmem (pl_buffer_get_data (head), pl_buffer_get_length (head), HEAD, HEAD_BYTES);
      course_close (&course);
    }
}

static void
test_forgotten_head_goes_back_to_the_pool (Fixture *fixture, gconstpointer platform)
{
  Course course;

  course_open (&course, fixture);
  course_begin (&course, HEAD, (PlRelaySetup){ .body = FIXED (4), .keep_head = TRUE });
  g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
  g_assert_cmpuint (course.pools.buffers.n_free[PL_BUFFER_HEAD], ==, 0);
  pl_relay_forget_head (&course.relay);
  g_assert_cmpuint (course.pools.buffers.n_free[PL_BUFFER_HEAD], ==, 1);
  course_send_now (&course, PL_SLICE ("body"));
  g_assert_cmpint (course_advance (&course), ==, PL_RELAY_DONE);
  course_close (&course);
}

/* Long bodies */

/* Chunks on both sides of what is worth a splice, the last with trailers. */
static PlSlice
new_chunked (PlSlice body)
{
  static const gsize sizes[] = { 1, 65536, 100000, 5, 65535, 300000, 17, 17 };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize offset = 0, i = 0; offset < body.length; i++)
    {
      gsize size = MIN (sizes[i % G_N_ELEMENTS (sizes)], body.length - offset);

      g_string_append_printf (text, "%" G_GSIZE_MODIFIER "x\r\n", size);
      g_string_append_len (text, body.bytes + offset, size);
      g_string_append (text, "\r\n");
      offset += size;
    }
  g_string_append (text, "0\r\nDigest: x\r\n\r\n");
  return pl_slice (g_memdup2 (text->str, text->len), text->len);
}

typedef struct
{
  PlBodyKind kind;
  gboolean dechunk;
  gboolean copies;     /* though it could be spliced */
  gboolean is_spliced; /* where the platform can */
} LongRow;

static void
relay_long (Fixture *fixture, const LongRow *row)
{
  PlSlice body = new_filling (1300 * 1000);
  PlSlice sent = row->kind == PL_BODY_CHUNKED ? new_chunked (body) : body;
  gboolean is_spliced = row->is_spliced && !row->copies && fixture->platform->can_splice;
  Course course;

  course_open (&course, fixture);
  if (row->copies)
    course_forbid_splice (&course);
  course_begin (&course, HEAD,
                (PlRelaySetup){ .body = { row->kind, body.length }, .dechunk = row->dechunk });
  course_send (&course, sent, row->kind == PL_BODY_UNTIL_CLOSE);
  g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
  g_assert_cmpuint (course.relay.body_bytes, ==, body.length);
  pl_relay_clear (&course.relay);
  g_assert_cmpint (course.pools.pipes.free != NULL, ==, is_spliced);
  course_finish (&course);
  assert_arrived (&course, HEAD, row->dechunk ? body : sent);
  course_close (&course);
  if (sent.bytes != body.bytes)
    free_text (sent);
  free_text (body);
}

static void
test_splice_and_copy_are_the_same (Fixture *fixture, gconstpointer platform)
{
  static const LongRow rows[] = {
    { PL_BODY_FIXED, FALSE, FALSE, TRUE },       { PL_BODY_FIXED, FALSE, TRUE, TRUE },
    { PL_BODY_CHUNKED, FALSE, FALSE, TRUE },     { PL_BODY_CHUNKED, FALSE, TRUE, TRUE },
    { PL_BODY_CHUNKED, TRUE, FALSE, FALSE },     { PL_BODY_CHUNKED, TRUE, TRUE, FALSE },
    { PL_BODY_UNTIL_CLOSE, FALSE, FALSE, TRUE }, { PL_BODY_UNTIL_CLOSE, FALSE, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    relay_long (fixture, &rows[i]);
}

static gsize
count_held (const Course *course)
{
  const PlPipe *pipe = course->relay.pipe;

  return pl_buffer_get_length (course->input) + (pipe != NULL ? pl_pipe_get_length (pipe) : 0);
}

/* What the relay holds is bounded, whatever the systems' sockets hold besides. */
static void
flood_sleeper (Fixture *fixture, gboolean copies)
{
  PlSlice body = new_filling (FLOOD_BYTES);
  Course course;

  course_open (&course, fixture);
  if (copies)
    course_forbid_splice (&course);
  course.target_sleeps = TRUE;
  course_begin (&course, HEAD, (PlRelaySetup){ .body = FIXED (body.length) });
  course_send (&course, body, FALSE);
  course_run_until_stuck (&course);
  g_assert_true (pl_relay_wants_to_write (&course.relay));
  g_assert_false (pl_relay_wants_to_read (&course.relay));
  g_assert_cmpuint (course.relay.body_bytes, <, body.length);
  g_assert_cmpuint (count_held (&course), <=, 1024 * 1024);
  g_assert_true (course.input == NULL || course.relay.pipe == NULL);

  course.target_sleeps = FALSE;
  g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
  course_finish (&course);
  assert_arrived (&course, HEAD, body);
  course_close (&course);
  free_text (body);
}

static void
test_goes_no_faster_than_the_receiver (Fixture *fixture, gconstpointer platform)
{
  flood_sleeper (fixture, FALSE);
  if (fixture->platform->can_splice)
    flood_sleeper (fixture, TRUE);
}

/* What was meant for a receiver that is gone is thrown away wherever it is: in the input, in a
 * pipe, not yet sent. */
static void
discard_midway (Fixture *fixture, gboolean copies)
{
  PlSlice body = new_filling (300 * 1000);
  const gsize n_held = 20 * 1000;
  Course course;

  course_open (&course, fixture);
  if (copies)
    course_forbid_splice (&course);
  course_begin (&course, HEAD, (PlRelaySetup){ .body = FIXED (body.length) });
  g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
  course_send_now (&course, pl_slice (body.bytes, n_held));
  /* However many pieces it arrives in. */
  FIXTURE_WAIT (fixture, (course.to.stream.socket.ready &= ~PL_READY_WRITE,
                          course_advance (&course) == PL_RELAY_RUNNING)
                             && count_held (&course) == n_held);
  g_assert_true (pl_relay_owes (&course.relay));

  pl_relay_discard (&course.relay);
  g_assert_null (course.relay.pipe);
  course_send (&course, pl_slice_from (body, n_held), FALSE);
  g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
  g_assert_cmpuint (course.relay.body_bytes, ==, body.length);
  course_finish (&course);
  assert_arrived (&course, HEAD, PL_SLICE (""));
  course_close (&course);
  free_text (body);
}

static void
test_discard_midway (Fixture *fixture, gconstpointer platform)
{
  discard_midway (fixture, FALSE);
  if (fixture->platform->can_splice)
    discard_midway (fixture, TRUE);
}

/* Waiting */

/* For the first octet, and in the middle of a body that is spliced where that is possible. */
static void
test_holds_nothing_while_the_sender_is_silent (Fixture *fixture, gconstpointer platform)
{
  PlSlice half = new_filling (200 * 1000);
  Course course;

  course_open (&course, fixture);
  course_begin (&course, HEAD, (PlRelaySetup){ .body = FIXED (2 * half.length) });
  for (guint i = 0; i < 2; i++)
    {
      FIXTURE_WAIT (fixture, course_step (&course) == PL_RELAY_RUNNING
                                 && pl_relay_wants_to_read (&course.relay)
                                 && course.relay.body_bytes == i * half.length);
      g_assert_null (course.input);
      g_assert_null (course.relay.head);
      g_assert_null (course.relay.pipe);
      course_send (&course, half, FALSE);
    }
  g_assert_cmpint (course_run (&course), ==, PL_RELAY_DONE);
  course_close (&course);
  free_text (half);
}

static gsize most_asked_for;

static PlIo
receive_without_end (PlStream *stream, char *bytes, gsize capacity, gsize *received)
{
  most_asked_for = MAX (most_asked_for, capacity);
  memset (bytes, 'x', capacity);
  *received = capacity;
  return PL_IO_DONE;
}

static PlIo
send_nowhere (PlStream *stream,
              const GOutputVector *vectors,
              guint n_vectors,
              gboolean more,
              gsize *sent)
{
  *sent = pl_platform_get_total_size (vectors, n_vectors);
  return PL_IO_DONE;
}

static const PlStreamFuncs endless
    = { .receive = receive_without_end, .send = send_nowhere, .can_splice = FALSE };

static void
test_lets_others_have_their_turn (Fixture *fixture, gconstpointer platform)
{
  const PlStreamFuncs *plain;
  Course course;

  course_open (&course, fixture);
  plain = course.from.stream.funcs;
  course.from.stream.funcs = course.to.stream.funcs = &endless;
  course.from.stream.socket.ready |= PL_READY_READ;
  course_begin (&course, HEAD, (PlRelaySetup){ .body = { PL_BODY_UNTIL_CLOSE, 0 } });
  for (guint i = 1; i <= 4; i++)
    {
      if (i == 3)
        pl_relay_discard (&course.relay);
      g_assert_cmpint (pl_relay_advance (&course.relay), ==, PL_RELAY_YIELDED);
      g_assert_cmpuint (course.relay.body_bytes, >=, i * 512 * 1024);
      g_assert_cmpuint (course.relay.body_bytes, <=, i * 2048 * 1024);
    }
  course.from.stream.funcs = course.to.stream.funcs = plain;
  course_close (&course);
}

/* The buffer in which the head came is too small for what follows: each call costs. */
static void
test_long_bodies_are_copied_in_large_pieces (Fixture *fixture, gconstpointer platform)
{
  static const PlBody bodies[]
      = { FIXED (G_MAXUINT32), { PL_BODY_UNTIL_CLOSE, 0 }, FIXED (16 * 1024) };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      gboolean is_long = bodies[i].kind != PL_BODY_FIXED || bodies[i].length_bytes > 16 * 1024;
      const PlStreamFuncs *plain;
      Course course;

      course_open (&course, fixture);
      course_put_input (&course, PL_SLICE ("begin"));
      plain = course.from.stream.funcs;
      course.from.stream.funcs = course.to.stream.funcs = &endless;
      course.from.stream.socket.ready |= PL_READY_READ;
      course_begin (&course, HEAD, (PlRelaySetup){ .body = bodies[i] });
      most_asked_for = 0;
      g_assert_cmpint (pl_relay_advance (&course.relay), ==,
                       is_long ? PL_RELAY_YIELDED : PL_RELAY_DONE);
      g_assert_cmpint (most_asked_for >= 128 * 1024, ==, is_long);
      course.from.stream.funcs = course.to.stream.funcs = plain;
      course_close (&course);
    }
}

/* Ends */

/* Above all an answer that lasts until the end must not look whole when it was broken off. */
static void
test_reset_sender_is_no_end (Fixture *fixture, gconstpointer platform)
{
  static const PlBodyKind kinds[] = { PL_BODY_FIXED, PL_BODY_CHUNKED, PL_BODY_UNTIL_CLOSE };

  if (fixture_loses_resets (fixture))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Course course;

      course_open (&course, fixture);
      course_begin (&course, HEAD, (PlRelaySetup){ .body = { kinds[i], 100 } });
      course_send_now (&course, PL_SLICE ("5\r\nfirst"));
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_RUNNING);
      pl_stream_close (&course.source.stream, TRUE);
      FIXTURE_WAIT (fixture,
                    pl_socket_has (&course.from.stream.socket, PL_READY_READ | PL_READY_BROKEN));
      g_assert_cmpint (course_advance (&course), ==, PL_RELAY_FROM_BROKEN);
      course_close (&course);
    }
}

static void
test_broken_receiver (Fixture *fixture, gconstpointer platform)
{
  PlSlice body = new_filling (2 * 1000 * 1000);

  for (guint copies = 0; copies < 2; copies++)
    {
      Course course;

      course_open (&course, fixture);
      if (copies)
        course_forbid_splice (&course);
      course.target_sleeps = TRUE;
      course_begin (&course, HEAD, (PlRelaySetup){ .body = FIXED (body.length) });
      pl_stream_close (&course.target.stream, TRUE);
      FIXTURE_WAIT (fixture, (pl_socket_want (&course.to.stream.socket, PL_READY_READ),
                              pl_socket_has (&course.to.stream.socket, PL_READY_READ)));
      course_send (&course, body, FALSE);
      g_assert_cmpint (course_run (&course), ==, PL_RELAY_TO_BROKEN);
      course_close (&course);
    }
  free_text (body);
}

static const FixtureTest tests[] = {
  { "head-and-body-leave-together", test_head_and_body_leave_together },
  { "head-goes-first", test_head_goes_first },
  { "more-is-said-before-an-end-alone", test_more_is_said_before_an_end_alone },
  { "kept-head-comes-back-whole", test_kept_head_comes_back_whole },
  { "forgotten-head-goes-back-to-the-pool", test_forgotten_head_goes_back_to_the_pool },
  { "splice-and-copy-are-the-same", test_splice_and_copy_are_the_same },
  { "goes-no-faster-than-the-receiver", test_goes_no_faster_than_the_receiver },
  { "discard-midway", test_discard_midway },
  { "holds-nothing-while-the-sender-is-silent", test_holds_nothing_while_the_sender_is_silent },
  { "lets-others-have-their-turn", test_lets_others_have_their_turn },
  { "long-bodies-are-copied-in-large-pieces", test_long_bodies_are_copied_in_large_pieces },
  { "reset-sender-is-no-end", test_reset_sender_is_no_end },
  { "broken-receiver", test_broken_receiver },
};

int
main (int argc, char *argv[])
{
  return fixture_run_tests (argc, argv, "relay", tests, G_N_ELEMENTS (tests));
}
