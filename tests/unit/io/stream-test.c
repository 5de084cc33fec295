/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/socket.c, stream.c and the platforms: what readiness promises, on each of them alike. */

#include <string.h>

#include "tests/unit/io/fixture.h"

static void
close_both (Fixture *fixture, PeerEnd *one, PeerEnd *other)
{
  fixture_close (fixture, one);
  fixture_close (fixture, other);
}

static void
send_text (PeerEnd *end, const char *text)
{
  gsize sent;

  g_assert_cmpint (fixture_send (end, text, strlen (text), &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, strlen (text));
}

static void
assert_receives (Fixture *fixture, PeerEnd *end, const char *text)
{
  g_autofree char *bytes = g_malloc (strlen (text));
  gsize received;

  g_assert_cmpint (fixture_receive (fixture, end, bytes, strlen (text), &received), ==, PL_IO_DONE);
  g_assert_cmpmem (bytes, received, text, strlen (text));
}

/* Whoever has read exactly what was there knows only now that this was all. */
static void
assert_nothing_left (PeerEnd *end)
{
  gsize received;
  char octet;

  g_assert_cmpint (pl_stream_receive (&end->stream, &octet, 1, &received), ==, PL_IO_BLOCKED);
}

static PlIo
receive_one (Fixture *fixture, PeerEnd *end)
{
  char bytes[1];
  gsize received;

  return fixture_receive (fixture, end, bytes, sizeof bytes, &received);
}

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

static void
test_ports (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GError) error = NULL;
  PlAddress address;
  PlHandle handle = fixture_listen (fixture, &address), second;

  g_assert_cmpuint (address.port, !=, 0);
  g_assert_true (pl_address_is_loopback (&address));
  second = fixture->platform->listen (&address, FALSE, &error);
  g_assert_cmpint (second, ==, PL_HANDLE_NONE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  fixture->platform->close_handle (handle);

  handle = fixture->platform->listen (&address, FALSE, NULL);
  g_assert_cmpint (handle, !=, PL_HANDLE_NONE);
  fixture->platform->close_handle (handle);
}

static void
test_shared_ports (Fixture *fixture, gconstpointer platform)
{
  PlAddress address;
  PlHandle handle, second, third;

  if (fixture->platform->share == NULL)
    {
      g_test_skip ("no ports are shared here");
      return;
    }
  handle = fixture_listen (fixture, &address);
  fixture->platform->share (handle, TRUE);
  second = fixture->platform->listen (&address, TRUE, NULL);
  g_assert_cmpint (second, !=, PL_HANDLE_NONE);
  fixture->platform->share (handle, FALSE);
  fixture->platform->share (second, FALSE);
  third = fixture->platform->listen (&address, FALSE, NULL);
  g_assert_cmpint (third, ==, PL_HANDLE_NONE);
  fixture->platform->close_handle (handle);
  fixture->platform->close_handle (second);
}

/* A socket for ::1, or ::, leaves the port of IPv4 to others. */
static void
test_ipv6_is_ipv6_only (Fixture *fixture, gconstpointer platform)
{
  PlAddress any_v4 = { { [10] = 0xff, 0xff }, 0 }, any_v6 = { 0 };
  PlHandle v4, v6;

  if (!fixture_has_ipv6 (fixture))
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  v6 = fixture->platform->listen (&any_v6, FALSE, NULL);
  g_assert_cmpint (v6, !=, PL_HANDLE_NONE);
  g_assert_true (fixture->platform->get_local_address (v6, &any_v6));
  any_v4.port = any_v6.port;
  v4 = fixture->platform->listen (&any_v4, FALSE, NULL);
  g_assert_cmpint (v4, !=, PL_HANDLE_NONE);
  fixture->platform->close_handle (v4);
  fixture->platform->close_handle (v6);
}

static const struct
{
  const char *name;
  FixtureFunc func;
} tests[] = {
  { "data-both-ways", test_data_both_ways },
  { "vectors-leave-in-order", test_vectors_leave_in_order },
  { "more-does-not-hold-back-for-ever", test_more_does_not_hold_back_for_ever },
  { "wakes-only-who-wants", test_wakes_only_who_wants },
  { "unwanted-input-is-not-lost", test_unwanted_input_is_not_lost },
  { "unwanted-input-wakes-who-wants-it-later", test_unwanted_input_wakes_who_wants_it_later },
  { "end-behind-unwanted-input", test_end_behind_unwanted_input },
  { "moved-with-unwanted-input", test_moved_with_unwanted_input },
  { "end-comes-after-the-data-and-stays", test_end_comes_after_the_data_and_stays },
  { "end-behind-a-short-read", test_end_behind_a_short_read },
  { "end-is-told-to-who-does-not-read", test_end_is_told_to_who_does_not_read },
  { "reset-is-no-end", test_reset_is_no_end },
  { "reset-after-data-is-no-end", test_reset_after_data_is_no_end },
  { "reset-told-by-a-send-is-no-end", test_reset_told_by_a_send_is_no_end },
  { "blocked-writes-resume", test_blocked_writes_resume },
  { "room-wakes-who-wants-to-write", test_room_wakes_who_wants_to_write },
  { "moved-wakes-its-new-task", test_moved_wakes_its_new_task },
  { "end-does-not-spin", test_end_does_not_spin },
  { "ports", test_ports },
  { "shared-ports", test_shared_ports },
  { "ipv6-is-ipv6-only", test_ipv6_is_ipv6_only },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    fixture_add_test ("stream", tests[i].name, tests[i].func);
  return g_test_run ();
}
