/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A field of a head: what came, what was made of it and why. A secret is masked until the user
 * presses its button. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/header_diff.h"

#define PL_TYPE_HEADER_LINE (pl_header_line_get_type ())
G_DECLARE_FINAL_TYPE (PlHeaderLine, pl_header_line, PL, HEADER_LINE, GtkGrid)

/** pl_header_line_new: @row: borrowed, and must live as long. */
GtkWidget *pl_header_line_new (const PlHeaderRow *row);
