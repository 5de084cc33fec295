/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the internet may see, as settings say it. */

#include "app/settings/world.h"

#include <string.h>

static PlSettings *
new_settings (const char *data)
{
  return pl_settings_new_from_data ("porchlight.ini", data, strlen (data), NULL);
}

static void
is_news_until_it_is_said (void)
{
  static const struct
  {
    const char *data;
    gboolean is_chosen, is_news;
    PlDoorRule rule;
  } rows[] = {
    { "", FALSE, FALSE, PL_DOOR_LINKS },
    { "[listen]\nexposure=network\n", FALSE, FALSE, PL_DOOR_LINKS },
    { "[listen]\nexposure=internet\n", FALSE, TRUE, PL_DOOR_LINKS },
    { "[listen]\nexposure=internet\n[door]\nhome=links\n", FALSE, TRUE, PL_DOOR_LINKS },
    { "[listen]\nexposure=internet\n[door]\nworld=links\n", TRUE, FALSE, PL_DOOR_LINKS },
    { "[listen]\nexposure=internet\n[door]\nworld=everything\n", TRUE, FALSE, PL_DOOR_EVERYTHING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PlSettings) settings = new_settings (rows[i].data);
      g_assert_cmpint (pl_world_is_chosen (settings), ==, rows[i].is_chosen);
      g_assert_cmpint (pl_world_is_news (settings), ==, rows[i].is_news);
      g_assert_cmpint (pl_world_get_rule (settings), ==, rows[i].rule);
    }
}

static void
is_chosen (void)
{
  g_autoptr (PlSettings) settings = new_settings ("[listen]\nexposure=internet\n");

  pl_world_choose (settings, PL_DOOR_EVERYTHING);
  g_assert_cmpint (pl_world_get_rule (settings), ==, PL_DOOR_EVERYTHING);
  g_assert_false (pl_world_is_news (settings));
  pl_world_choose (settings, PL_DOOR_LINKS);
  g_assert_cmpint (pl_world_get_rule (settings), ==, PL_DOOR_LINKS);
  g_assert_true (pl_world_is_chosen (settings));
  g_assert_cmpstr (pl_world_get_words (PL_DOOR_LINKS), ==,
                   "The internet may open what you shared by link");
  g_assert_cmpstr (pl_world_get_words (PL_DOOR_EVERYTHING), ==,
                   "The internet may reach all of Immich");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/world/news", is_news_until_it_is_said);
  g_test_add_func ("/world/chosen", is_chosen);
  return g_test_run ();
}
