/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first step: where is Immich? It looks by itself, and takes an address. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_WHERE_STEP (pl_where_step_get_type ())
G_DECLARE_FINAL_TYPE (PlWhereStep, pl_where_step, PL, WHERE_STEP, GtkBin)

/**
 * PlWhereStep properties:
 *
 * - `ready` (boolean, read-only): one can go on: an Immich was chosen, or one is set already
 */

/** PlWhereStep::done: the user wants to go on with what was chosen. */

/** pl_where_step_set_engine: before it is shown. */
void pl_where_step_set_engine (PlWhereStep *step, PlEngine *engine);

gboolean pl_where_step_get_ready (PlWhereStep *step);

/** pl_where_step_apply: puts what was chosen to use. %FALSE: it cannot be used, and the step says
 * why. */
gboolean pl_where_step_apply (PlWhereStep *step);
