/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices that are turned away. */

#include "app/engine/engine_private.h"

#include "app/settings/devices.h"

void
pl_engine_update_devices (PlEngine *engine)
{
  g_autoptr (PlTrust) turned_away = pl_settings_dup_turned_away (pl_engine_get_settings (engine));

  pl_device_list_set_turned_away (pl_engine_get_devices (engine), turned_away);
}

void
pl_engine_turn_away (PlEngine *engine, PlDeviceItem *device)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  pl_settings_turn_away (settings, pl_device_item_get_address (device));
  pl_engine_apply_settings (engine, settings, NULL);
}

void
pl_engine_let_in_again (PlEngine *engine, PlDeviceItem *device)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  pl_settings_let_in_again (settings, pl_device_item_get_address (device));
  pl_engine_apply_settings (engine, settings, NULL);
}
