/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/opening/wish.h"

#include <string.h>

#include "app/i18n.h"
#include "app/settings/exposure.h"

#define MINUTE_S 60
#define HOUR_S   (60 * MINUTE_S)
#define DAY_S    (24 * HOUR_S)

/* GDateTime knows no day after the last of 9999. */
#define LAST_YEAR 9998

/**
 * Reading:
 * @at: the word that is to be read next
 * @has_whom, @has_length: it was said
 */
typedef struct
{
  char **at;
  gint64 now_s;
  gboolean has_whom;
  gboolean has_length;
  PlOpeningWish *wish;
} Reading;

/* Whom */

static const struct
{
  const char *word;
  PlWelcome welcome;
  gboolean has_world;
} whom[] = {
  { "world=links", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, TRUE },
  { "world=everything", { PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING }, TRUE },
  { "exposure=internet", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, FALSE },
  { "exposure=network", { PL_EXPOSURE_NETWORK, PL_DOOR_LINKS }, FALSE },
};

static gboolean
read_whom (Reading *reading)
{
  for (guint i = 0; i < G_N_ELEMENTS (whom); i++)
    if (g_str_equal (*reading->at, whom[i].word))
      {
        if (reading->has_whom)
          return FALSE;
        reading->has_whom = TRUE;
        reading->wish->welcome = whom[i].welcome;
        reading->wish->has_world = whom[i].has_world;
        reading->at++;
        return TRUE;
      }
  return FALSE;
}

/* How long */

static gint64
find_unit (const char *unit)
{
  static const struct
  {
    const char *name;
    gint64 seconds;
  } units[] = { { "s", 1 }, { "m", MINUTE_S }, { "h", HOUR_S }, { "d", DAY_S } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit, units[i].name))
      return units[i].seconds;
  return 0;
}

static gboolean
read_length (Reading *reading)
{
  char *unit = NULL;
  guint64 n = g_ascii_isdigit (**reading->at) ? g_ascii_strtoull (*reading->at, &unit, 10) : 0;
  gint64 unit_s = unit != NULL ? find_unit (unit) : 0;

  if (unit_s == 0 || n == 0 || reading->has_length)
    return FALSE;
  reading->has_length = TRUE;
  /* Too long is told by who knows how long it may be. */
  reading->wish->length_s = (gint64) MIN (n, PL_OPENING_LONGEST_S + 1) * unit_s;
  reading->at++;
  return TRUE;
}

/* Returns: whether @text is no more than @n_digits digits, and @value is them */
static gboolean
read_number (const char *text, gsize n_digits, int *value)
{
  if (strlen (text) != n_digits || strspn (text, "0123456789") != n_digits)
    return FALSE;
  *value = (int) g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

static gboolean
read_time (const char *word, int *minutes)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", -1);
  int hour;
  int minute;

  if (g_strv_length (parts) != 2 || !read_number (parts[0], 2, &hour)
      || !read_number (parts[1], 2, &minute) || hour > 24 || minute > (hour == 24 ? 0 : 59))
    return FALSE;
  *minutes = hour * 60 + minute;
  return TRUE;
}

/* Returns: (transfer full) (nullable): its beginning */
static GDateTime *
read_day (const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "-", -1);
  int year;
  int month;
  int day;

  if (g_strv_length (parts) != 3 || !read_number (parts[0], 4, &year)
      || !read_number (parts[1], 2, &month) || !read_number (parts[2], 2, &day) || year > LAST_YEAR)
    return NULL;
  return g_date_time_new_local (year, month, day, 0, 0, 0);
}

/* 24:00 is the beginning of the next day, also where a day has 23 hours. */
static gint64
find_moment (GDateTime *day, int minutes)
{
  g_autoptr (GDateTime) that_day = g_date_time_add_days (day, minutes / (24 * 60));
  g_autoptr (GDateTime) moment = g_date_time_new_local (
      g_date_time_get_year (that_day), g_date_time_get_month (that_day),
      g_date_time_get_day_of_month (that_day), minutes / 60 % 24, minutes % 60, 0);

  return moment != NULL ? g_date_time_to_unix (moment) : 0;
}

static gint64
find_next (gint64 now_s, int minutes)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now_s);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);
  gint64 moment_s = find_moment (today, minutes);

  return moment_s > now_s ? moment_s : find_moment (tomorrow, minutes);
}

static gboolean
read_until (Reading *reading)
{
  g_autoptr (GDateTime) day = NULL;
  int minutes = 24 * 60;

  if (!g_str_equal (*reading->at, "until") || reading->at[1] == NULL || reading->has_length)
    return FALSE;
  reading->at++;
  reading->has_length = TRUE;
  if (read_time (*reading->at, &minutes))
    reading->wish->until_s = find_next (reading->now_s, minutes);
  else if ((day = read_day (*reading->at)) != NULL)
    {
      if (reading->at[1] != NULL && read_time (reading->at[1], &minutes))
        reading->at++;
      reading->wish->until_s = find_moment (day, minutes);
    }
  else
    return FALSE;
  reading->at++;
  return TRUE;
}

/* All of it */

/* Returns: (transfer full): without empty ones */
static char **
dup_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

gboolean
pl_opening_wish_parse (const char *text, gint64 now_s, PlOpeningWish *wish, GError **error)
{
  g_auto (GStrv) words = dup_words (text);
  Reading reading = { .at = words, .now_s = now_s, .wish = wish };

  *wish = (PlOpeningWish){ 0 };
  if (words[0] != NULL && g_str_equal (words[0], "off") && words[1] == NULL)
    {
      wish->is_end = TRUE;
      return TRUE;
    }
  while (*reading.at != NULL)
    if (!read_whom (&reading) && !read_length (&reading) && !read_until (&reading))
      break;
  if (*reading.at == NULL && reading.has_whom && reading.has_length)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               /* Translators: what somebody typed; then examples of what may be typed */
               _ ("“%s” does not say whom to let in and for how long. Say it as in: world=links "
                  "2h, world=everything 30m, exposure=network until 22:00, world=links until "
                  "2026-12-24; or off to end it"),
               text);
  return FALSE;
}

PlOpening
pl_opening_wish_find (const PlOpeningWish *wish, const PlWelcome *before, gint64 now_s)
{
  PlOpening opening = { .welcome = wish->welcome, .before = *before, .begun_s = now_s };

  if (!wish->has_world)
    opening.welcome.world = before->world;
  opening.until_s = wish->length_s != 0 ? now_s + wish->length_s : wish->until_s;
  return opening;
}
