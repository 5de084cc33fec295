/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests of a #PlRequestFilter as GTK 3's tree view wants them: a #GtkTreeModel of one
 * column, which holds the #PlRequestItem. It keeps nothing itself. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_filter.h"

#define PL_TYPE_REQUEST_TREE_MODEL (pl_request_tree_model_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestTreeModel, pl_request_tree_model, PL, REQUEST_TREE_MODEL, GObject)

/**
 * PlRequestTreeModel::changing:
 * @is_wholesale: so much changes, or all, that rows are not told one by one; a view must let go of
 *   the model now, and may take it again at #PlRequestTreeModel::changed
 *
 * Rows are about to come or go.
 */

/** PlRequestTreeModel::changed: the rows are again those of the filter. */

/** pl_request_tree_model_new: @filter: a reference is taken. */
PlRequestTreeModel *pl_request_tree_model_new (PlRequestFilter *filter);

/** pl_request_tree_model_get_filter: (transfer none): whose rows they are. */
PlRequestFilter *pl_request_tree_model_get_filter (PlRequestTreeModel *rows);

/** pl_request_tree_model_get: (transfer none) (nullable): %NULL for a row that is just about to go.
 */
PlRequestItem *pl_request_tree_model_get (PlRequestTreeModel *rows, const GtkTreeIter *iter);
