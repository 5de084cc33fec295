/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a stream ends, on each platform alike: announced or reset, and never before its last octets.
 */

#include "tests/unit/io/ends.h"

static void
test_end_comes_after_the_data_and_stays (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };

  fixture_connect (fixture, &one, &other);
  send_text (&one, "last words");
  pl_stream_shut_write (&one.stream);
  fixture_run_for (fixture, 30);
  assert_receives (fixture, &other, "last words");
  g_assert_cmpint (receive_one (fixture, &other), ==, PL_IO_END);
  g_assert_cmpint (receive_one (fixture, &other), ==, PL_IO_END);

  /* The other direction goes on. */
  send_text (&other, "still here");
  assert_receives (fixture, &one, "still here");
  pl_stream_close (&other.stream, FALSE);
  g_assert_cmpint (receive_one (fixture, &one), ==, PL_IO_END);
  close_both (fixture, &one, &other);
}

/* A call that had room for more has read everything but the end, known already or not. */
static void
assert_end_behind_a_short_read (Fixture *fixture, guint ms_between)
{
  PeerEnd one = { 0 }, other = { 0 };
  char bytes[64];
  gsize received;

  fixture_connect (fixture, &one, &other);
  pl_socket_want (&other.stream.socket, PL_READY_READ);
  send_text (&one, "last words");
  FIXTURE_WAIT (fixture, other.n_runs > 0);
  pl_stream_shut_write (&one.stream);
  fixture_run_for (fixture, ms_between);
  g_assert_cmpint (pl_stream_receive (&other.stream, bytes, sizeof bytes, &received), ==,
                   PL_IO_DONE);
  g_assert_cmpint (receive_one (fixture, &other), ==, PL_IO_END);
  close_both (fixture, &one, &other);
}

static void
test_end_behind_a_short_read (Fixture *fixture, gconstpointer platform)
{
  assert_end_behind_a_short_read (fixture, 0);
  assert_end_behind_a_short_read (fixture, 30);
}

static void
test_end_is_told_to_who_does_not_read (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };

  fixture_connect (fixture, &one, &other);
  pl_socket_want (&other.stream.socket, PL_READY_END);
  pl_stream_close (&one.stream, FALSE);
  FIXTURE_WAIT (fixture, other.n_runs > 0);
  g_assert_true (pl_socket_has (&other.stream.socket, PL_READY_END));
  close_both (fixture, &one, &other);
}

static void
test_reset_is_no_end (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  gsize sent;

  if (fixture_lacks_events (fixture))
    return;
  fixture_connect (fixture, &one, &other);
  pl_socket_want (&other.stream.socket, PL_READY_READ);
  pl_stream_close (&one.stream, TRUE);
  FIXTURE_WAIT (fixture, other.n_runs > 0);
  g_assert_true (pl_socket_has (&other.stream.socket, PL_READY_BROKEN));
  g_assert_cmpint (receive_one (fixture, &other), ==, PL_IO_BROKEN);
  g_assert_cmpint (fixture_send (&other, "x", 1, &sent), ==, PL_IO_BROKEN);
  close_both (fixture, &one, &other);
}

static void
test_reset_after_data_is_no_end (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  PlIo io;

  if (fixture_lacks_events (fixture))
    return;
  fixture_connect (fixture, &one, &other);
  send_text (&one, "half of it");
  pl_stream_close (&one.stream, TRUE);
  while ((io = receive_one (fixture, &other)) == PL_IO_DONE)
    continue;
  g_assert_cmpint (io, ==, PL_IO_BROKEN);
  close_both (fixture, &one, &other);
}

/* The system tells of a reset once: who heard it from a send must not read an end after that. */
static void
test_reset_told_by_a_send_is_no_end (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  gsize sent;
  PlIo io;

  if (fixture_lacks_events (fixture))
    return;
  fixture_connect (fixture, &one, &other);
  send_text (&one, "half of it");
  pl_stream_close (&one.stream, TRUE);
  g_usleep (20 * 1000);
  g_assert_cmpint (fixture_send (&other, "x", 1, &sent), ==, PL_IO_BROKEN);
  while ((io = receive_one (fixture, &other)) == PL_IO_DONE)
    continue;
  g_assert_cmpint (io, ==, PL_IO_BROKEN);
  close_both (fixture, &one, &other);
}

/* An end that was told must not be told in every turn, whatever is waited for. */
static void
test_end_does_not_spin (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  guint n_before;

  fixture_connect (fixture, &one, &other);
  pl_stream_shut_write (&one.stream);
  g_assert_cmpint (receive_one (fixture, &other), ==, PL_IO_END);
  pl_socket_want (&other.stream.socket, PL_READY_READ | PL_READY_END);
  n_before = fixture->n_turns;
  fixture_run_for (fixture, 100);
  g_assert_cmpuint (fixture->n_turns - n_before, <, 20);
  close_both (fixture, &one, &other);
}

static const FixtureTest tests[] = {
  { "end-comes-after-the-data-and-stays", test_end_comes_after_the_data_and_stays },
  { "end-behind-a-short-read", test_end_behind_a_short_read },
  { "end-is-told-to-who-does-not-read", test_end_is_told_to_who_does_not_read },
  { "reset-is-no-end", test_reset_is_no_end },
  { "reset-after-data-is-no-end", test_reset_after_data_is_no_end },
  { "reset-told-by-a-send-is-no-end", test_reset_told_by_a_send_is_no_end },
  { "end-does-not-spin", test_end_does_not_spin },
};

int
main (int argc, char *argv[])
{
  return fixture_run_tests (argc, argv, "stream-end", tests, G_N_ELEMENTS (tests));
}
