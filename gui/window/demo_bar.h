/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says above every page that the demo stands in for an Immich, with the way on from there; as soon
 * as the Immich of the settings answers, it is offered. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_DEMO_BAR (pl_demo_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlDemoBar, pl_demo_bar, PL, DEMO_BAR, GtkInfoBar)

/** pl_demo_bar_set_engine: whose demo it is; called once. */
void pl_demo_bar_set_engine (PlDemoBar *bar, PlEngine *engine);
