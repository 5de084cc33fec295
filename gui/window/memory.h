/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window remembers from one start to the next that nobody would call a setting: where it
 * was, and what it has said once. It lies in the user's folder for state, and may be lost. */

#pragma once

#include <gtk/gtk.h>

/**
 * PlPlace:
 * @x, @y: on the desktop; meaningless where the desktop does not say (Wayland)
 * @width, @height: while not maximised
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
  gboolean is_maximized;
} PlPlace;

/** pl_memory_load_place: %FALSE where none is remembered. */
gboolean pl_memory_load_place (PlPlace *place);
void pl_memory_save_place (const PlPlace *place);

/** pl_memory_was_told, pl_memory_set_told: whether something that is said once has been said:
 * `background`, `internet`. */
gboolean pl_memory_was_told (const char *what);
void pl_memory_set_told (const char *what);
