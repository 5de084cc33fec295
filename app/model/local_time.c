/* SPDX-License-Identifier: GPL-3.0-or-later */

/* g_date_time_new_from_unix_local() looks at /etc/localtime each time, by several system calls:
 * too much for every line of a log. */

#include "app/model/local_time.h"

#include "app/i18n.h"

static const char *const weekdays[] = {
  N_ ("Monday"), N_ ("Tuesday"),  N_ ("Wednesday"), N_ ("Thursday"),
  N_ ("Friday"), N_ ("Saturday"), N_ ("Sunday"),
};

/* As they stand in a date. */
static const char *const months[] = {
  N_ ("Jan"), N_ ("Feb"), N_ ("Mar"), N_ ("Apr"), N_ ("May"), N_ ("Jun"),
  N_ ("Jul"), N_ ("Aug"), N_ ("Sep"), N_ ("Oct"), N_ ("Nov"), N_ ("Dec"),
};

static gpointer
new_zone (gpointer data)
{
  return g_time_zone_new_local ();
}

static GTimeZone *
get_zone (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, new_zone, NULL);
}

GDateTime *
pl_local_time_new (gint64 wall_us)
{
  g_autoptr (GDateTime) universal = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);

  return g_date_time_to_timezone (universal, get_zone ());
}

static GDateTime *
new_midnight (GDateTime *time, int days_later)
{
  g_autoptr (GDateTime) noon
      = g_date_time_new (get_zone (), g_date_time_get_year (time), g_date_time_get_month (time),
                         g_date_time_get_day_of_month (time), 12, 0, 0);
  g_autoptr (GDateTime) that_noon = g_date_time_add_days (noon, days_later);

  return g_date_time_new (get_zone (), g_date_time_get_year (that_noon),
                          g_date_time_get_month (that_noon),
                          g_date_time_get_day_of_month (that_noon), 0, 0, 0);
}

static guint32
get_day_of (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return g_date_get_julian (&date);
}

/* What is asked for is nearly always the day of the time before. */
guint32
pl_local_time_get_day (gint64 wall_us)
{
  static gint64 begins_us = 0, ends_us = 0;
  static guint32 day = 0;

  if (wall_us >= begins_us && wall_us < ends_us)
    return day;

  g_autoptr (GDateTime) time = pl_local_time_new (wall_us);
  g_autoptr (GDateTime) midnight = new_midnight (time, 0);
  g_autoptr (GDateTime) next_midnight = new_midnight (time, 1);
  begins_us = g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
  ends_us = g_date_time_to_unix (next_midnight) * G_USEC_PER_SEC;
  day = get_day_of (time);
  return day;
}

static const char *
get_month (GDateTime *time)
{
  return _ (months[g_date_time_get_month (time) - 1]);
}

gboolean
pl_local_time_is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
pl_local_time_dup_day (GDateTime *time)
{
  const char *weekday = _ (weekdays[g_date_time_get_day_of_week (time) - 1]);

  /* Translators: weekday, day of the month, month, year; in another order as "%4$d" and so on */
  return g_strdup_printf (_ ("%1$s, %2$d %3$s %4$d"), weekday, g_date_time_get_day_of_month (time),
                          get_month (time), g_date_time_get_year (time));
}

char *
pl_local_time_dup_short_day (GDateTime *time)
{
  /* Translators: day of the month, month */
  return g_strdup_printf (_ ("%1$d %2$s"), g_date_time_get_day_of_month (time), get_month (time));
}

char *
pl_local_time_dup_moment (gint64 wall_us, gint64 now_us)
{
  g_autoptr (GDateTime) moment = pl_local_time_new (wall_us);
  g_autoptr (GDateTime) now = pl_local_time_new (now_us);
  g_autofree char *clock = g_date_time_format (moment, "%H:%M");
  g_autofree char *day = pl_local_time_dup_short_day (moment);

  if (pl_local_time_is_same_day (moment, now))
    return g_steal_pointer (&clock);
  /* Translators: a day, such as "26 Nov", and a time */
  return g_strdup_printf (_ ("%s, %s"), day, clock);
}
