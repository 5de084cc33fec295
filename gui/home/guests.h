/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who guesses passwords and has to wait, and who was turned away today. To be seen where the
 * internet may come in, or there is somebody to tell of. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"
#include "gui/kit/toast.h"

#define PL_TYPE_GUESTS (pl_guests_get_type ())
G_DECLARE_FINAL_TYPE (PlGuests, pl_guests, PL, GUESTS, GtkBox)

/** pl_guests_set_engine: whose guests they are; called once. @toast, which outlives it, says who
 * was let in. */
void pl_guests_set_engine (PlGuests *guests, PlEngine *engine, PlToast *toast);
