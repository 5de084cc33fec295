/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the graph of the traffic looks, and where in it a moment is. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/traffic.h"

/**
 * PlGraphScale:
 * @left, @width: where the moments are
 * @seconds: how many of them there are
 * @is_mirrored: now is at the left, for scripts that are read from the right
 */
typedef struct
{
  double left;
  double width;
  guint seconds;
  gboolean is_mirrored;
} PlGraphScale;

/** pl_graph_scale_get_moment: the moment nearest to @x, in seconds ago. */
guint pl_graph_scale_get_moment (const PlGraphScale *scale, double x);

/** pl_graph_paint: all of @widget; @moment: in seconds ago, to be marked; -1: none. */
void pl_graph_paint (GtkWidget *widget,
                     cairo_t *cr,
                     const PlGraphScale *scale,
                     PlTraffic *traffic,
                     int moment);
