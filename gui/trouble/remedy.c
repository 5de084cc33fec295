/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/trouble/remedy.h"

static void
activate (const char *action, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), action, parameter);
}

void
pl_remedy_apply (PlEngine *engine, const PlRemedy *remedy)
{
  switch (remedy->kind)
    {
    case PL_REMEDY_CHOOSE_PORT:
      activate ("show-page", g_variant_new_string ("settings"));
      break;
    case PL_REMEDY_OPEN_SETTINGS:
      activate ("open-settings-file", NULL);
      break;
    case PL_REMEDY_CHANGE_IMMICH:
      activate ("assistant", NULL);
      break;
    case PL_REMEDY_OPEN_IMMICH:
      activate ("open-immich", NULL);
      break;
    case PL_REMEDY_USE_PORT:
    case PL_REMEDY_RETRY:
    case PL_REMEDY_RESTORE_SETTINGS:
      pl_engine_remedy (engine, remedy);
      break;
    }
}
