/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be typed behind --open, and what it comes to. */

#include "app/opening/wish.h"

#define NOON_S 1795608000 /* 2026-11-25 12:00 UTC */
#define HOUR_S 3600
#define DAY_S  (24 * HOUR_S)

static const PlWelcome network = { PL_EXPOSURE_NETWORK, PL_DOOR_EVERYTHING };

static void
understands (void)
{
  static const struct
  {
    const char *text;
    PlWelcome welcome;
    gint64 until_s;
  } rows[] = {
    { "world=links 2h", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, NOON_S + 2 * HOUR_S },
    { "  2h\tworld=links ", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, NOON_S + 2 * HOUR_S },
    { "world=everything 30m", { PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING }, NOON_S + HOUR_S / 2 },
    { "exposure=network 3d", { PL_EXPOSURE_NETWORK, PL_DOOR_EVERYTHING }, NOON_S + 3 * DAY_S },
    { "exposure=internet 45s", { PL_EXPOSURE_INTERNET, PL_DOOR_EVERYTHING }, NOON_S + 45 },
    { "world=links until 22:00", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, NOON_S + 10 * HOUR_S },
    { "until 22:00 world=links", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, NOON_S + 10 * HOUR_S },
    { "world=links until 12:00", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, NOON_S + DAY_S },
    { "world=links until 06:30",
      { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS },
      NOON_S + 18 * HOUR_S + HOUR_S / 2 },
    { "world=links until 24:00", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, NOON_S + 12 * HOUR_S },
    { "world=links until 00:00", { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS }, NOON_S + 12 * HOUR_S },
    { "world=links until 2026-11-25",
      { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS },
      NOON_S + 12 * HOUR_S },
    { "world=links until 2026-11-27 18:00",
      { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS },
      NOON_S + 2 * DAY_S + 6 * HOUR_S },
    { "until 2026-11-30 24:00 world=links",
      { PL_EXPOSURE_INTERNET, PL_DOOR_LINKS },
      NOON_S + 5 * DAY_S + 12 * HOUR_S },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PlOpeningWish wish;

      g_test_message ("%s", rows[i].text);
      pl_opening_wish_parse (rows[i].text, NOON_S, &wish, &error);
      g_assert_no_error (error);
      g_assert_false (wish.is_end);
      PlOpening opening = pl_opening_wish_find (&wish, &network, NOON_S);
      g_assert_true (pl_welcome_equal (&opening.welcome, &rows[i].welcome));
      g_assert_true (pl_welcome_equal (&opening.before, &network));
      g_assert_cmpint (opening.begun_s, ==, NOON_S);
      g_assert_cmpint (opening.until_s, ==, rows[i].until_s);
    }
}

static void
understands_off (void)
{
  PlOpeningWish wish;

  g_assert_true (pl_opening_wish_parse (" off ", NOON_S, &wish, NULL));
  g_assert_true (wish.is_end);
}

static void
refuses (void)
{
  static const char *const rows[] = {
    "",
    "world=links",
    "2h",
    "world=nothing 2h",
    "exposure=computer 2h",
    "world=links exposure=network 2h",
    "world=links world=links 2h",
    "world=links 2h 3h",
    "world=links 2h until 22:00",
    "world=links 2",
    "world=links h",
    "world=links 0h",
    "world=links -2h",
    "world=links 2w",
    "world=links 2h off",
    "off 2h",
    "world=links until",
    "world=links until 25:00",
    "world=links until 24:01",
    "world=links until 22:60",
    "world=links until 9:00",
    "world=links until 22",
    "world=links until 2026-02-30",
    "world=links until 2026-1-1",
    "world=links until 9999-12-31",
    "world=links until tomorrow",
    "world=links until 2026-11-27 25:00",
    "WORLD=links 2h",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PlOpeningWish wish;

      g_test_message ("%s", rows[i]);
      g_assert_false (pl_opening_wish_parse (rows[i], NOON_S, &wish, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

/* Long numbers come to something too long, not to something short. */
static void
is_not_overrun (void)
{
  static const char *const rows[]
      = { "world=links 367d", "world=links 99999999999d", "world=links 18446744073709551615s",
          "world=links 99999999999999999999999m", "world=links until 9998-12-31" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PlOpeningWish wish;
      g_assert_true (pl_opening_wish_parse (rows[i], NOON_S, &wish, NULL));
      PlOpening opening = pl_opening_wish_find (&wish, &network, NOON_S);
      g_assert_false (pl_opening_check (&opening, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opening/wish/understands", understands);
  g_test_add_func ("/opening/wish/off", understands_off);
  g_test_add_func ("/opening/wish/refuses", refuses);
  g_test_add_func ("/opening/wish/long", is_not_overrun);
  return g_test_run ();
}
