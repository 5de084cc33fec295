/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/reactor.c: when and in which order tasks run. */

#include <string.h>

#include "net/io/gsocket.h"
#include "tests/unit/io/fixture.h"

/* A task that writes its letter, then does what the test wants. */
typedef struct _Letter Letter;
struct _Letter
{
  PlTask task; /* first, so that the task is the letter */
  char letter;
  GString *written;
  PlReactor *reactor;
  void (*then) (Letter *letter);
  Letter *other;
  guint n_left;
};

static void
letter_run (PlTask *task)
{
  Letter *letter = (Letter *) task;

  g_string_append_c (letter->written, letter->letter);
  if (letter->then != NULL)
    letter->then (letter);
}

static Letter
make_letter (Fixture *fixture, char letter, GString *written)
{
  return (Letter){
    .task.run = letter_run, .letter = letter, .written = written, .reactor = fixture->reactor
  };
}

static void
test_order (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Letter a = make_letter (fixture, 'a', written), b = make_letter (fixture, 'b', written);

  pl_reactor_queue (fixture->reactor, &a.task);
  pl_reactor_queue (fixture->reactor, &b.task);
  pl_reactor_queue (fixture->reactor, &a.task);
  pl_reactor_queue_later (fixture->reactor, &a.task);
  g_assert_cmpstr (written->str, ==, "");
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "ab");
  fixture_run_for (fixture, 30);
  g_assert_cmpstr (written->str, ==, "ab");
}

static void
test_cancel (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Letter a = make_letter (fixture, 'a', written), b = make_letter (fixture, 'b', written);

  pl_reactor_queue (fixture->reactor, &a.task);
  pl_reactor_queue_later (fixture->reactor, &b.task);
  pl_reactor_cancel (fixture->reactor, &a.task);
  pl_reactor_cancel (fixture->reactor, &a.task);
  pl_reactor_cancel (fixture->reactor, &b.task);
  fixture_run_for (fixture, 30);
  g_assert_cmpstr (written->str, ==, "");

  pl_reactor_queue (fixture->reactor, &a.task);
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "a");
}

static void
queue_other (Letter *letter)
{
  pl_reactor_queue (letter->reactor, &letter->other->task);
}

static void
test_queued_by_a_task_runs_in_the_same_turn (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Letter a = make_letter (fixture, 'a', written), b = make_letter (fixture, 'b', written);

  a.then = queue_other;
  a.other = &b;
  pl_reactor_queue (fixture->reactor, &a.task);
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "ab");
}

static void
queue_self_later (Letter *letter)
{
  if (--letter->n_left > 0)
    pl_reactor_queue_later (letter->reactor, &letter->task);
}

static void
test_later_is_the_next_turn (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Letter a = make_letter (fixture, 'a', written), b = make_letter (fixture, 'b', written);

  a.then = queue_self_later;
  a.n_left = 3;
  pl_reactor_queue (fixture->reactor, &a.task);
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "a");
  pl_reactor_queue (fixture->reactor, &b.task);
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "aba");
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "abaa");
}

static void
free_other (Letter *letter)
{
  pl_reactor_cancel (letter->reactor, &letter->other->task);
  g_clear_pointer (&letter->other, g_free);
}

static void
test_a_task_frees_another_that_is_queued (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Letter a = make_letter (fixture, 'a', written), b = make_letter (fixture, 'b', written);
  Letter c = make_letter (fixture, 'c', written);

  a.then = free_other;
  a.other = g_memdup2 (&b, sizeof b);
  pl_reactor_queue (fixture->reactor, &a.task);
  pl_reactor_queue (fixture->reactor, &a.other->task);
  pl_reactor_queue (fixture->reactor, &c.task);
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "ac");
}

static void
free_self (Letter *letter)
{
  g_free (letter);
}

static void
test_a_task_frees_itself (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Letter a = make_letter (fixture, 'a', written), b = make_letter (fixture, 'b', written);
  Letter *freed;

  a.then = free_self;
  freed = g_memdup2 (&a, sizeof a);
  pl_reactor_queue (fixture->reactor, &freed->task);
  pl_reactor_queue (fixture->reactor, &b.task);
  fixture_turn (fixture);
  g_assert_cmpstr (written->str, ==, "ab");
}

