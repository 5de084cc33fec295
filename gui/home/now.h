/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is going on: the traffic of the last minutes, and the transfers under way. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_NOW (pl_now_get_type ())
G_DECLARE_FINAL_TYPE (PlNow, pl_now, PL, NOW, GtkBox)

/** pl_now_set_engine: whose traffic it is; called once. */
void pl_now_set_engine (PlNow *now, PlEngine *engine);
