/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/listener.c: who is let in, how many at a time, and what happens without descriptors. */

#include "tests/unit/io/fixture.h"
#include "net/io/listener.h"

#define MAX_GUESTS 200

/* A listener, who came through it, and who called. */
typedef struct
{
  Fixture *fixture;
  PlListener *listener;
  gboolean is_open_to_all;
  guint n_asked;
  PlHandle guests[MAX_GUESTS];
  guint n_guests;
  PeerEnd callers[MAX_GUESTS];
  guint n_callers;
} Door;

static gboolean
admit (const PlAddress *peer, gpointer user_data)
{
  Door *door = user_data;

  door->n_asked++;
  g_assert_true (pl_address_is_loopback (peer));
  g_assert_cmpuint (peer->port, !=, 0);
  return door->is_open_to_all;
}

static void
accepted (PlHandle handle, const PlAddress *peer, gpointer user_data)
{
  Door *door = user_data;

  g_assert_cmpuint (door->n_guests, <, MAX_GUESTS);
  door->guests[door->n_guests++] = handle;
}

static Door *
door_new (Fixture *fixture)
{
  Door *door = g_new0 (Door, 1);
  PlListenerFuncs funcs = { .admit = admit, .accepted = accepted, .user_data = door };
  PlAddress address;
  PlHandle handle = fixture_listen (fixture, &address);

  door->fixture = fixture;
  door->is_open_to_all = TRUE;
  door->listener = pl_listener_new (fixture->reactor, handle, &funcs);
  g_assert_nonnull (door->listener);
  g_assert_cmpuint (pl_listener_get_address (door->listener)->port, ==, address.port);
  return door;
}

static void
nothing (PlTask *task)
{
}

static PeerEnd *
call (Door *door)
{
  PeerEnd *caller = &door->callers[door->n_callers++];
  PlReactor *reactor = door->fixture->reactor;
  int io_error;
  PlHandle handle
      = door->fixture->platform->connect (pl_listener_get_address (door->listener), &io_error);

  g_assert_cmpint (handle, !=, PL_HANDLE_NONE);
  caller->task.run = nothing;
  g_assert_true (pl_stream_open_plain (&caller->stream, reactor, handle, &caller->task, 0));
  return caller;
}

static void
dismiss_guests (Door *door)
{
  while (door->n_guests > 0)
    door->fixture->platform->close_handle (door->guests[--door->n_guests]);
}

static void
door_free (Door *door)
{
  g_clear_pointer (&door->listener, pl_listener_free);
  dismiss_guests (door);
  while (door->n_callers > 0)
    fixture_close (door->fixture, &door->callers[--door->n_callers]);
  g_free (door);
}

static void
test_lets_in (Fixture *fixture, gconstpointer platform)
{
  Door *door = door_new (fixture);

  fixture_run_for (fixture, 30);
  g_assert_cmpuint (door->n_guests, ==, 0);
  for (guint i = 1; i <= 3; i++)
    {
      call (door);
      FIXTURE_WAIT (fixture, door->n_guests == i);
    }
  door_free (door);
}

/* The caller sees a reset, and the octets it has sent are not looked at. */
static void
test_turns_away (Fixture *fixture, gconstpointer platform)
{
  Door *door;
  PeerEnd *caller;
  gsize received;
  char bytes[1];

  if (fixture_lacks_events (fixture))
    return;
  door = door_new (fixture);
  door->is_open_to_all = FALSE;
  caller = call (door);
  FIXTURE_WAIT (fixture, door->n_asked == 1);
  g_assert_cmpint (fixture_receive (fixture, caller, bytes, sizeof bytes, &received), ==,
                   PL_IO_BROKEN);
  g_assert_cmpuint (door->n_guests, ==, 0);

  door->is_open_to_all = TRUE;
  call (door);
  FIXTURE_WAIT (fixture, door->n_guests == 1);
  door_free (door);
}

static void
test_others_have_their_turn_in_a_rush (Fixture *fixture, gconstpointer platform)
{
  Door *door = door_new (fixture);
  guint n_turns_with_guests = 0, n_before;

  for (guint i = 0; i < 150; i++)
    call (door);
  while (door->n_guests < 150)
    {
      n_before = door->n_guests;
      fixture_turn (fixture);
      g_assert_cmpuint (door->n_guests - n_before, <=, 64);
      n_turns_with_guests += door->n_guests > n_before;
    }
  g_assert_cmpuint (n_turns_with_guests, >=, 3);
  door_free (door);
}

/* Lets @n_callers call with room for fewer guests, and waits until the door is shut. Returns: how
 * many came in; 0 where there is room for all. */
static guint
run_out_of_descriptors (Door *door, guint n_callers)
{
  for (guint i = 0; i < n_callers; i++)
    call (door);
  if (!fixture_take_descriptors (n_callers / 2))
    return 0;
  FIXTURE_WAIT (door->fixture, door->n_guests > 0);
  fixture_run_for (door->fixture, 30);
  g_assert_cmpuint (door->n_guests, <, n_callers);
  return door->n_guests;
}

static void
test_pauses_without_descriptors (Fixture *fixture, gconstpointer platform)
{
  Door *door = door_new (fixture);
  guint n_before, n_guests = run_out_of_descriptors (door, 8);

  if (n_guests == 0)
    {
      door_free (door);
      return;
    }
  n_before = fixture->n_turns;
  fixture_run_for (fixture, 300);
  g_assert_cmpuint (fixture->n_turns - n_before, <, 40);
  g_assert_cmpuint (door->n_guests, ==, n_guests);

  /* It tries again by itself. */
  fixture_give_descriptors ();
  FIXTURE_WAIT (fixture, door->n_guests == 8);
  call (door);
  FIXTURE_WAIT (fixture, door->n_guests == 9);
  door_free (door);
}

static void
test_resumes_when_told (Fixture *fixture, gconstpointer platform)
{
  Door *door = door_new (fixture);

  if (run_out_of_descriptors (door, 8) == 0)
    {
      door_free (door);
      return;
    }
  fixture_give_descriptors ();
  pl_listener_resume (door->listener);
  pl_listener_resume (door->listener);
  fixture_turn (fixture);
  g_assert_cmpuint (door->n_guests, ==, 8);
  pl_listener_resume (door->listener);
  fixture_run_for (fixture, 30);
  door_free (door);
}

/* Their connections are made as far as they know. */
static void
test_takes_who_waits_in_before_it_closes (Fixture *fixture, gconstpointer platform)
{
  Door *door = door_new (fixture);

  for (guint i = 0; i < 100; i++)
    call (door);
  g_clear_pointer (&door->listener, pl_listener_free);
  g_assert_cmpuint (door->n_guests, ==, 100);
  door_free (door);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("listener", "lets-in", test_lets_in);
  fixture_add_test ("listener", "turns-away", test_turns_away);
  fixture_add_test ("listener", "others-have-their-turn-in-a-rush",
                    test_others_have_their_turn_in_a_rush);
  fixture_add_test ("listener", "pauses-without-descriptors", test_pauses_without_descriptors);
  fixture_add_test ("listener", "resumes-when-told", test_resumes_when_told);
  fixture_add_test ("listener", "takes-who-waits-in-before-it-closes",
                    test_takes_who_waits_in_before_it_closes);
  return g_test_run ();
}
