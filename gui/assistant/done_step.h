/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last step: the address for other devices, and the first of them arriving. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_DONE_STEP (pl_done_step_get_type ())
G_DECLARE_FINAL_TYPE (PlDoneStep, pl_done_step, PL, DONE_STEP, GtkBin)

/** PlDoneStep::leave: a remedy has led elsewhere; @kind: the #PlRemedyKind. */

/** pl_done_step_set_engine: before it is shown. */
void pl_done_step_set_engine (PlDoneStep *step, PlEngine *engine);
