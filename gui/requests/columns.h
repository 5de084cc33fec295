/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of the requests show, how wide they are, and what they say when one points at
 * them. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_item.h"

/** pl_request_columns_set_up: @view has the columns of request-list.ui, in their order, and will
 * have a #PlRequestTreeModel. */
void pl_request_columns_set_up (GtkTreeView *view);

/** pl_request_columns_fit: a #PlFitFunc for @view: what is least needed makes room when it is
 * narrow. */
void pl_request_columns_fit (gpointer view, int width_chars);

/** pl_request_columns_dup_tooltip: (transfer full): @column: one of @view's. */
char *
pl_request_columns_dup_tooltip (GtkTreeView *view, GtkTreeViewColumn *column, PlRequestItem *item);