/* Both have data in the same turn; whichever runs first frees the other. */
typedef struct _Rival Rival;
struct _Rival
{
  PeerEnd end; /* first, so that the task is the rival */
  Rival **rivals;
};

static void
rival_free (Rival *rival)
{
  pl_reactor_cancel (rival->end.stream.socket.reactor, &rival->end.task);
  pl_stream_close (&rival->end.stream, FALSE);
  g_free (rival);
}

static void
rival_run (PlTask *task)
{
  Rival *rival = (Rival *) task;

  rival->end.n_runs++;
  for (guint i = 0; i < 2; i++)
    if (rival->rivals[i] != rival)
      g_clear_pointer (&rival->rivals[i], rival_free);
}

static void
test_a_task_frees_one_whose_socket_was_marked (Fixture *fixture, gconstpointer platform)
{
  Rival *rivals[2] = { g_new0 (Rival, 1), g_new0 (Rival, 1) };
  PeerEnd senders[2] = { 0 };
  gsize sent;

  for (guint i = 0; i < 2; i++)
    {
      fixture_connect (fixture, &senders[i], &rivals[i]->end);
      rivals[i]->end.task.run = rival_run;
      rivals[i]->rivals = rivals;
      pl_socket_want (&rivals[i]->end.stream.socket, PL_READY_READ);
    }
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (fixture_send (&senders[i], "x", 1, &sent), ==, PL_IO_DONE);
  fixture_run_for (fixture, 30);

  g_assert_true ((rivals[0] == NULL) != (rivals[1] == NULL));
  for (guint i = 0; i < 2; i++)
    {
      if (rivals[i] != NULL)
        g_assert_cmpuint (rivals[i]->end.n_runs, ==, 1);
      g_clear_pointer (&rivals[i], rival_free);
      fixture_close (fixture, &senders[i]);
    }
}

static void
test_idle_does_not_spin (Fixture *fixture, gconstpointer platform)
{
  PeerEnd one = { 0 }, other = { 0 };
  guint n_before;

  fixture_connect (fixture, &one, &other);
  pl_socket_want (&one.stream.socket, PL_READY_READ);
  pl_socket_want (&other.stream.socket, PL_READY_READ);
  n_before = fixture->n_turns;
  fixture_run_for (fixture, 100);
  g_assert_cmpuint (fixture->n_turns - n_before, <, 20);
  g_assert_cmpuint (one.n_runs + other.n_runs, ==, 0);
  fixture_close (fixture, &one);
  fixture_close (fixture, &other);
}

static guint n_messages;

static gboolean
count_cb (gpointer user_data)
{
  n_messages++;
  return G_SOURCE_REMOVE;
}

static gboolean
count_condition_cb (GSocket *gsocket, GIOCondition condition, gpointer user_data)
{
  return count_cb (user_data);
}

/* Other threads send messages to a worker that waits. */
static gpointer
send_messages (gpointer data)
{
  static const guint delays_ms[] = { 0, 1, 30, 0, 0, 5 };
  Fixture *fixture = data;

  for (guint i = 0; i < G_N_ELEMENTS (delays_ms); i++)
    {
      g_usleep (delays_ms[i] * 1000);
      g_main_context_invoke (fixture->context, count_cb, NULL);
    }
  return NULL;
}

static void
test_woken_by_another_thread (Fixture *fixture, gconstpointer platform)
{
  GThread *thread;

  n_messages = 0;
  g_source_destroy (fixture->tick);
  thread = g_thread_new ("sender", send_messages, fixture);
  FIXTURE_WAIT (fixture, n_messages == 6);
  g_thread_join (thread);
}

/* Somebody else's source in the context of a reactor, which waits for something of its own. */
static void
test_waits_for_others_too (Fixture *fixture, gconstpointer platform)
{
  PlAddress any_port = fixture_address (TRUE, 0), address;
  g_autoptr (GSocket) listener = pl_gsocket_listen (&any_port, FALSE, NULL);
  g_autoptr (GSource) source = g_socket_create_source (listener, G_IO_IN, NULL);
  PeerEnd one = { 0 }, other = { 0 };
  gsize sent;
  int io_error;

  n_messages = 0;
  g_source_destroy (fixture->tick);
  g_source_set_callback (source, G_SOURCE_FUNC (count_condition_cb), NULL, NULL);
  g_source_attach (source, fixture->context);
  fixture_connect (fixture, &one, &other);
  pl_socket_want (&other.stream.socket, PL_READY_READ);
  g_assert_cmpint (fixture_send (&one, "x", 1, &sent), ==, PL_IO_DONE);
  FIXTURE_WAIT (fixture, other.n_runs > 0);
  g_assert_cmpuint (n_messages, ==, 0);

  g_assert_true (pl_gsocket_get_local_address (listener, &address));
  fixture->platform->close_handle (fixture->platform->connect (&address, &io_error));
  FIXTURE_WAIT (fixture, n_messages == 1);
  fixture_close (fixture, &one);
  fixture_close (fixture, &other);
}

