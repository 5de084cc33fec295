/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks what the user calls a device. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/device_list.h"

#define PL_TYPE_RENAME_POPOVER (pl_rename_popover_get_type ())
G_DECLARE_FINAL_TYPE (PlRenamePopover, pl_rename_popover, PL, RENAME_POPOVER, GtkPopover)

/** pl_rename_popover_ask: (transfer none): at @row, about @device of @devices; destroyed when it is
 * closed. */
GtkWidget *pl_rename_popover_ask (GtkWidget *row, PlDeviceList *devices, PlDeviceItem *device);
