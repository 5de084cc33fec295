/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who guesses passwords and has to wait: who, since when, for how long still. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/waiting.h"

#define PL_TYPE_GUEST_ROW (pl_guest_row_get_type ())
G_DECLARE_FINAL_TYPE (PlGuestRow, pl_guest_row, PL, GUEST_ROW, GtkListBoxRow)

/**
 * PlGuestRow::let-in:
 *
 * They are to be let in again.
 */

/** pl_guest_row_new: of whom nothing is shown yet. */
GtkWidget *pl_guest_row_new (void);

/** pl_guest_row_show: @waiting: what is known of them now; @devices: who may have a name. */
void pl_guest_row_show (PlGuestRow *row, const PlWaiting *waiting, PlDeviceList *devices);

/** pl_guest_row_get: (transfer none): as last shown. */
const PlWaiting *pl_guest_row_get (PlGuestRow *row);
