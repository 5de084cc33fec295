/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address to type or to copy, and what it is good for. Of several, one is chosen. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_ADDRESS_ROW (pl_address_row_get_type ())
G_DECLARE_FINAL_TYPE (PlAddressRow, pl_address_row, PL, ADDRESS_ROW, GtkBox)

/** PlAddressRow::chosen: by the user. */

/** pl_address_row_new: @kind: (nullable): words beside it: `At home`. */
GtkWidget *pl_address_row_new (const char *address, const char *kind);

/** pl_address_row_get_address: (transfer none). */
const char *pl_address_row_get_address (PlAddressRow *row);

/** pl_address_row_join: makes it one of those that @other is of, of which one can be chosen. Until
 * then there is nothing to choose. */
void pl_address_row_join (PlAddressRow *row, PlAddressRow *other);

/** pl_address_row_choose: as if the user had. */
void pl_address_row_choose (PlAddressRow *row);
