/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The head of a request or an answer as it came, and what was made of it. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/header_diff.h"

#define PL_TYPE_HEADER_LIST (pl_header_list_get_type ())
G_DECLARE_FINAL_TYPE (PlHeaderList, pl_header_list, PL, HEADER_LIST, GtkBox)

/** PlHeaderList:title: (string): what stands above. */

/** pl_header_list_show: @diff: (transfer full) (nullable): %NULL: nothing is to be seen, not even
 * the title. */
void pl_header_list_show (PlHeaderList *list, PlHeaderDiff *diff);
