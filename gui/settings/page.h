/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings: everything in the settings file, and the file itself. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_SETTINGS_PAGE (pl_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (PlSettingsPage, pl_settings_page, PL, SETTINGS_PAGE, GtkBin)

GtkWidget *pl_settings_page_new (PlEngine *engine);
