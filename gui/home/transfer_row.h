/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An upload or download that is under way, with its progress. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/device_list.h"
#include "app/model/transfer_item.h"

#define PL_TYPE_TRANSFER_ROW (pl_transfer_row_get_type ())
G_DECLARE_FINAL_TYPE (PlTransferRow, pl_transfer_row, PL, TRANSFER_ROW, GtkBox)

/** pl_transfer_row_new: follows @item. @devices: by whose names people know who it is; they outlive
 * it. */
GtkWidget *pl_transfer_row_new (PlTransferItem *item, PlDeviceList *devices);
