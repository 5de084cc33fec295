/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the graph of the traffic looks. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/traffic.h"
#include "gui/home/graph_scale.h"

/** pl_graph_paint: all of @widget; @moment: in seconds ago, to be marked; -1: none. */
void pl_graph_paint (GtkWidget *widget,
                     cairo_t *cr,
                     const PlGraphScale *scale,
                     PlTraffic *traffic,
                     int moment);
