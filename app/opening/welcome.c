/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/opening/welcome.h"

#include "app/settings/world.h"

PlWelcome
pl_welcome_read (const PlSettings *settings)
{
  return (PlWelcome){
    .exposure = (PlExposure) pl_settings_get_choice (settings, "listen", "exposure"),
    .world = pl_world_get_rule (settings),
  };
}

gboolean
pl_welcome_equal (const PlWelcome *a, const PlWelcome *b)
{
  return a->exposure == b->exposure && a->world == b->world;
}

gboolean
pl_welcome_is_wider (const PlWelcome *welcome, const PlWelcome *before)
{
  if (welcome->exposure != before->exposure)
    return welcome->exposure > before->exposure;
  return welcome->exposure == PL_EXPOSURE_INTERNET && welcome->world == PL_DOOR_EVERYTHING
         && before->world == PL_DOOR_LINKS;
}

void
pl_welcome_put (const PlWelcome *welcome, PlConfig *config)
{
  pl_config_let_in (config, welcome->exposure, welcome->world);
}
