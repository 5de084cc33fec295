/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks whether guests may ask for one thing more, and shows what comes to stand in the settings. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_ALLOW_DIALOG (pl_allow_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlAllowDialog, pl_allow_dialog, PL, ALLOW_DIALOG, GtkMessageDialog)

/** pl_allow_dialog_show: over @parent; @line: of `[door] also-links=`. */
void pl_allow_dialog_show (GtkWindow *parent, PlEngine *engine, const char *line);
