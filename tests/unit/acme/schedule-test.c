/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/acme/schedule.c: neither too late nor too often, whatever the dice and the authority say. */

#include "app/acme/schedule.h"

#define HOUR_S (60 * 60)
#define DAY_S  (24 * HOUR_S)

static const double dice[] = { 0, 0.5, 0.999999 };

static void
test_renewal (void)
{
  g_assert_cmpint (pl_acme_schedule_renewal_s (0, 90 * DAY_S, 0.5), ==, 60 * DAY_S);
  for (guint i = 0; i < G_N_ELEMENTS (dice); i++)
    {
      gint64 due_s = pl_acme_schedule_renewal_s (0, 90 * DAY_S, dice[i]);
      g_assert_cmpint (due_s, >=, 58 * DAY_S);
      g_assert_cmpint (due_s, <=, 62 * DAY_S);
    }
}

static gint64
choose (gint64 start_s, gint64 stop_s, gint64 now_s, double die)
{
  return pl_acme_schedule_in_window_s (0, 90 * DAY_S, start_s, stop_s, now_s, die);
}

static void
test_window (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dice); i++)
    {
      gint64 due_s = choose (60 * DAY_S, 62 * DAY_S, 10 * DAY_S, dice[i]);
      g_assert_cmpint (due_s, >=, 60 * DAY_S);
      g_assert_cmpint (due_s, <=, 62 * DAY_S);
    }
  g_assert_cmpint (choose (60 * DAY_S, 62 * DAY_S, 0, 0), <,
                   choose (60 * DAY_S, 62 * DAY_S, 0, 0.9));

  /* Without reason: long before it ends, after its end, the wrong way round. */
  g_assert_cmpint (choose (-DAY_S, 2 * DAY_S, DAY_S, 0), ==, 45 * DAY_S);
  g_assert_cmpint (choose (95 * DAY_S, 99 * DAY_S, DAY_S, 0), ==, 75 * DAY_S);
  g_assert_cmpint (choose (62 * DAY_S, 60 * DAY_S, DAY_S, 0.9), ==, 62 * DAY_S);

  /* Withdrawn: at once, but not over and over. */
  g_assert_cmpint (choose (DAY_S, 2 * DAY_S, 3 * DAY_S, 0.5), ==, 3 * DAY_S);
  g_assert_cmpint (choose (-2 * DAY_S, -DAY_S, HOUR_S, 0.5), ==, 2 * HOUR_S);
}

static void
test_retry (void)
{
  static const struct
  {
    PlAcmeHaste haste;
    guint n_failures;
    gint64 wait_s;
  } cases[] = {
    { PL_ACME_HASTE_MINUTE, 1, 60 },         { PL_ACME_HASTE_MINUTE, 4, 8 * 60 },
    { PL_ACME_HASTE_QUARTER, 1, 15 * 60 },   { PL_ACME_HASTE_QUARTER, 2, 30 * 60 },
    { PL_ACME_HASTE_QUARTER, 99999, DAY_S }, { PL_ACME_HASTE_HOUR, 3, 4 * HOUR_S },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (dice); k++)
      {
        gint64 at_s = pl_acme_schedule_retry_s (cases[i].haste, cases[i].n_failures, 1000, dice[k]);
        g_assert_cmpint (at_s, <=, 1000 + cases[i].wait_s);
        g_assert_cmpint (at_s, >=, 1000 + cases[i].wait_s * 9 / 10);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/renewal", test_renewal);
  g_test_add_func ("/schedule/window", test_window);
  g_test_add_func ("/schedule/retry", test_retry);
  return g_test_run ();
}
