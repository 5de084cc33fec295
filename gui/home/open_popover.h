/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks who may come in for a while, and until when. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_OPEN_POPOVER (pl_open_popover_get_type ())
G_DECLARE_FINAL_TYPE (PlOpenPopover, pl_open_popover, PL, OPEN_POPOVER, GtkPopover)

/** pl_open_popover_new: (transfer floating): offers whom @engine does not let in by the settings;
 * what is chosen is asked of the application's action. */
GtkWidget *pl_open_popover_new (PlEngine *engine);
