/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The second step: who may come in? */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_WHO_STEP (pl_who_step_get_type ())
G_DECLARE_FINAL_TYPE (PlWhoStep, pl_who_step, PL, WHO_STEP, GtkBin)

/** pl_who_step_set_engine: before it is shown. Proposed is what holds; at the first start, that
 * the user's network may come in. */
void pl_who_step_set_engine (PlWhoStep *step, PlEngine *engine);

/** pl_who_step_wants_internet: whether the internet is to be let in, and may not come in yet: who
 * wants that is asked first. */
gboolean pl_who_step_wants_internet (PlWhoStep *step);

/** pl_who_step_apply: puts what was chosen to use. It ends a pause. */
void pl_who_step_apply (PlWhoStep *step);
