/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a GtkExpander needs where people read from right to left. */

#pragma once

#include <gtk/gtk.h>

/** pl_expander_arrange: puts the title of an expander that was just made where it belongs. Such a
 * title is arranged only when its direction changes: one that is made in a program that goes from
 * right to left would stay at the left. */
void pl_expander_arrange (GtkExpander *expander);
