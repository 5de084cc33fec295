/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong, above every page, with a button for each thing that can be done about it. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_TROUBLE_BAR (pl_trouble_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlTroubleBar, pl_trouble_bar, PL, TROUBLE_BAR, GtkInfoBar)

/** pl_trouble_bar_set_engine: whose trouble it shows; called once. */
void pl_trouble_bar_set_engine (PlTroubleBar *bar, PlEngine *engine);
