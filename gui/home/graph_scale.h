/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where in a graph a value and a moment are. No widget, no drawing. */

#pragma once

#include <glib.h>

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

/** pl_graph_scale_get_x: where the moment @seconds_ago is. */
double pl_graph_scale_get_x (const PlGraphScale *scale, guint seconds_ago);

/** pl_graph_scale_get_moment: the moment nearest to @x, in seconds ago. */
guint pl_graph_scale_get_moment (const PlGraphScale *scale, double x);

/** pl_graph_scale_round_up: the least of 1, 2, 5, 10, 20, 50, … that is not less than @value, nor
 * than @least: a number people read at a glance, and one that seldom changes. */
double pl_graph_scale_round_up (double value, double least);
