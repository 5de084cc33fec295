/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/opening/words.h"

#define NOON_S 1795608000 /* 2026-11-25 12:00 UTC */
#define HOUR_S 3600
#define DAY_S  (24 * HOUR_S)

static void
says_until_when (void)
{
  static const struct
  {
    gint64 in_s;
    const char *words;
  } rows[] = {
    { HOUR_S, "13:00" },
    { 10 * HOUR_S + 60, "22:01" },
    { 12 * HOUR_S, "midnight" },
    { 12 * HOUR_S + 60, "26 Nov, 00:01" },
    { 36 * HOUR_S, "27 Nov, 00:00" },
    { 30 * DAY_S, "25 Dec, 12:00" },
    { 365 * DAY_S, "25 Nov, 12:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = pl_opening_dup_until (NOON_S + rows[i].in_s, NOON_S);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
says_what_is_left (void)
{
  static const struct
  {
    gint64 left_s;
    const char *words;
  } rows[] = {
    { 1, "less than a minute" },
    { 59, "less than a minute" },
    { 60, "1 min" },
    { 61, "2 min" },
    { HOUR_S, "1 h" },
    { HOUR_S + 1, "1 h 1 min" },
    { 2 * HOUR_S - 59, "2 h" },
    { 2 * DAY_S, "48 h" },
    { 2 * DAY_S + 1, "3 days" },
    { 365 * DAY_S, "365 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = pl_opening_dup_left (rows[i].left_s);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
says_all (void)
{
  static const struct
  {
    PlWelcome welcome, before;
    const char *words, *over;
  } rows[] = {
    { { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS },
      { PL_EXPOSURE_NETWORK, PL_DOOR_LINKS },
      "Open to the internet until 13:00, 43 min left; then to your network only",
      "Open to your network only, again" },
    { { PL_EXPOSURE_NETWORK, PL_DOOR_LINKS },
      { PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS },
      "Open to your network until 13:00, 43 min left; then to this computer only",
      "Open to this computer only, again" },
    { { PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING },
      { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS },
      "All of Immich is open to the internet until 13:00, 43 min left; then for what you shared by "
      "link only",
      "The internet may open what you shared by link only, again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PlOpening opening = { rows[i].welcome, rows[i].before, NOON_S, NOON_S + HOUR_S };
      g_autofree char *words = pl_opening_dup_words (&opening, 43 * 60 - 10, NOON_S + 17 * 60 + 10);
      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpstr (pl_opening_get_over_words (&opening), ==, rows[i].over);
    }
}

/* The clock was set back: it ends before the hour that was said. */
static void
says_when_it_really_ends (void)
{
  PlOpening opening = { { PL_EXPOSURE_NETWORK, PL_DOOR_LINKS },
                        { PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS },
                        NOON_S,
                        NOON_S + HOUR_S };
  g_autofree char *words = pl_opening_dup_words (&opening, 30 * 60, NOON_S);

  g_assert_cmpstr (words, ==,
                   "Open to your network until 12:30, 30 min left; then to this computer only");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opening/words/until", says_until_when);
  g_test_add_func ("/opening/words/left", says_what_is_left);
  g_test_add_func ("/opening/words/all", says_all);
  g_test_add_func ("/opening/words/set-back", says_when_it_really_ends);
  return g_test_run ();
}
