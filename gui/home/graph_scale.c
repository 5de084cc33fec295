/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/graph_scale.h"

double
pl_graph_scale_get_x (const PlGraphScale *scale, guint seconds_ago)
{
  double part = (double) seconds_ago / (scale->seconds - 1);

  return scale->left + scale->width * (scale->is_mirrored ? part : 1 - part);
}

guint
pl_graph_scale_get_moment (const PlGraphScale *scale, double x)
{
  double part = CLAMP ((x - scale->left) / scale->width, 0, 1);

  return (guint) ((scale->is_mirrored ? part : 1 - part) * (scale->seconds - 1) + 0.5);
}

double
pl_graph_scale_round_up (double value, double least)
{
  static const double steps[] = { 1, 2, 5 };

  value = MAX (value, least);
  for (double power = 1;; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (steps[i] * power >= value)
        return steps[i] * power;
}
