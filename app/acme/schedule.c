/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/schedule.h"

#define MINUTE_S 60

/* An authority that wants back at once what it has just made is not asked over and over. They begin
 * an hour before they are made, for clocks that are slow. */
#define LEAST_AGE_S (2 * 60 * MINUTE_S)

/* Of a life, by which two that were issued together drift apart. */
#define SPREAD (1.0 / 30)

gint64
pl_acme_schedule_renewal_s (gint64 begin_s, gint64 end_s, double dice)
{
  double part = 2.0 / 3 + (dice - 0.5) * SPREAD;

  return begin_s + (gint64) (part * (double) (end_s - begin_s));
}

gint64
pl_acme_schedule_in_window_s (gint64 begin_s,
                              gint64 end_s,
                              gint64 start_s,
                              gint64 stop_s,
                              gint64 now_s,
                              double dice)
{
  gint64 life_s = end_s - begin_s;
  gint64 chosen_s = start_s + (gint64) (dice * (double) MAX (stop_s - start_s, 0));

  if (stop_s <= now_s)
    return MAX (now_s, begin_s + MIN (LEAST_AGE_S, life_s / 2));
  return CLAMP (chosen_s, begin_s + life_s / 2, begin_s + life_s * 5 / 6);
}

static gint64
get_first_wait_s (PlAcmeHaste haste)
{
  switch (haste)
    {
    case PL_ACME_HASTE_MINUTE:
      return MINUTE_S;
    case PL_ACME_HASTE_QUARTER:
      return 15 * MINUTE_S;
    case PL_ACME_HASTE_HOUR:
      return 60 * MINUTE_S;
    }
  g_return_val_if_reached (PL_ACME_MOST_WAIT_S);
}

/* A tenth more or less, so that computers that failed together do not come back together. */
gint64
pl_acme_schedule_retry_s (PlAcmeHaste haste, guint n_failures, gint64 now_s, double dice)
{
  gint64 wait_s = get_first_wait_s (haste);

  for (guint i = 1; i < n_failures && wait_s < PL_ACME_MOST_WAIT_S; i++)
    wait_s *= 2;
  wait_s = MIN (wait_s, PL_ACME_MOST_WAIT_S);
  return now_s + wait_s - (gint64) ((double) wait_s / 10 * dice);
}
