/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where Immich is and how it does. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"
#include "gui/kit/toast.h"

#define PL_TYPE_IMMICH (pl_immich_get_type ())
G_DECLARE_FINAL_TYPE (PlImmich, pl_immich, PL, IMMICH, GtkBox)

/** pl_immich_set_engine: whose Immich it is, and where to say what was done to it; called once.
 * @toast must outlive @immich. */
void pl_immich_set_engine (PlImmich *immich, PlEngine *engine, PlToast *toast);
