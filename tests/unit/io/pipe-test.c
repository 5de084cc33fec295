/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/pipe_linux.c: octets through a pipe, whole and in order, and what splice(2) says of the
 * sockets at both its ends. */

#include <string.h>

#include "tests/unit/io/fixture.h"
#include "net/io/pipe.h"

/* source → from ⇒ pipe ⇒ to → target: two connections, and the pipe between them. */
typedef struct
{
  PeerEnd source, from, to, target;
  PlPipePool pool;
  PlPipe *pipe;
} Course;

static void
course_set_up (Course *course, Fixture *fixture)
{
  *course = (Course){ 0 };
  fixture_connect (fixture, &course->source, &course->from);
  fixture_connect (fixture, &course->to, &course->target);
  course->pipe = pl_pipe_take (&course->pool);
  g_assert_nonnull (course->pipe);
  g_assert_true (pl_stream_can_splice (&course->from.stream));
}

static void
course_tear_down (Course *course, Fixture *fixture)
{
  fixture_close (fixture, &course->source);
  fixture_close (fixture, &course->from);
  fixture_close (fixture, &course->to);
  fixture_close (fixture, &course->target);
  pl_pipe_give (&course->pool, &course->pipe);
  pl_pipe_pool_clear (&course->pool);
}

static PlIo
fill (Course *course, Fixture *fixture, gsize limit, gsize *received)
{
  PlIo io;

  FIXTURE_WAIT (fixture, (pl_socket_want (&course->from.stream.socket, PL_READY_READ),
                          io = pl_pipe_fill (course->pipe, &course->from.stream, limit, received))
                             != PL_IO_BLOCKED);
  return io;
}

