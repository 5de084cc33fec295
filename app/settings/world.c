/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/world.h"

#include "app/i18n.h"
#include "app/settings/table.h"

#define GROUP "door"
#define KEY   "world"

PlDoorRule
pl_world_get_rule (const PlSettings *settings)
{
  return (PlDoorRule) pl_settings_get_choice (settings, GROUP, KEY);
}

void
pl_world_choose (PlSettings *settings, PlDoorRule rule)
{
  pl_settings_set (settings, GROUP, KEY, pl_setting_find (GROUP, KEY)->choices[rule], NULL);
}

gboolean
pl_world_is_chosen (const PlSettings *settings)
{
  return pl_settings_has (settings, GROUP, KEY);
}

gboolean
pl_world_is_news (const PlSettings *settings)
{
  return pl_settings_get_choice (settings, "listen", "exposure") == PL_EXPOSURE_INTERNET
         && !pl_world_is_chosen (settings);
}

const char *
pl_world_get_words (PlDoorRule rule)
{
  switch (rule)
    {
    case PL_DOOR_EVERYTHING:
      return _ ("The internet may reach all of Immich");
    case PL_DOOR_LINKS:
      return _ ("The internet may open what you shared by link");
    }
  g_return_val_if_reached ("");
}
