/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the internet may see: the one question about it, with its answers, wherever it is asked. */

#pragma once

#include <gtk/gtk.h>

#include "app/settings/world.h"

#define PL_TYPE_WORLD_CHOICE (pl_world_choice_get_type ())
G_DECLARE_FINAL_TYPE (PlWorldChoice, pl_world_choice, PL, WORLD_CHOICE, GtkBox)

/** PlWorldChoice::chosen: by the user. */

/** pl_world_choice_get, pl_world_choice_set: at first what was shared by link. */
PlDoorRule pl_world_choice_get (PlWorldChoice *choice);
void pl_world_choice_set (PlWorldChoice *choice, PlDoorRule sees);
