/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was turned away, in words, how often that is said, and what is kept of it. */

#include "app/log/turned_away_log.h"
#include "app/model/turned_away.h"

#define DAY_US G_TIME_SPAN_DAY

static void
come (PlTurnedAwayList *list, guint8 host, guint64 n_connections, gint64 last_us)
{
  PlAddress address = pl_address_from_ipv4 ((const guint8[4]){ 203, 0, 113, host }, 0);
  pl_turned_away_add (list, &address, n_connections, last_us);
}

static void
assert_words (const PlTurnedAwayList *list, gint64 since_us, const char *expected)
{
  g_autofree char *words = pl_turned_away_dup_words (list, since_us);
  g_assert_cmpstr (words, ==, expected);
}

static void
names_who_came_last (void)
{
  PlTurnedAwayList list = { 0 };

  assert_words (&list, 0, NULL);
  come (&list, 5, 7, 2 * DAY_US);
  assert_words (&list, 0, "1 caller from outside was turned away today (203.0.113.5)");
  come (&list, 6, 1, 3 * DAY_US);
  assert_words (&list, 0, "2 callers from outside were turned away today (203.0.113.6 and 1 more)");
  assert_words (&list, 3 * DAY_US, "1 caller from outside was turned away today (203.0.113.6)");
  assert_words (&list, 4 * DAY_US, NULL);

  g_autofree char *line = pl_turned_away_dup_line (&list);
  g_assert_cmpstr (line, ==, "turned away: 8 connections from 203.0.113.6 and 1 more");
}

/* Of more than there are places for nobody knows how many there were. */
static void
does_not_count_what_was_forgotten (void)
{
  PlTurnedAwayList list = { 0 };

  for (guint8 host = 1; host < PL_TURNED_AWAY_PLACES; host++)
    come (&list, host, 1, DAY_US + host);
  assert_words (&list, 0,
                "31 callers from outside were turned away today (203.0.113.31 and 30 more)");
  come (&list, 32, 1, 2 * DAY_US);
  assert_words (&list, 0,
                "32 callers or more from outside were turned away today (203.0.113.32 last)");
  assert_words (&list, 2 * DAY_US, "1 caller from outside was turned away today (203.0.113.32)");
}

/* But for those whose time is over, and what somebody else wrote there. */
static void
is_kept_from_run_to_run (void)
{
  static const char strange[] = "[caller 1]\naddress=nowhere\nlast-us=9\n[caller 2]\nlast-us=9\n"
                                "[caller 3]\naddress=203.0.113.9\n";
  PlTurnedAwayList list = { 0 }, again = { 0 };
  gsize length = 0;

  come (&list, 5, 7, 2 * DAY_US);
  come (&list, 6, 1, 3 * DAY_US);
  come (&list, 7, 1, DAY_US);
  g_autofree char *data = pl_turned_away_dup_data (&list, &length);
  pl_turned_away_load (&again, data, length, 2 * DAY_US);
  pl_turned_away_load (&again, "no file", 7, 0);
  pl_turned_away_load (&again, strange, sizeof strange - 1, 1);

  assert_words (&again, 0,
                "2 callers from outside were turned away today (203.0.113.6 and 1 more)");
  g_assert_cmpuint (again.n_connections, ==, 8);
}

/* When a clock was ahead they cannot have come. */
static void
is_kept_from_run_to_run_by_a_wrong_clock (void)
{
  PlTurnedAwayList list = { 0 }, again = { 0 };
  gsize length = 0;

  come (&list, 5, 1, G_MAXINT64);
  g_autofree char *data = pl_turned_away_dup_data (&list, &length);
  pl_turned_away_load (&again, data, length, 0);
  assert_words (&again, g_get_real_time () + DAY_US, NULL);
}

static void
said_cb (const char *line, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (line));
}

/* The first at once; what comes before the interval is over, together when it is. */
static void
is_quiet (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlTurnedAwayLog) log = pl_turned_away_log_new (100, said_cb, lines);
  PlTurnedAwayList batch = { 0 };

  come (&batch, 5, 1, 1);
  for (guint i = 0; i < 4; i++)
    pl_turned_away_log_add (log, &batch);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (lines->pdata[0], ==, "turned away: 1 connection from 203.0.113.5");
  while (lines->len < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (lines->pdata[1], ==, "turned away: 3 connections from 203.0.113.5");
  for (gint64 end_us = g_get_monotonic_time () + 300 * 1000; g_get_monotonic_time () < end_us;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (lines->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turned-away/words", names_who_came_last);
  g_test_add_func ("/turned-away/many", does_not_count_what_was_forgotten);
  g_test_add_func ("/turned-away/kept", is_kept_from_run_to_run);
  g_test_add_func ("/turned-away/wrong-clock", is_kept_from_run_to_run_by_a_wrong_clock);
  g_test_add_func ("/turned-away/quiet", is_quiet);
  return g_test_run ();
}
