/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check: how it ended, what was seen, what to do. */

#pragma once

#include <gtk/gtk.h>

#include "app/checkup/check_item.h"

#define PL_TYPE_CHECK_ROW (pl_check_row_get_type ())
G_DECLARE_FINAL_TYPE (PlCheckRow, pl_check_row, PL, CHECK_ROW, GtkListBoxRow)

GtkWidget *pl_check_row_new (PlCheckItem *item);
