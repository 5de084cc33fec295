/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A setting on the settings page: what it is called, what it does, the control that changes it, and
 * why a value was refused. A change takes effect at once; typed ones with Enter, the button in the
 * field, or when the field is left. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"
#include "app/settings/table.h"

#define PL_TYPE_SETTING_ROW (pl_setting_row_get_type ())
G_DECLARE_FINAL_TYPE (PlSettingRow, pl_setting_row, PL, SETTING_ROW, GtkGrid)

/** PlSettingRow::refused: the value that comes with it, as in the settings file, was wished for and
 * cannot be; the row says why. */

/**
 * pl_setting_row_new:
 * @group: as it stands in the settings: `listen`, `upstream immich`
 * @name: (nullable): which of several, to be shown beside the title
 */
GtkWidget *pl_setting_row_new (PlEngine *engine,
                               const PlSetting *setting,
                               const char *group,
                               const char *name);
