/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address, with a button to copy it. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_ADDRESS_ROW (pl_address_row_get_type ())
G_DECLARE_FINAL_TYPE (PlAddressRow, pl_address_row, PL, ADDRESS_ROW, GtkBox)

/** pl_address_row_new: @address: `http://192.168.1.20:8080`. */
GtkWidget *pl_address_row_new (const char *address);
