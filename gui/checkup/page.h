/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Check-up: what is well and what is not, on the whole way to Immich. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_CHECKUP_PAGE (pl_checkup_page_get_type ())
G_DECLARE_FINAL_TYPE (PlCheckupPage, pl_checkup_page, PL, CHECKUP_PAGE, GtkBin)

/**
 * PlCheckupPage properties:
 *
 * - `n-findings` (uint, read-only): how much the last check-up found that is wrong or to be looked
 *   at; 0 while one runs
 */

/** pl_checkup_page_new: it runs when it is shown for the first time, then when asked. */
GtkWidget *pl_checkup_page_new (PlEngine *engine);
