/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu of the icon in the tray. Its items are those of the application's table of actions. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_TRAY_MENU (pl_tray_menu_get_type ())
G_DECLARE_FINAL_TYPE (PlTrayMenu, pl_tray_menu, PL, TRAY_MENU, GtkMenu)

/** pl_tray_menu_new: @app: has the actions; it and @engine must outlive the menu. */
PlTrayMenu *pl_tray_menu_new (PlEngine *engine, GApplication *app);

/** pl_tray_menu_get_open_item: (transfer none): the item that a click on the icon stands for. */
GtkMenuItem *pl_tray_menu_get_open_item (PlTrayMenu *menu);
