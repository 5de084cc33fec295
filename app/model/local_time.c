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

GDateTime *
pl_local_time_new (gint64 wall_us)
{
  static GOnce once = G_ONCE_INIT;
  GTimeZone *zone = g_once (&once, new_zone, NULL);
  g_autoptr (GDateTime) universal = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);

  return g_date_time_to_timezone (universal, zone);
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
