/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/opening/words.h"

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"

#define MINUTE_S 60
#define DAY_S    (24 * 60 * 60)

/* By a clock that nobody sets it may end sooner than was said; of less than that nobody speaks. */
#define NOTABLE_S 60

char *
pl_opening_dup_until (gint64 until_s, gint64 now_s)
{
  g_autoptr (GDateTime) now = pl_local_time_new (now_s * G_USEC_PER_SEC);
  g_autoptr (GDateTime) until = pl_local_time_new (until_s * G_USEC_PER_SEC);
  g_autoptr (GDateTime) last = g_date_time_add_seconds (until, -1);
  g_autofree char *time = g_date_time_format (until, "%H:%M");
  gboolean is_today = g_date_time_get_year (last) == g_date_time_get_year (now)
                      && g_date_time_get_day_of_year (last) == g_date_time_get_day_of_year (now);
  gboolean is_midnight
      = g_date_time_get_day_of_month (last) != g_date_time_get_day_of_month (until);

  if (is_today)
    return is_midnight ? g_strdup (_ ("midnight")) : g_steal_pointer (&time);

  g_autofree char *day = pl_local_time_dup_short_day (until);
  /* Translators: a day, a time of that day: “27 Nov, 22:00” */
  return g_strdup_printf (_ ("%1$s, %2$s"), day, time);
}

char *
pl_opening_dup_left (gint64 left_s)
{
  gint64 minutes = (left_s + MINUTE_S - 1) / MINUTE_S;
  guint days = (guint) ((left_s + DAY_S - 1) / DAY_S);

  if (left_s < MINUTE_S)
    return g_strdup (_ ("less than a minute"));
  if (left_s > 2 * DAY_S)
    return g_strdup_printf (ngettext ("%u day", "%u days", days), days);
  return pl_words_dup_duration (minutes * MINUTE_S * G_USEC_PER_SEC);
}

/* Translators: until when, and how long that is still */
static char *
dup_open (const PlWelcome *welcome, const char *until, const char *left)
{
  switch (welcome->exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      break;
    case PL_EXPOSURE_NETWORK:
      return g_strdup_printf (_ ("Open to your network until %1$s, %2$s left"), until, left);
    case PL_EXPOSURE_INTERNET:
      return welcome->world == PL_DOOR_EVERYTHING
                 ? g_strdup_printf (
                     _ ("All of Immich is open to the internet until %1$s, %2$s left"), until, left)
                 : g_strdup_printf (_ ("Open to the internet until %1$s, %2$s left"), until, left);
    }
  g_return_val_if_reached (NULL);
}

static const char *
get_then (const PlWelcome *before)
{
  switch (before->exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      return _ ("then to this computer only");
    case PL_EXPOSURE_NETWORK:
      return _ ("then to your network only");
    case PL_EXPOSURE_INTERNET:
      return _ ("then for what you shared by link only");
    }
  g_return_val_if_reached ("");
}

char *
pl_opening_dup_words (const PlOpening *opening, gint64 left_s, gint64 now_s)
{
  gint64 end_s = now_s + left_s;
  gboolean is_kept = ABS (opening->until_s - end_s) < NOTABLE_S;
  g_autofree char *until = pl_opening_dup_until (is_kept ? opening->until_s : end_s, now_s);
  g_autofree char *left = pl_opening_dup_left (left_s);
  g_autofree char *open = dup_open (&opening->welcome, until, left);

  /* Translators: two halves of a sentence: “Open to the internet until 22:00, 43 min left; then to
   * your network only” */
  return g_strdup_printf (_ ("%1$s; %2$s"), open, get_then (&opening->before));
}

const char *
pl_opening_get_over_words (const PlOpening *opening)
{
  switch (opening->before.exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      return _ ("Open to this computer only, again");
    case PL_EXPOSURE_NETWORK:
      return _ ("Open to your network only, again");
    case PL_EXPOSURE_INTERNET:
      return _ ("The internet may open what you shared by link only, again");
    }
  g_return_val_if_reached ("");
}
