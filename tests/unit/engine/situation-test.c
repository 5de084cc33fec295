/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of each situation. */

#include "app/engine/situation.h"

typedef struct
{
  PlSituation situation;
  PlLamp lamp;
  const char *words;
  const char *detail;
} Row;

static const Row rows[] = {
  { { PL_RUN_IDLE, PL_EXPOSURE_NETWORK },
    PL_LAMP_PAUSED,
    "Paused: nobody can open your photos",
    "" },
  { { PL_RUN_PAUSED, PL_EXPOSURE_NETWORK },
    PL_LAMP_PAUSED,
    "Paused: nobody can open your photos",
    "Your settings stay as they are" },
  { { PL_RUN_OPEN, PL_EXPOSURE_COMPUTER },
    PL_LAMP_COMPUTER,
    "Your photos can be opened on this computer",
    "All well; no other device was here today" },
  { { PL_RUN_OPEN, PL_EXPOSURE_NETWORK, .n_devices_today = 1 },
    PL_LAMP_NETWORK,
    "Your photos can be reached from your network",
    "1 device today, all well" },
  { { PL_RUN_OPEN, PL_EXPOSURE_INTERNET },
    PL_LAMP_INTERNET,
    "The internet may reach all of Immich · not tried yet",
    "All well; no other device was here today" },
  { { PL_RUN_OPEN, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS },
    PL_LAMP_INTERNET,
    "The internet may open what you shared by link · not tried yet",
    "All well; no other device was here today" },
  { { PL_RUN_OPEN, PL_EXPOSURE_COMPUTER, .is_looking = TRUE },
    PL_LAMP_COMPUTER,
    "Let us find your Immich",
    "None was found at its usual address on this computer" },
  { { PL_RUN_OPEN, PL_EXPOSURE_NETWORK, .is_looking = TRUE },
    PL_LAMP_COMPUTER,
    "Let us find your Immich",
    "None was found at its usual address on this computer" },
  { { PL_RUN_OPEN, PL_EXPOSURE_INTERNET, .was_seen_outside = TRUE, .n_devices_today = 12 },
    PL_LAMP_INTERNET,
    "The internet may reach all of Immich",
    "12 devices today, all well" },
  { { PL_RUN_OPEN, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS, .was_seen_outside = TRUE },
    PL_LAMP_INTERNET,
    "The internet may open what you shared by link",
    "All well; no other device was here today" },
  { { PL_RUN_OPEN, PL_EXPOSURE_NETWORK, .has_demo = TRUE, .n_devices_today = 1 },
    PL_LAMP_NETWORK,
    "Your photos can be reached from your network",
    "The built-in demo stands in for your Immich" },
  { { PL_RUN_OPEN, PL_EXPOSURE_INTERNET, PL_DOOR_LINKS, .was_seen_outside = TRUE,
      .is_guessed = TRUE },
    PL_LAMP_INTERNET,
    "The internet may open what you shared by link",
    "Somebody outside is guessing passwords, and has to wait" },
  { { PL_RUN_OPEN, PL_EXPOSURE_INTERNET, .was_seen_outside = TRUE, .has_demo = TRUE,
      .n_devices_today = 1, .is_guessed = TRUE },
    PL_LAMP_INTERNET,
    "The internet may reach all of Immich",
    "Somebody outside is guessing passwords, and has to wait" },
  { { PL_RUN_ENDED, PL_EXPOSURE_NETWORK },
    PL_LAMP_PAUSED,
    "Paused: nobody can open your photos",
    "" },
};

static void
tells_what_is_so (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *detail = pl_situation_dup_detail (&rows[i].situation);

      g_assert_cmpint (pl_situation_get_lamp (&rows[i].situation), ==, rows[i].lamp);
      g_assert_cmpstr (pl_situation_get_words (&rows[i].situation), ==, rows[i].words);
      g_assert_cmpstr (detail, ==, rows[i].detail);
      g_assert_cmpint (pl_situation_tells_of_guessers (&rows[i].situation), ==,
                       g_str_has_suffix (detail, "guessing passwords, and has to wait"));
    }
}

static void
tells_trouble_first (void)
{
  g_autoptr (PlTrouble) grave = pl_trouble_new (PL_TROUBLE_IMMICH_DOWN, "It is down.");
  g_autoptr (PlTrouble) light = pl_trouble_new (PL_TROUBLE_NOT_SAVED, "The disk is full.");
  g_autoptr (PlTrouble) alone = pl_trouble_new (PL_TROUBLE_NO_NETWORK, "There is none.");
  PlSituation situation = { PL_RUN_OPEN, PL_EXPOSURE_NETWORK, .trouble = grave, .has_fault = TRUE };
  g_autofree char *detail = pl_situation_dup_detail (&situation);

  g_assert_cmpint (pl_situation_get_lamp (&situation), ==, PL_LAMP_FAULT);
  g_assert_cmpstr (pl_situation_get_words (&situation), ==, "Your photos cannot be reached");
  g_assert_cmpstr (detail, ==, "It is down.");

  situation.trouble = alone;
  g_assert_cmpstr (pl_situation_get_words (&situation), ==,
                   "Other devices cannot reach your photos now");

  g_autoptr (PlTrouble) closed = pl_trouble_new (PL_TROUBLE_MAINTENANCE, "It is closed.");
  situation.trouble = closed;
  situation.has_fault = FALSE;
  g_assert_cmpint (pl_situation_get_lamp (&situation), ==, PL_LAMP_NETWORK);
  g_assert_cmpstr (pl_situation_get_words (&situation), ==, "Immich is in maintenance");

  situation.trouble = light;
  situation.has_fault = FALSE;
  g_assert_cmpint (pl_situation_get_lamp (&situation), ==, PL_LAMP_NETWORK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/situation/rows", tells_what_is_so);
  g_test_add_func ("/situation/trouble", tells_trouble_first);
  return g_test_run ();
}
