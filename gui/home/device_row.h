/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that was here: who, from where, when, and how much. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_DEVICE_ROW (pl_device_row_get_type ())
G_DECLARE_FINAL_TYPE (PlDeviceRow, pl_device_row, PL, DEVICE_ROW, GtkListBoxRow)

/** pl_device_row_new: @device: the one it stands for as long as it lives, of those of @engine,
 * which outlives it. */
GtkWidget *pl_device_row_new (PlEngine *engine, PlDeviceItem *device);

/** pl_device_row_get_device: (transfer none). */
PlDeviceItem *pl_device_row_get_device (PlDeviceRow *row);

/** pl_device_row_show_requests: those of its device, on their page. */
void pl_device_row_show_requests (PlDeviceRow *row);

/** pl_device_row_is_asking: whether something is open at the row that is about its device. */
gboolean pl_device_row_is_asking (PlDeviceRow *row);

/** pl_device_row_refresh: shows what is known of its device now. */
void pl_device_row_refresh (PlDeviceRow *row);

/** pl_device_row_set_narrow: address and time stand below the name, not beside it. */
void pl_device_row_set_narrow (PlDeviceRow *row, gboolean is_narrow);
