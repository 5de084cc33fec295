/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lamp in the tray: it shows the engine's state, opens the window when clicked, and has the
 * most important actions in its menu. Desktops without a tray show none. */

#pragma once

#include <gio/gio.h>

#include "app/engine/engine.h"

#define PL_TYPE_TRAY (pl_tray_get_type ())
G_DECLARE_FINAL_TYPE (PlTray, pl_tray, PL, TRAY, GObject)

/**
 * PlTray:shown:
 *
 * Whether there is an icon to come back by. It may change at any time, with the desktop's panel.
 */

/** pl_tray_new: (transfer full): @app: whose actions are in the menu, and which a click activates;
 * it must have been started, and like @engine outlive the tray. */
PlTray *pl_tray_new (PlEngine *engine, GApplication *app);

/** pl_tray_tell: says something beside the icon, a click on which is one on the icon. %FALSE: this
 * is not how the desktop does that, or there is no icon; nothing was said. */
gboolean pl_tray_tell (PlTray *tray, const char *title, const char *words);
