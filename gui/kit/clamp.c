/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of text is hard to follow when it runs across a whole wide screen; GTK 3 alone can only
 * let a widget have its natural width or all there is. */

#include "gui/kit/clamp.h"

struct _PlClamp
{
  GtkBin parent_instance;
  int maximum_width;
};

enum
{
  PROP_MAXIMUM_WIDTH = 1,
};

G_DEFINE_FINAL_TYPE (PlClamp, pl_clamp, GTK_TYPE_BIN)

/* Where 96 dots an inch are what the pixels were chosen for. */
static int
scale_width (PlClamp *clamp)
{
  double dpi = gdk_screen_get_resolution (gtk_widget_get_screen (GTK_WIDGET (clamp)));

  return dpi > 96 ? (int) (clamp->maximum_width * dpi / 96) : clamp->maximum_width;
}

static void
pl_clamp_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  GtkWidget *child = gtk_bin_get_child (GTK_BIN (widget));
  GtkAllocation middle = *allocation;

  gtk_widget_set_allocation (widget, allocation);
  if (child == NULL || !gtk_widget_get_visible (child))
    return;
  middle.width = MIN (allocation->width, scale_width (PL_CLAMP (widget)));
  middle.x += (allocation->width - middle.width) / 2;
  gtk_widget_size_allocate (child, &middle);
}

static void
pl_clamp_get_preferred_height_for_width (GtkWidget *widget, int width, int *minimum, int *natural)
{
  width = MIN (width, scale_width (PL_CLAMP (widget)));
  GTK_WIDGET_CLASS (pl_clamp_parent_class)
      ->get_preferred_height_for_width (widget, width, minimum, natural);
}

static void
pl_clamp_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, PL_CLAMP (object)->maximum_width);
}

static void
pl_clamp_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PL_CLAMP (object)->maximum_width = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
pl_clamp_class_init (PlClampClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pl_clamp_get_property;
  object_class->set_property = pl_clamp_set_property;
  widget_class->size_allocate = pl_clamp_size_allocate;
  widget_class->get_preferred_height_for_width = pl_clamp_get_preferred_height_for_width;

  g_object_class_install_property (object_class, PROP_MAXIMUM_WIDTH,
                                   g_param_spec_int ("maximum-width", NULL, NULL, 1, G_MAXINT, 840,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
pl_clamp_init (PlClamp *clamp)
{
  clamp->maximum_width = 840;
}
