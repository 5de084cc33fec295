/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last five minutes as two graphs over one another: requests above, octets below. Time runs
 * as text does. The pointer, or the arrow keys, choose a moment: what is under the pointer changes
 * as time goes, what the keys led to stays until it is older than the graph. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/traffic.h"

#define PL_TYPE_GRAPH (pl_graph_get_type ())
G_DECLARE_FINAL_TYPE (PlGraph, pl_graph, PL, GRAPH, GtkDrawingArea)

/**
 * PlGraph properties:
 *
 * - `moment` (int): the moment that is looked at, in seconds ago; -1: none. Notifies
 */

/** pl_graph_set_traffic: what it draws; called once. */
void pl_graph_set_traffic (PlGraph *graph, PlTraffic *traffic);

int pl_graph_get_moment (PlGraph *graph);
