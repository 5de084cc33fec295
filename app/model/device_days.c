/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A day has its place by its number, so that a clock that goes astray for a while takes one day's
 * place at most, and is forgotten within a week. */

#include "app/model/device_days.h"

#include <stdlib.h>

void
pl_device_days_add (PlDeviceDays *days, const PlDeviceDay *added)
{
  PlDeviceDay *place = &days->days[added->day % PL_DEVICE_DAYS];

  if (added->day == 0)
    return;
  if (place->day != added->day)
    *place = (PlDeviceDay){ .day = added->day };
  place->up_bytes += added->up_bytes;
  place->down_bytes += added->down_bytes;
}

void
pl_device_days_add_all (PlDeviceDays *days, const PlDeviceDays *others)
{
  for (guint i = 0; i < PL_DEVICE_DAYS; i++)
    if (others->days[i].day >= days->days[i].day)
      pl_device_days_add (days, &others->days[i]);
}

PlDeviceDay
pl_device_days_sum (const PlDeviceDays *days, guint32 today, guint n_days)
{
  PlDeviceDay sum = { .day = today };

  for (guint i = 0; i < PL_DEVICE_DAYS; i++)
    {
      const PlDeviceDay *day = &days->days[i];
      if (day->day > today || today - day->day >= n_days)
        continue;
      sum.up_bytes += day->up_bytes;
      sum.down_bytes += day->down_bytes;
    }
  return sum;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  guint32 first = ((const PlDeviceDay *) a)->day, second = ((const PlDeviceDay *) b)->day;

  return (first > second) - (first < second);
}

static char *
dup_line (const PlDeviceDay *day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day->day);
  return g_strdup_printf ("%04u-%02u-%02u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                          g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date),
                          day->up_bytes, day->down_bytes);
}

char **
pl_device_days_dup_lines (const PlDeviceDays *days)
{
  PlDeviceDays sorted = *days;
  GStrvBuilder *builder = g_strv_builder_new ();
  char **lines;

  qsort (sorted.days, PL_DEVICE_DAYS, sizeof sorted.days[0], compare_days);
  for (guint i = 0; i < PL_DEVICE_DAYS; i++)
    if (sorted.days[i].day != 0)
      {
        g_autofree char *line = dup_line (&sorted.days[i]);
        g_strv_builder_add (builder, line);
      }
  lines = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return lines;
}

static gboolean
read_number (const char *text, guint64 *value)
{
  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, value, NULL);
}

/* `2026-11-27`; 0: it is none. */
static guint32
read_day (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);
  guint64 year, month, day;
  GDate date;

  if (g_strv_length (parts) != 3 || !read_number (parts[0], &year)
      || !read_number (parts[1], &month) || !read_number (parts[2], &day) || year > 9999
      || month > 12 || day > 31
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

void
pl_device_days_add_line (PlDeviceDays *days, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  PlDeviceDay added = { 0 };

  if (g_strv_length (words) != 3 || !read_number (words[1], &added.up_bytes)
      || !read_number (words[2], &added.down_bytes))
    return;
  added.day = read_day (words[0]);
  pl_device_days_add (days, &added);
}
