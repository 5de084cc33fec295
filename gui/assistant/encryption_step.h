/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The third step: is the way to be encrypted, and by what? It can be left out. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_ENCRYPTION_STEP (pl_encryption_step_get_type ())
G_DECLARE_FINAL_TYPE (PlEncryptionStep, pl_encryption_step, PL, ENCRYPTION_STEP, GtkBin)

/** pl_encryption_step_set_engine: before it is shown. Proposed is what holds; what fits is said to
 * be recommended. */
void pl_encryption_step_set_engine (PlEncryptionStep *step, PlEngine *engine);

/** pl_encryption_step_apply: puts what was chosen to use. %FALSE: it cannot be used, and the step
 * says why. */
gboolean pl_encryption_step_apply (PlEncryptionStep *step);