/* Sends back what comes. */
static void
pass_on (PlTask *task)
{
  PeerEnd *end = (PeerEnd *) task;
  char bytes[8];
  gsize n_bytes;

  end->n_runs++;
  if (pl_stream_receive (&end->stream, bytes, sizeof bytes, &n_bytes) == PL_IO_DONE)
    g_assert_cmpint (fixture_send (end, bytes, n_bytes, &n_bytes), ==, PL_IO_DONE);
  pl_socket_want (&end->stream.socket, PL_READY_READ);
}

/* However much there is to do: else whoever has sent a message waits for as long as there is. */
static void
test_turns_are_short_when_somebody_waits (Fixture *fixture, gconstpointer platform)
{
  PeerEnd ends[2] = { 0 };
  gsize sent;

  fixture_connect (fixture, &ends[0], &ends[1]);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      ends[i].task.run = pass_on;
      pl_socket_want (&ends[i].stream.socket, PL_READY_READ);
    }
  g_assert_cmpint (fixture_send (&ends[0], "x", 1, &sent), ==, PL_IO_DONE);
  FIXTURE_WAIT (fixture, ends[1].n_runs > 0);

  pl_reactor_interrupt (fixture->reactor);
  for (guint i = 0; i < 50; i++)
    {
      guint n_before = ends[0].n_runs + ends[1].n_runs;

      fixture_turn (fixture);
      g_assert_cmpuint (ends[0].n_runs + ends[1].n_runs - n_before, <=, 2);
    }
  pl_reactor_resume (fixture->reactor);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    fixture_close (fixture, &ends[i]);
}

/* RFC 9110 §5.6.7 gives this very example. */
static void
test_date (Fixture *fixture, gconstpointer platform)
{
  fixture->reactor->wall_us = G_GINT64_CONSTANT (784111777) * G_USEC_PER_SEC;
  g_assert_cmpstr (pl_reactor_get_date (fixture->reactor), ==, "Sun, 06 Nov 1994 08:49:37 GMT");
  fixture->reactor->wall_us += G_USEC_PER_SEC - 1;
  g_assert_cmpstr (pl_reactor_get_date (fixture->reactor), ==, "Sun, 06 Nov 1994 08:49:37 GMT");
  fixture->reactor->wall_us += 1;
  g_assert_cmpstr (pl_reactor_get_date (fixture->reactor), ==, "Sun, 06 Nov 1994 08:49:38 GMT");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("reactor", "order", test_order);
  fixture_add_test ("reactor", "cancel", test_cancel);
  fixture_add_test ("reactor", "queued-by-a-task-runs-in-the-same-turn",
                    test_queued_by_a_task_runs_in_the_same_turn);
  fixture_add_test ("reactor", "later-is-the-next-turn", test_later_is_the_next_turn);
  fixture_add_test ("reactor", "a-task-frees-another-that-is-queued",
                    test_a_task_frees_another_that_is_queued);
  fixture_add_test ("reactor", "a-task-frees-itself", test_a_task_frees_itself);
  fixture_add_test ("reactor", "a-task-frees-one-whose-socket-was-marked",
                    test_a_task_frees_one_whose_socket_was_marked);
  fixture_add_test ("reactor", "idle-does-not-spin", test_idle_does_not_spin);
  fixture_add_test ("reactor", "woken-by-another-thread", test_woken_by_another_thread);
  fixture_add_test ("reactor", "waits-for-others-too", test_waits_for_others_too);
  fixture_add_test ("reactor", "turns-are-short-when-somebody-waits",
                    test_turns_are_short_when_somebody_waits);
  fixture_add_test ("reactor", "date", test_date);
  return g_test_run ();
}
