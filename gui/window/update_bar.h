/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says above every page that there is a newer version, until it is sent away. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_UPDATE_BAR (pl_update_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlUpdateBar, pl_update_bar, PL, UPDATE_BAR, GtkInfoBar)

/** pl_update_bar_tell: @version: the newest one. Shows the bar, sent away or not. */
void pl_update_bar_tell (PlUpdateBar *bar, const char *version);
