/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check: how it ended, what was seen, what to do. */

#pragma once

#include <gtk/gtk.h>

#include "app/checkup/check_item.h"

#define PL_TYPE_CHECK_ROW (pl_check_row_get_type ())
G_DECLARE_FINAL_TYPE (PlCheckRow, pl_check_row, PL, CHECK_ROW, GtkListBoxRow)

/** pl_check_row_new: @place: in the order of the checks. */
GtkWidget *pl_check_row_new (PlCheckItem *item, guint place);

/** pl_check_row_compare_places: for sorting: in the order of the checks. */
int pl_check_row_compare_places (PlCheckRow *a, PlCheckRow *b);

/** pl_check_row_compare_findings: for sorting: what is wrong, what is to be looked at, the rest;
 * each in the order of the checks. */
int pl_check_row_compare_findings (PlCheckRow *a, PlCheckRow *b);
