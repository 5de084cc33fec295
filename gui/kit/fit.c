/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While sizes are being given out nothing may be shown or hidden; so it is done at once afterwards,
 * before anything is drawn. */

#include "gui/kit/fit.h"

#include "gui/kit/text_width.h"

typedef struct
{
  GtkWidget *widget;
  PlFitFunc func;
  gpointer user_data;
  int width; /* that it was fitted to */
  guint idle_id;
} Fit;

static gboolean
fit_cb (gpointer user_data)
{
  Fit *fit = user_data;

  fit->idle_id = 0;
  fit->width = gtk_widget_get_allocated_width (fit->widget);
  fit->func (fit->user_data, pl_text_get_width_chars (fit->widget, fit->width));
  return G_SOURCE_REMOVE;
}

static void
style_updated_cb (Fit *fit)
{
  if (fit->idle_id == 0)
    fit->idle_id = gdk_threads_add_idle_full (GTK_PRIORITY_RESIZE, fit_cb, fit, NULL);
}

static void
size_allocate_cb (Fit *fit, GtkAllocation *allocation)
{
  if (allocation->width != fit->width)
    style_updated_cb (fit);
}

static void
destroy_cb (Fit *fit)
{
  g_clear_handle_id (&fit->idle_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (fit->widget, fit);
}

void
pl_fit_watch (GtkWidget *widget, PlFitFunc func, gpointer user_data)
{
  Fit *fit = g_new0 (Fit, 1);

  fit->widget = widget;
  fit->func = func;
  fit->user_data = user_data;
  g_object_set_data_full (G_OBJECT (widget), "pl-fit", fit, g_free);
  g_signal_connect_swapped (widget, "size-allocate", G_CALLBACK (size_allocate_cb), fit);
  g_signal_connect_swapped (widget, "style-updated", G_CALLBACK (style_updated_cb), fit);
  g_signal_connect_swapped (widget, "destroy", G_CALLBACK (destroy_cb), fit);
}

/* GtkInfoBar has no property for this, but its two areas share a box. */
void
pl_fit_bar (GtkInfoBar *bar, gboolean is_beside)
{
  GtkWidget *box = gtk_widget_get_parent (gtk_info_bar_get_content_area (bar));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), is_beside ? GTK_ORIENTATION_HORIZONTAL
                                                                  : GTK_ORIENTATION_VERTICAL);
}
