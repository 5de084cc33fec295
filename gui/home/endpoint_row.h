/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address of Immich and how it does; where there are several, with buttons to put it elsewhere
 * or take it out. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/upstream_item.h"

#define PL_TYPE_ENDPOINT_ROW (pl_endpoint_row_get_type ())
G_DECLARE_FINAL_TYPE (PlEndpointRow, pl_endpoint_row, PL, ENDPOINT_ROW, GtkBox)

/** PlEndpointWish: which of the buttons. */
typedef enum
{
  PL_ENDPOINT_EARLIER,
  PL_ENDPOINT_LATER,
  PL_ENDPOINT_REMOVE,
} PlEndpointWish;

/**
 * PlEndpointRow::wish:
 * @wish: a #PlEndpointWish, as int
 */

GtkWidget *pl_endpoint_row_new (PlUpstreamItem *item);

/** pl_endpoint_row_get_address: (transfer none): `127.0.0.1:2283`. */
const char *pl_endpoint_row_get_address (PlEndpointRow *row);

/** pl_endpoint_row_set_place: at @position of @n; with one alone there is nothing to edit. */
void pl_endpoint_row_set_place (PlEndpointRow *row, guint position, guint n);
