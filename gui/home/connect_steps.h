/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of the Immich app by which a phone uses one address at home and another elsewhere, with
 * both filled in. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_CONNECT_STEPS (pl_connect_steps_get_type ())
G_DECLARE_FINAL_TYPE (PlConnectSteps, pl_connect_steps, PL, CONNECT_STEPS, GtkExpander)

/** pl_connect_steps_set_engine: called once. */
void pl_connect_steps_set_engine (PlConnectSteps *steps, PlEngine *engine);
