/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A way to get an icon into a tray. There are two, one of which is chosen while the program runs:
 * whether there is a tray, and of which kind, is known only then, and it may change. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/lamp.h"
#include "gui/tray/menu.h"

/** PlTrayIcon: a back end's own. */
typedef struct _PlTrayIcon PlTrayIcon;

/** PlTrayIconFunc: a tray has taken the icon in, or let go of it. */
typedef void (*PlTrayIconFunc) (gpointer user_data);

/**
 * PlTrayBackEnd:
 * @open: (transfer full): makes an icon; it appears with the first @show. @menu is borrowed, until
 *   @close. When @is_visible has changed, @changed is called
 * @show: what the icon shows from now on, with words for its tooltip and for screen readers
 * @is_visible: whether it is in a tray, as far as that can be known
 * @tell: (nullable): says something beside it, until it is over or sent away; a click on that is
 *   one on the icon. %FALSE: nothing was said
 * @close: takes it away and frees it
 */
typedef struct
{
  PlTrayIcon *(*open) (PlTrayMenu *menu, PlTrayIconFunc changed, gpointer user_data);
  void (*show) (PlTrayIcon *icon, PlLamp lamp, const char *words);
  gboolean (*is_visible) (PlTrayIcon *icon);
  gboolean (*tell) (PlTrayIcon *icon, const char *title, const char *words);
  void (*close) (PlTrayIcon *icon);
} PlTrayBackEnd;

/** pl_tray_get_indicator: (transfer none): the StatusNotifierItem that today's Linux desktops show;
 * there alone. */
const PlTrayBackEnd *pl_tray_get_indicator (void);

/** pl_tray_get_status_icon: (transfer none) (nullable): the notification area of Windows, the menu
 * bar of macOS, the system tray of X11; %NULL where the display has none of these. */
const PlTrayBackEnd *pl_tray_get_status_icon (void);
