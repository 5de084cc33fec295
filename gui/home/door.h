/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lamp and what it says, with the switch of who may come in. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_DOOR (pl_door_get_type ())
G_DECLARE_FINAL_TYPE (PlDoor, pl_door, PL, DOOR, GtkBox)

/** pl_door_set_engine: whose door it is; called once. */
void pl_door_set_engine (PlDoor *door, PlEngine *engine);
