/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells those whose settings are from before there was a choice that the internet sees less now.
 * The answer is written to the settings, so that it is told no more. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_WORLD_BAR (pl_world_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlWorldBar, pl_world_bar, PL, WORLD_BAR, GtkInfoBar)

/** pl_world_bar_set_engine: whose settings they are; called once. */
void pl_world_bar_set_engine (PlWorldBar *bar, PlEngine *engine);
