/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps its child in the middle and from growing wider than reads well. For a page that scrolls:
 * GtkScrolledWindow > PlClamp > the page's box. The viewport that GTK puts between follows the
 * focus; one in a .ui would not. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_CLAMP (pl_clamp_get_type ())
G_DECLARE_FINAL_TYPE (PlClamp, pl_clamp, PL, CLAMP, GtkBin)

/**
 * PlClamp properties:
 *
 * - `maximum-width` (int): in pixels, 840 unless told otherwise; text that was enlarged makes it
 *   larger in proportion
 */