static void
send_text (PeerEnd *end, const char *text)
{
  gsize sent;

  g_assert_cmpint (fixture_send (end, text, strlen (text), &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, strlen (text));
}

static void
test_passes_and_ends (Fixture *fixture, gconstpointer platform)
{
  gsize received, sent;
  char bytes[64];
  Course course;

  course_set_up (&course, fixture);
  g_assert_cmpint (pl_pipe_fill (course.pipe, &course.from.stream, 100, &received), ==,
                   PL_IO_BLOCKED);
  send_text (&course.source, "through the pipe");
  g_assert_cmpint (fill (&course, fixture, 7, &received), ==, PL_IO_DONE);
  g_assert_cmpuint (received, ==, 7);
  g_assert_cmpint (fill (&course, fixture, 1000, &received), ==, PL_IO_DONE);
  g_assert_cmpuint (pl_pipe_get_length (course.pipe), ==, 16);
  g_assert_cmpint (pl_pipe_flush (course.pipe, &course.to.stream, FALSE, &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, 16);
  g_assert_cmpuint (pl_pipe_get_length (course.pipe), ==, 0);
  g_assert_cmpint (fixture_receive (fixture, &course.target, bytes, sizeof bytes, &received), ==,
                   PL_IO_DONE);
  g_assert_cmpmem (bytes, received, "through the pipe", 16);

  pl_stream_shut_write (&course.source.stream);
  g_assert_cmpint (fill (&course, fixture, 100, &received), ==, PL_IO_END);
  g_assert_cmpint (fill (&course, fixture, 100, &received), ==, PL_IO_END);
  course_tear_down (&course, fixture);
}

static void
test_reset_is_no_end (Fixture *fixture, gconstpointer platform)
{
  gsize received;
  Course course;

  course_set_up (&course, fixture);
  pl_stream_close (&course.source.stream, TRUE);
  g_assert_cmpint (fill (&course, fixture, 100, &received), ==, PL_IO_BROKEN);
  course_tear_down (&course, fixture);
}

static void
test_reset_told_by_a_flush_is_no_end (Fixture *fixture, gconstpointer platform)
{
  gsize received, sent;
  char bytes[8];
  Course course;

  course_set_up (&course, fixture);
  send_text (&course.source, "upload");
  g_assert_cmpint (fill (&course, fixture, 100, &received), ==, PL_IO_DONE);
  pl_stream_close (&course.target.stream, TRUE);
  g_usleep (20 * 1000);
  g_assert_cmpint (pl_pipe_flush (course.pipe, &course.to.stream, FALSE, &sent), ==, PL_IO_BROKEN);
  g_assert_cmpint (fixture_receive (fixture, &course.to, bytes, sizeof bytes, &received), ==,
                   PL_IO_BROKEN);
  course_tear_down (&course, fixture);
}

/* Sends in pieces of odd sizes, the smallest of which fill the pipe's places long before its
 * octets. */
static gsize
send_some (Course *course, const char *pattern, gsize total, gsize n_sent)
{
  gsize sent;

  for (guint i = 0; i < 200 && n_sent < total; i++)
    {
      gsize length = MIN (total - n_sent, i % 3 == 0 ? 13 : 1 + n_sent * 7 % 5000);

      if (fixture_send (&course->source, pattern + n_sent, length, &sent) != PL_IO_DONE)
        break;
      n_sent += sent;
    }
  return n_sent;
}

static void
move_what_goes (Course *course)
{
  gsize moved;
  PlIo io;

  do
    {
      io = PL_IO_DONE;
      while (pl_pipe_get_length (course->pipe) > 0 && io == PL_IO_DONE)
        io = pl_pipe_flush (course->pipe, &course->to.stream, FALSE, &moved);
      if (io == PL_IO_DONE)
        io = pl_pipe_fill (course->pipe, &course->from.stream, 200 * 1000, &moved);
    }
  while (io == PL_IO_DONE);
  g_assert_cmpint (io, ==, PL_IO_BLOCKED);
}

static gsize
receive_some (Course *course, char *bytes, gsize capacity, gsize n_received)
{
  gsize received;

  while (pl_stream_receive (&course->target.stream, bytes, capacity, &received) == PL_IO_DONE)
    {
      fixture_assert_filled (bytes, received, n_received);
      n_received += received;
    }
  return n_received;
}

static void
test_whole_and_in_order (Fixture *fixture, gconstpointer platform)
{
  const gsize total = 24 * 1024 * 1024;
  g_autofree char *pattern = g_malloc (total);
  g_autofree char *bytes = g_malloc (64 * 1024);
  gsize n_sent = 0, n_received = 0;
  gint64 patience_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  Course course;

  fixture_fill (pattern, total, 0);
  course_set_up (&course, fixture);
  pl_socket_want (&course.source.stream.socket, PL_READY_WRITE);
  pl_socket_want (&course.from.stream.socket, PL_READY_READ);
  pl_socket_want (&course.to.stream.socket, PL_READY_WRITE);
  pl_socket_want (&course.target.stream.socket, PL_READY_READ);
  while (n_received < total)
    {
      n_sent = send_some (&course, pattern, total, n_sent);
      move_what_goes (&course);
      /* Now and then the receiver sleeps, so that all before it runs full. */
      if (fixture->n_turns % 16 != 0)
        n_received = receive_some (&course, bytes, 64 * 1024, n_received);
      g_assert_cmpint (g_get_monotonic_time (), <, patience_us);
      fixture->n_turns++;
      g_main_context_iteration (fixture->context, FALSE);
    }
  course_tear_down (&course, fixture);
}

/* Blocked by a full pipe, the socket has more: no edge would ever tell. */
static void
test_full_pipe_says_nothing_of_the_socket (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *bytes = g_malloc0 (8 * 1024 * 1024);
  PlIo io = PL_IO_DONE;
  Course course;
  gsize moved;

  course_set_up (&course, fixture);
  while (fixture_send (&course.source, bytes, 8 * 1024 * 1024, &moved) == PL_IO_DONE)
    continue;
  g_assert_cmpint (fill (&course, fixture, 1, &moved), ==, PL_IO_DONE);
  fixture_run_for (fixture, 40);
  while (io == PL_IO_DONE)
    {
      io = pl_pipe_fill (course.pipe, &course.from.stream, 8 * 1024 * 1024, &moved);
      if (io == PL_IO_DONE)
        fixture_run_for (fixture, 20);
    }
  g_assert_cmpint (io, ==, PL_IO_BLOCKED);
  g_assert_cmpuint (pl_pipe_get_length (course.pipe), >, 0);
  g_assert_true (pl_socket_has (&course.from.stream.socket, PL_READY_READ));
  course_tear_down (&course, fixture);
}

static void
test_full_socket_blocks_until_it_has_room (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *bytes = g_malloc0 (1024 * 1024);
  gsize n_sent = 0, n_received = 0, moved;
  Course course;

  course_set_up (&course, fixture);
  send_text (&course.source, "one more");
  g_assert_cmpint (fill (&course, fixture, 100, &moved), ==, PL_IO_DONE);
  while (fixture_send (&course.to, bytes, 1024 * 1024, &moved) == PL_IO_DONE)
    n_sent += moved;
  g_assert_cmpint (pl_pipe_flush (course.pipe, &course.to.stream, FALSE, &moved), ==,
                   PL_IO_BLOCKED);
  pl_socket_want (&course.to.stream.socket, PL_READY_WRITE);
  while (n_received < n_sent)
    {
      fixture_receive (fixture, &course.target, bytes, 1024 * 1024, &moved);
      n_received += moved;
    }
  FIXTURE_WAIT (fixture, course.to.n_runs > 0);
  g_assert_cmpint (pl_pipe_flush (course.pipe, &course.to.stream, TRUE, &moved), ==, PL_IO_DONE);
  course_tear_down (&course, fixture);
}

static void
test_pool (Fixture *fixture, gconstpointer platform)
{
  PlPipe *pipes[40], *first;
  PlPipePool pool = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (pipes); i++)
    {
      pipes[i] = pl_pipe_take (&pool);
      g_assert_nonnull (pipes[i]);
    }
  first = pipes[0];
  pl_pipe_give (&pool, &pipes[0]);
  g_assert_null (pipes[0]);
  pl_pipe_give (&pool, &pipes[0]);
  pipes[0] = pl_pipe_take (&pool);
  g_assert_true (pipes[0] == first);

  for (guint i = 0; i < G_N_ELEMENTS (pipes); i++)
    pl_pipe_give (&pool, &pipes[i]);
  g_assert_cmpuint (pool.n_free, <, G_N_ELEMENTS (pipes));
  pl_pipe_pool_clear (&pool);
}

/* What one exchange left must not reach the next. */
static void
test_given_back_full_is_not_taken_again (Fixture *fixture, gconstpointer platform)
{
  gsize received;
  Course course;

  course_set_up (&course, fixture);
  send_text (&course.source, "a secret");
  g_assert_cmpint (fill (&course, fixture, 100, &received), ==, PL_IO_DONE);
  pl_pipe_give (&course.pool, &course.pipe);
  course.pipe = pl_pipe_take (&course.pool);
  g_assert_cmpuint (pl_pipe_get_length (course.pipe), ==, 0);
  course_tear_down (&course, fixture);
}

static void
test_none_to_be_had (Fixture *fixture, gconstpointer platform)
{
  PlPipePool pool = { 0 };

  g_assert_true (fixture_take_descriptors (1));
  g_assert_null (pl_pipe_take (&pool));
  fixture_give_descriptors ();
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    FixtureFunc func;
  } tests[] = {
    { "passes-and-ends", test_passes_and_ends },
    { "reset-is-no-end", test_reset_is_no_end },
    { "reset-told-by-a-flush-is-no-end", test_reset_told_by_a_flush_is_no_end },
    { "whole-and-in-order", test_whole_and_in_order },
    { "full-pipe-says-nothing-of-the-socket", test_full_pipe_says_nothing_of_the_socket },
    { "full-socket-blocks-until-it-has-room", test_full_socket_blocks_until_it_has_room },
    { "pool", test_pool },
    { "given-back-full-is-not-taken-again", test_given_back_full_is_not_taken_again },
    { "none-to-be-had", test_none_to_be_had },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    fixture_add_test_on (&pl_platform_epoll, "pipe", tests[i].name, tests[i].func);
  return g_test_run ();
}
