/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lamp and what it says, with the switch of who may come in. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_HOME_DOOR (pl_home_door_get_type ())
G_DECLARE_FINAL_TYPE (PlHomeDoor, pl_home_door, PL, HOME_DOOR, GtkBox)

/** pl_home_door_set_engine: whose door it is; called once. */
void pl_home_door_set_engine (PlHomeDoor *door, PlEngine *engine);
