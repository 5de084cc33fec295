/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/socket.c, stream.c and the platforms: what readiness promises, on each of them alike. */

#include "tests/unit/io/ends.h"

static void
test_data_both_ways (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  gsize received;
  char bytes[64];

  fixture_connect (fixture, &one, &other);
  send_text (&one, "question");
  assert_receives (fixture, &other, "question");
  send_text (&other, "answer");
  g_assert_cmpint (fixture_receive (fixture, &one, bytes, sizeof bytes, &received), ==, PL_IO_DONE);
  g_assert_cmpmem (bytes, received, "answer", 6);
  /* Less came than there was room for: all is read. */
  g_assert_false (pl_socket_has (&one.stream.socket, PL_READY_READ));
  g_assert_cmpint (pl_stream_receive (&one.stream, bytes, sizeof bytes, &received), ==,
                   PL_IO_BLOCKED);
  close_both (fixture, &one, &other);
}

static void
test_vectors_leave_in_order (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  const GOutputVector vectors[] = { { "he", 2 }, { "", 0 }, { "ad", 2 }, { " and body", 9 } };
  gsize sent;

  fixture_connect (fixture, &one, &other);
  g_assert_cmpint (pl_stream_send (&one.stream, vectors, G_N_ELEMENTS (vectors), FALSE, &sent), ==,
                   PL_IO_DONE);
  g_assert_cmpuint (sent, ==, 13);
  assert_receives (fixture, &other, "head and body");
  close_both (fixture, &one, &other);
}

static void
test_more_does_not_hold_back_for_ever (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  const GOutputVector first = { "first", 5 }, second = { ", last", 6 };
  gsize sent;

  fixture_connect (fixture, &one, &other);
  g_assert_cmpint (pl_stream_send (&one.stream, &first, 1, TRUE, &sent), ==, PL_IO_DONE);
  g_assert_cmpint (pl_stream_send (&one.stream, &second, 1, FALSE, &sent), ==, PL_IO_DONE);
  assert_receives (fixture, &other, "first, last");
  close_both (fixture, &one, &other);
}

/* Nobody who waits for nothing is woken, and nothing is lost by that. */
static void
test_wakes_only_who_wants (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };

  fixture_connect (fixture, &one, &other);
  send_text (&one, "x");
  fixture_run_for (fixture, 30);
  g_assert_cmpuint (other.n_runs, ==, 0);
  assert_receives (fixture, &other, "x");
  assert_nothing_left (&other);

  pl_socket_want (&other.stream.socket, PL_READY_READ);
  fixture_run_for (fixture, 30);
  other.n_runs = 0;
  send_text (&one, "y");
  FIXTURE_WAIT (fixture, other.n_runs > 0);
  /* One that does not react is not called again and again. */
  fixture_run_for (fixture, 60);
  g_assert_cmpuint (other.n_runs, ==, 1);
  assert_receives (fixture, &other, "y");
  close_both (fixture, &one, &other);
}

/* Input that nobody wants is told of once, and no more until somebody wants it. */
static void
leave_unwanted (Fixture *fixture, PeerEnd *from, PeerEnd *to)
{
  pl_socket_want (&to->stream.socket, PL_READY_WRITE);
  fixture_run_for (fixture, 10);
  for (guint i = 0; i < 3; i++)
    {
      send_text (from, "x");
      fixture_run_for (fixture, 10);
    }
  g_assert_true (to->stream.socket.tells_wants);
}

static void
test_unwanted_input_is_not_lost (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };

  fixture_connect (fixture, &one, &other);
  for (guint i = 0; i < 3; i++)
    {
      leave_unwanted (fixture, &one, &other);
      assert_receives (fixture, &other, "xxx");
      assert_nothing_left (&other);
      pl_socket_want (&other.stream.socket, PL_READY_READ);
      fixture_run_for (fixture, 10);
      other.n_runs = 0;
      send_text (&one, "y");
      FIXTURE_WAIT (fixture, other.n_runs > 0);
      assert_receives (fixture, &other, "y");
    }
  close_both (fixture, &one, &other);
}

static void
test_unwanted_input_wakes_who_wants_it_later (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };

  fixture_connect (fixture, &one, &other);
  leave_unwanted (fixture, &one, &other);
  other.n_runs = 0;
  pl_socket_want (&other.stream.socket, PL_READY_READ);
  FIXTURE_WAIT (fixture, other.n_runs > 0);
  assert_receives (fixture, &other, "xxx");
  close_both (fixture, &one, &other);
}

static void
test_end_behind_unwanted_input (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };

  if (fixture_lacks_events (fixture))
    return;
  fixture_connect (fixture, &one, &other);
  leave_unwanted (fixture, &one, &other);
  pl_socket_want (&other.stream.socket, PL_READY_END);
  other.n_runs = 0;
  pl_stream_close (&one.stream, TRUE);
  FIXTURE_WAIT (fixture, other.n_runs > 0);
  fixture_close (fixture, &other);
}

static void
test_moved_with_unwanted_input (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 }, third = { 0 };

  fixture_connect (fixture, &one, &other);
  leave_unwanted (fixture, &one, &other);
  third.task.run = other.task.run;
  third.stream.funcs = other.stream.funcs;
  g_assert_true (pl_socket_move (&other.stream.socket, &third.stream.socket, &third.task));
  assert_receives (fixture, &third, "xxx");
  third.n_runs = 0;
  pl_socket_want (&third.stream.socket, PL_READY_READ);
  send_text (&one, "after");
  FIXTURE_WAIT (fixture, third.n_runs > 0);
  assert_receives (fixture, &third, "after");
  close_both (fixture, &one, &third);
}

