/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests as rows, thousands of them, while more come. Its context menu takes the actions
 * `requests.show`, `.copy-url`, `.copy-curl` and `.only-device` from where it is put. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/request_filter.h"

#define PL_TYPE_REQUEST_LIST (pl_request_list_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestList, pl_request_list, PL, REQUEST_LIST, GtkOverlay)

/**
 * PlRequestList:selected: (nullable) (read-only): the #PlRequestItem chosen; it stays so when it is
 *   filtered out or forgotten.
 */

/** PlRequestList::activated: the user wants to see more of the selected request. */

/** pl_request_list_set_filter: what to show; once. */
void pl_request_list_set_filter (PlRequestList *list, PlRequestFilter *filter);

/** pl_request_list_get_selected: (transfer none) (nullable). */
PlRequestItem *pl_request_list_get_selected (PlRequestList *list);

/** pl_request_list_keep_in_sight: the selected request, while the list gets another size. */
void pl_request_list_keep_in_sight (PlRequestList *list);

/** pl_request_list_focus: puts the keyboard into the rows. */
void pl_request_list_focus (PlRequestList *list);
