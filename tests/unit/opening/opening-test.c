/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is an opening, how long it lasts, and what its file may hold. */

#include "app/opening/opening.h"

#include <string.h>

#define COMPUTER                                                                                   \
  {                                                                                                \
    PL_EXPOSURE_COMPUTER, PL_DOOR_LINKS                                                            \
  }
#define NETWORK                                                                                    \
  {                                                                                                \
    PL_EXPOSURE_NETWORK, PL_DOOR_LINKS                                                             \
  }
#define LINKS                                                                                      \
  {                                                                                                \
    PL_EXPOSURE_INTERNET, PL_DOOR_LINKS                                                            \
  }
#define EVERYTHING                                                                                 \
  {                                                                                                \
    PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING                                                       \
  }

#define NOON_S 1795608000 /* 2026-11-25 12:00 UTC */
#define HOUR_S 3600

static PlOpening
make_hour (void)
{
  return (PlOpening){ LINKS, NETWORK, NOON_S, NOON_S + HOUR_S };
}

static void
is_wider (void)
{
  static const PlWelcome by_width[] = { COMPUTER, NETWORK, LINKS, EVERYTHING };
  static const PlWelcome shut = { PL_EXPOSURE_NETWORK, PL_DOOR_EVERYTHING };

  for (guint i = 0; i < G_N_ELEMENTS (by_width); i++)
    for (guint j = 0; j < G_N_ELEMENTS (by_width); j++)
      g_assert_cmpint (pl_welcome_is_wider (&by_width[i], &by_width[j]), ==, i > j);

  /* What the internet may see is of no meaning where it may not come in. */
  g_assert_false (pl_welcome_is_wider (&shut, &by_width[1]));
  g_assert_true (pl_welcome_is_wider (&by_width[2], &shut));
}