static void
test_blocked_writes_resume (Fixture *fixture, gconstpointer platform)
{
  const gsize total = 24 * 1024 * 1024;
  g_autofree char *pattern = g_malloc (total);
  g_autofree char *bytes = g_malloc (100 * 1000);
  PeerEnd one = { 0 }, other = { 0 };
  gsize n_sent = 0, n_received = 0, n_blocked = 0, moved;
  PlIo io;

  fixture_fill (pattern, total, 0);
  fixture_connect (fixture, &one, &other);
  pl_socket_want (&one.stream.socket, PL_READY_WRITE);
  pl_socket_want (&other.stream.socket, PL_READY_READ);
  while (n_received < total)
    {
      io = PL_IO_DONE;
      while (n_sent < total
             && (io = fixture_send (&one, pattern + n_sent, total - n_sent, &moved)) == PL_IO_DONE)
        n_sent += moved;
      if (io != PL_IO_DONE)
        {
          g_assert_cmpint (io, ==, PL_IO_BLOCKED);
          g_assert_false (pl_socket_has (&one.stream.socket, PL_READY_WRITE));
          n_blocked++;
        }
      while ((io = pl_stream_receive (&other.stream, bytes, 100 * 1000, &moved)) == PL_IO_DONE)
        {
          fixture_assert_filled (bytes, moved, n_received);
          n_received += moved;
        }
      g_assert_cmpint (io, ==, PL_IO_BLOCKED);
      if (n_received < total)
        fixture_turn (fixture);
    }
  g_assert_cmpuint (n_blocked, >, 0);
  close_both (fixture, &one, &other);
}

static void
test_room_wakes_who_wants_to_write (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *bytes = g_malloc0 (1024 * 1024);
  PeerEnd one = { 0 }, other = { 0 };
  gsize n_sent = 0, n_received = 0, moved;

  if (fixture_lacks_events (fixture))
    return;
  fixture_connect (fixture, &one, &other);
  while (fixture_send (&one, bytes, 1024 * 1024, &moved) == PL_IO_DONE)
    {
      n_sent += moved;
      /* Who got rid of a part may wait for room at once, without asking to be refused first. */
      g_assert_true (moved == 1024 * 1024 || !pl_socket_has (&one.stream.socket, PL_READY_WRITE));
    }
  pl_socket_want (&one.stream.socket, PL_READY_WRITE);
  fixture_run_for (fixture, 40);
  one.n_runs = 0;
  fixture_run_for (fixture, 40);
  g_assert_cmpuint (one.n_runs, ==, 0);

  while (n_received < n_sent)
    {
      g_assert_cmpint (fixture_receive (fixture, &other, bytes, 1024 * 1024, &moved), ==,
                       PL_IO_DONE);
      n_received += moved;
    }
  FIXTURE_WAIT (fixture, one.n_runs > 0);
  g_assert_cmpint (fixture_send (&one, bytes, 1, &moved), ==, PL_IO_DONE);
  close_both (fixture, &one, &other);
}

static void
test_moved_wakes_its_new_task (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 }, third = { 0 };

  fixture_connect (fixture, &one, &other);
  third.task.run = other.task.run;
  third.stream.funcs = other.stream.funcs;
  pl_socket_want (&other.stream.socket, PL_READY_READ);
  send_text (&one, "before ");
  g_assert_true (pl_socket_move (&other.stream.socket, &third.stream.socket, &third.task));
  g_assert_false (pl_stream_is_open (&other.stream));
  g_assert_true (pl_socket_has (&third.stream.socket, PL_READY_WRITE));
  assert_receives (fixture, &third, "before ");
  assert_nothing_left (&third);
  third.n_runs = 0;
  pl_socket_want (&third.stream.socket, PL_READY_READ);
  send_text (&one, "after");
  FIXTURE_WAIT (fixture, third.n_runs > 0);
  assert_receives (fixture, &third, "after");
  g_assert_cmpuint (other.n_runs, ==, 0);
  close_both (fixture, &one, &third);
}

static const FixtureTest tests[] = {
  { "data-both-ways", test_data_both_ways },
  { "vectors-leave-in-order", test_vectors_leave_in_order },
  { "more-does-not-hold-back-for-ever", test_more_does_not_hold_back_for_ever },
  { "wakes-only-who-wants", test_wakes_only_who_wants },
  { "unwanted-input-is-not-lost", test_unwanted_input_is_not_lost },
  { "unwanted-input-wakes-who-wants-it-later", test_unwanted_input_wakes_who_wants_it_later },
  { "end-behind-unwanted-input", test_end_behind_unwanted_input },
  { "moved-with-unwanted-input", test_moved_with_unwanted_input },
  { "blocked-writes-resume", test_blocked_writes_resume },
  { "room-wakes-who-wants-to-write", test_room_wakes_who_wants_to_write },
  { "moved-wakes-its-new-task", test_moved_wakes_its_new_task },
};

int
main (int argc, char *argv[])
{
  return fixture_run_tests (argc, argv, "stream", tests, G_N_ELEMENTS (tests));
}
