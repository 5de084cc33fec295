/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The chip of a request: what stands on it, the style class that colours it, and a cell that draws
 * it: its text on `.pl-chip` with the class of the tone, which may be filled up to somewhere by
 * `.pl-fill`. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_item.h"

/** pl_chip_get_class: (transfer none): `pl-good`, `pl-warning`, … */
const char *pl_chip_get_class (PlTone tone);

/** pl_chip_dup_text: (transfer full): how far a transfer is, or the status: `62 %`, `200`. */
char *pl_chip_dup_text (PlRequestItem *item);

/** pl_chip_get_fraction: how much of the chip is filled; below 0: it does not tell of progress. */
double pl_chip_get_fraction (PlRequestItem *item);

#define PL_TYPE_CHIP_RENDERER (pl_chip_renderer_get_type ())
G_DECLARE_FINAL_TYPE (PlChipRenderer, pl_chip_renderer, PL, CHIP_RENDERER, GtkCellRendererText)

/** pl_chip_renderer_set: what the next cell is like; @fraction: 0 to 1, or below 0: not filled.
 * Its text is #GtkCellRendererText:text. */
void pl_chip_renderer_set (PlChipRenderer *renderer, PlTone tone, double fraction);
