/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A route on the settings page: where which requests go, in a line, and unfolded its settings. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_ROUTE_CARD (pl_route_card_get_type ())
G_DECLARE_FINAL_TYPE (PlRouteCard, pl_route_card, PL, ROUTE_CARD, GtkExpander)

/** pl_route_card_new: @group: as it stands in the settings: `route api`. */
GtkWidget *pl_route_card_new (PlEngine *engine, const char *group);

/** pl_route_card_add: at the end of what is unfolded. */
void pl_route_card_add (PlRouteCard *route, GtkWidget *row);
