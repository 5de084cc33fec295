/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of being reachable from the internet, step by step. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_REACH_LIST (pl_reach_list_get_type ())
G_DECLARE_FINAL_TYPE (PlReachList, pl_reach_list, PL, REACH_LIST, GtkBox)

/** pl_reach_list_set_engine: of whom it tells; called once. */
void pl_reach_list_set_engine (PlReachList *list, PlEngine *engine);
