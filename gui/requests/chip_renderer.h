/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cell with its text on a coloured chip, which may also be filled up to somewhere: a status, or
 * how far a transfer is. Colours come from the stylesheet: `.pl-chip` with the class of the tone,
 * and
 * `.pl-fill` for what is done. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_item.h"

#define PL_TYPE_CHIP_RENDERER (pl_chip_renderer_get_type ())
G_DECLARE_FINAL_TYPE (PlChipRenderer, pl_chip_renderer, PL, CHIP_RENDERER, GtkCellRendererText)

/** pl_chip_renderer_set: what the next cell is like; @fraction: 0 to 1, or below 0: not filled.
 * Its text is #GtkCellRendererText:text. */
void pl_chip_renderer_set (PlChipRenderer *renderer, PlTone tone, double fraction);
