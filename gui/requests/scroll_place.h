/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a view of requests is scrolled to. At first it follows the end as requests come. Once the
 * user scrolls up it stays where it is, whatever comes, goes or is filtered, and counts what is new
 * below; at the end it follows again. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_filter.h"

#define PL_TYPE_SCROLL_PLACE (pl_scroll_place_get_type ())
G_DECLARE_FINAL_TYPE (PlScrollPlace, pl_scroll_place, PL, SCROLL_PLACE, GObject)

/** PlScrollPlace:n-new: (uint, read-only): requests that came below while it did not follow. */

/**
 * pl_scroll_place_new: (transfer full):
 * @view: borrowed, and must live as long; in fixed-height mode, within a #GtkScrolledWindow
 * @filter: what @view shows, oldest first; a reference is taken
 */
PlScrollPlace *pl_scroll_place_new (GtkTreeView *view, PlRequestFilter *filter);

/** pl_scroll_place_restore: @view was given its model anew: goes back to the request it was at, or
 * the next one there is. */
void pl_scroll_place_restore (PlScrollPlace *place);

/** pl_scroll_place_go_to_end: and follow from now on. */
void pl_scroll_place_go_to_end (PlScrollPlace *place);

/** pl_scroll_place_keep_in_sight: @row, while the view gets another size; where it would not be at
 * the end, the end is not followed. */
void pl_scroll_place_keep_in_sight (PlScrollPlace *place, guint row);

guint pl_scroll_place_get_n_new (PlScrollPlace *place);