static void
is_checked (void)
{
  static const struct
  {
    PlOpening opening;
    gboolean is_one;
  } rows[] = {
    { { LINKS, NETWORK, NOON_S, NOON_S + 1 }, TRUE },
    { { NETWORK, COMPUTER, NOON_S, NOON_S + PL_OPENING_LONGEST_S }, TRUE },
    { { EVERYTHING, LINKS, NOON_S, NOON_S + HOUR_S }, TRUE },
    { { LINKS, EVERYTHING, NOON_S, NOON_S + HOUR_S }, FALSE },
    { { NETWORK, NETWORK, NOON_S, NOON_S + HOUR_S }, FALSE },
    { { NETWORK, LINKS, NOON_S, NOON_S + HOUR_S }, FALSE },
    { { LINKS, NETWORK, NOON_S, NOON_S }, FALSE },
    { { LINKS, NETWORK, NOON_S, NOON_S - HOUR_S }, FALSE },
    { { LINKS, NETWORK, NOON_S, NOON_S + PL_OPENING_LONGEST_S + 1 }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (pl_opening_check (&rows[i].opening, &error), ==, rows[i].is_one);
      g_assert_cmpint (error == NULL, ==, rows[i].is_one);
    }
}

/* A clock that stands a little before the beginning was put right; one that stands far before it
 * knows nothing. */
static void
lasts (void)
{
  static const struct
  {
    gint64 at_s, left_s;
  } rows[] = {
    { 0, HOUR_S },  { 1, HOUR_S - 1 }, { HOUR_S - 1, 1 }, { HOUR_S, 0 },  { HOUR_S + 1, 0 },
    { -1, HOUR_S }, { -300, HOUR_S },  { -301, 0 },       { -NOON_S, 0 }, { 10 * HOUR_S, 0 },
  };
  PlOpening opening = make_hour ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (pl_opening_get_left_s (&opening, NOON_S + rows[i].at_s), ==, rows[i].left_s);
}

static void
finds_midnight (void)
{
  const gint64 last_of_november_s = NOON_S + 5 * 24 * HOUR_S;

  g_assert_cmpint (pl_opening_find_midnight (NOON_S), ==, NOON_S + 12 * HOUR_S);
  g_assert_cmpint (pl_opening_find_midnight (NOON_S + 12 * HOUR_S - 1), ==, NOON_S + 12 * HOUR_S);
  g_assert_cmpint (pl_opening_find_midnight (NOON_S + 12 * HOUR_S), ==, NOON_S + 36 * HOUR_S);
  g_assert_cmpint (pl_opening_find_midnight (last_of_november_s), ==,
                   last_of_november_s + 12 * HOUR_S);
}

/* The zone is Berlin's, by its rules: Windows knows it by another name. */
static void
finds_midnight_of_a_long_day (void)
{
  const gint64 summer_ends_s = 1792882800; /* 2026-10-25 01:00 there, of a day with 25 hours */

  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  g_assert_cmpint (pl_opening_find_midnight (summer_ends_s), ==, summer_ends_s + 24 * HOUR_S);
  g_setenv ("TZ", "UTC", TRUE);
}

static void
comes_back_from_its_file (void)
{
  static const PlOpening openings[] = {
    { LINKS, NETWORK, NOON_S, NOON_S + HOUR_S },
    { EVERYTHING, LINKS, NOON_S, NOON_S + PL_OPENING_LONGEST_S },
    { NETWORK, { PL_EXPOSURE_COMPUTER, PL_DOOR_EVERYTHING }, NOON_S, NOON_S + 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      gsize length;
      g_autofree char *data = pl_opening_dup_data (&openings[i], &length);
      PlOpening read = { 0 };

      g_assert_true (pl_opening_read (data, length, &read));
      g_assert_true (pl_welcome_equal (&read.welcome, &openings[i].welcome));
      g_assert_true (pl_welcome_equal (&read.before, &openings[i].before));
      g_assert_cmpint (read.begun_s, ==, openings[i].begun_s);
      g_assert_cmpint (read.until_s, ==, openings[i].until_s);
    }
}

/* Cut off anywhere, with any octet spoilt, or with something that no opening says: nobody is let in
 * for longer, or who is not in the file. */
static void
lets_nobody_in_by_a_bad_file (void)
{
  static const char *const bad[] = {
    "",
    "x",
    "[opening]\n",
    "[opening]\nexposure=internet\nworld=links\nexposure-before=network\nworld-before=links\n",
    "[opening]\nexposure=internet\nworld=links\nexposure-before=internet\nworld-before=links\n"
    "begun-s=100\nuntil-s=200\n",
    "[opening]\nexposure=internet\nworld=all\nexposure-before=network\nworld-before=links\n"
    "begun-s=100\nuntil-s=200\n",
    "[opening]\nexposure=internet\nworld=links\nexposure-before=network\nworld-before=links\n"
    "begun-s=100\nuntil-s=99999999999\n",
    "[opening]\nexposure=internet\nworld=links\nexposure-before=network\nworld-before=links\n"
    "begun-s=-9223372036854775808\nuntil-s=9223372036854775807\n",
  };
  PlOpening opening = make_hour ();
  gsize length;
  g_autofree char *good = pl_opening_dup_data (&opening, &length);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      PlOpening read = { .until_s = 1 };
      g_assert_false (pl_opening_read (bad[i], strlen (bad[i]), &read));
      g_assert_cmpint (read.until_s, ==, 1);
    }
  for (gsize cut = 0; cut < length; cut++)
    {
      PlOpening read;
      if (pl_opening_read (good, cut, &read))
        g_assert_cmpint (read.until_s, <=, opening.until_s);
    }
  for (gsize i = 0; i < length; i++)
    {
      PlOpening read;
      g_autofree char *spoilt = g_memdup2 (good, length);
      spoilt[i] = '?';
      if (pl_opening_read (spoilt, length, &read))
        g_assert_cmpint (read.until_s, ==, opening.until_s);
    }
}

static void
stands_beside_the_settings (void)
{
  g_autofree char *beside = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *expected
      = g_build_filename ("/var/lib/porchlight", "porchlight.ini.opening", NULL);

  g_unsetenv ("STATE_DIRECTORY");
  beside = pl_opening_dup_path ("a" G_DIR_SEPARATOR_S "my.ini");
  g_assert_cmpstr (beside, ==, "a" G_DIR_SEPARATOR_S "my.ini.opening");
  g_setenv ("STATE_DIRECTORY", "/var/lib/porchlight:/other", TRUE);
  kept = pl_opening_dup_path ("/etc/porchlight/porchlight.ini");
  g_assert_cmpstr (kept, ==, expected);
  g_unsetenv ("STATE_DIRECTORY");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opening/wider", is_wider);
  g_test_add_func ("/opening/check", is_checked);
  g_test_add_func ("/opening/lasts", lasts);
  g_test_add_func ("/opening/midnight", finds_midnight);
  g_test_add_func ("/opening/long-day", finds_midnight_of_a_long_day);
  g_test_add_func ("/opening/file", comes_back_from_its_file);
  g_test_add_func ("/opening/bad-file", lets_nobody_in_by_a_bad_file);
  g_test_add_func ("/opening/path", stands_beside_the_settings);
  return g_test_run ();
}
