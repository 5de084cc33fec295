/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/io/deadline.c: what passes, when, and in which order. */

#include "tests/unit/io/fixture.h"
#include "net/io/deadline.h"

typedef struct
{
  PlTask task; /* first, so that the task is the alarm */
  PlDeadline deadline;
  GString *written;
  char letter;
  gint64 ran_us;
} Alarm;

static void
alarm_run (PlTask *task)
{
  Alarm *alarm = (Alarm *) task;

  g_assert_true (alarm->deadline.passed);
  g_assert_false (pl_deadline_is_set (&alarm->deadline));
  g_string_append_c (alarm->written, alarm->letter);
  alarm->ran_us = g_get_monotonic_time ();
}

static void
alarm_init (Alarm *alarm, char letter, GString *written)
{
  *alarm = (Alarm){ .task.run = alarm_run, .letter = letter, .written = written };
  alarm->deadline.task = &alarm->task;
}

/* Durations count from the start of a turn, so one is begun. */
static void
begin_turn (Fixture *fixture)
{
  PlReactor *reactor = fixture->reactor;

  reactor->now_us = g_get_monotonic_time ();
}

static void
test_order (Fixture *fixture, gconstpointer platform)
{
  static const guint durations_ms[] = { 60, 20, 40, 20, 1 };
  g_autoptr (GString) written = g_string_new (NULL);
  Alarm alarms[G_N_ELEMENTS (durations_ms)];
  gint64 start_us = g_get_monotonic_time ();

  begin_turn (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    {
      alarm_init (&alarms[i], 'a' + i, written);
      pl_deadline_set (&alarms[i].deadline, fixture->reactor, durations_ms[i]);
      g_assert_true (pl_deadline_is_set (&alarms[i].deadline));
    }
  FIXTURE_WAIT (fixture, written->len == G_N_ELEMENTS (alarms));
  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    g_assert_cmpint (alarms[i].ran_us - start_us, >=, durations_ms[i] * 1000);
  g_assert_cmpint (pl_deadlines_get_next_us (fixture->reactor), ==, -1);

  /* What passed in one turn runs list by list: only what was turns apart has an order for sure. */
  g_assert_true (strchr (written->str, 'b') < strchr (written->str, 'd'));
}

static void
test_set_again_passes_once_and_later (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  gint64 start_us;
  Alarm alarm;

  alarm_init (&alarm, 'a', written);
  begin_turn (fixture);
  pl_deadline_set (&alarm.deadline, fixture->reactor, 400);
  fixture_run_for (fixture, 15);
  begin_turn (fixture);
  start_us = fixture->reactor->now_us;
  pl_deadline_set (&alarm.deadline, fixture->reactor, 400);
  FIXTURE_WAIT (fixture, written->len > 0);
  g_assert_cmpint (alarm.ran_us - start_us, >=, 400 * 1000);

  begin_turn (fixture);
  pl_deadline_set (&alarm.deadline, fixture->reactor, 500);
  g_assert_false (alarm.deadline.passed);
  pl_deadline_set (&alarm.deadline, fixture->reactor, 5);
  FIXTURE_WAIT (fixture, written->len > 1);
  fixture_run_for (fixture, 30);
  g_assert_cmpstr (written->str, ==, "aa");
}

static void
test_lifted_does_not_pass (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Alarm a, b, c;

  alarm_init (&a, 'a', written);
  alarm_init (&b, 'b', written);
  alarm_init (&c, 'c', written);
  pl_deadline_lift (&a.deadline);
  begin_turn (fixture);
  pl_deadline_set (&a.deadline, fixture->reactor, 10);
  pl_deadline_set (&b.deadline, fixture->reactor, 10);
  pl_deadline_set (&c.deadline, fixture->reactor, 10);
  pl_deadline_lift (&b.deadline);
  g_assert_false (pl_deadline_is_set (&b.deadline));
  fixture_run_for (fixture, 60);
  g_assert_cmpstr (written->str, ==, "ac");
  pl_deadline_lift (&a.deadline);
  g_assert_false (a.deadline.passed);
}

static void
test_many_durations (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Alarm alarms[300];

  begin_turn (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    {
      alarm_init (&alarms[i], 'x', written);
      pl_deadline_set (&alarms[i].deadline, fixture->reactor, 1 + i * 7 % 40);
    }
  for (guint i = 0; i < G_N_ELEMENTS (alarms); i += 3)
    pl_deadline_lift (&alarms[i].deadline);
  FIXTURE_WAIT (fixture, written->len == G_N_ELEMENTS (alarms) * 2 / 3);
  g_assert_cmpint (pl_deadlines_get_next_us (fixture->reactor), ==, -1);
}

static void
test_waiting_does_not_spin (Fixture *fixture, gconstpointer platform)
{
  g_autoptr (GString) written = g_string_new (NULL);
  Alarm alarm;

  alarm_init (&alarm, 'a', written);
  begin_turn (fixture);
  pl_deadline_set (&alarm.deadline, fixture->reactor, 100);
  fixture->n_turns = 0;
  FIXTURE_WAIT (fixture, written->len > 0);
  g_assert_cmpuint (fixture->n_turns, <, 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("deadline", "order", test_order);
  fixture_add_test ("deadline", "set-again-passes-once-and-later",
                    test_set_again_passes_once_and_later);
  fixture_add_test ("deadline", "lifted-does-not-pass", test_lifted_does_not_pass);
  fixture_add_test ("deadline", "many-durations", test_many_durations);
  fixture_add_test ("deadline", "waiting-does-not-spin", test_waiting_does_not_spin);
  return g_test_run ();
}
