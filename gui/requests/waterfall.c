/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each bar has its share of the height, so that labels beside them are in line. This is for the eye
 * alone: the labels say it all. A part that took any time at all is to be seen, so each has a least
 * width. */

#include "gui/requests/waterfall.h"

#define N_BARS      4
#define LEAST_WIDTH 3
#define BAR_HEIGHT  8

struct _PlWaterfall
{
  GtkDrawingArea parent_instance;
  PlTiming timing;
};

G_DEFINE_FINAL_TYPE (PlWaterfall, pl_waterfall, GTK_TYPE_DRAWING_AREA)

/* @x is where the bar begins, counted in reading direction. */
static void
draw_bar (GtkWidget *widget, cairo_t *cr, const char *style, double x, double y, double width)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (is_rtl)
    x = gtk_widget_get_allocated_width (widget) - x - width;
  gtk_style_context_save (context);
  gtk_style_context_add_class (context, style);
  gtk_render_background (context, cr, x, y, width, BAR_HEIGHT);
  gtk_style_context_restore (context);
}

static gboolean
pl_waterfall_draw (GtkWidget *widget, cairo_t *cr)
{
  const PlTiming *timing = &PL_WATERFALL (widget)->timing;
  const struct
  {
    const char *style;
    gint64 took_us;
  } bars[N_BARS] = { { "pl-connect", timing->connect_us },
                     { "pl-upload", timing->upload_us },
                     { "pl-wait", timing->wait_us },
                     { "pl-transfer", timing->transfer_us } };
  gint64 total_us
      = MAX (timing->connect_us + timing->upload_us + timing->wait_us + timing->transfer_us, 1);
  double room = gtk_widget_get_allocated_width (widget) - LEAST_WIDTH * N_BARS;
  double row_height = (double) gtk_widget_get_allocated_height (widget) / N_BARS;
  double x = 0;

  for (guint i = 0; i < N_BARS; i++)
    {
      double width = LEAST_WIDTH + room * (double) bars[i].took_us / (double) total_us;

      if (bars[i].took_us <= 0)
        continue;
      draw_bar (widget, cr, bars[i].style, x, i * row_height + (row_height - BAR_HEIGHT) / 2,
                width);
      x += width;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
pl_waterfall_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = N_BARS * BAR_HEIGHT;
}

void
pl_waterfall_set_timing (PlWaterfall *waterfall, PlTiming timing)
{
  g_return_if_fail (PL_IS_WATERFALL (waterfall));

  waterfall->timing = timing;
  gtk_widget_queue_draw (GTK_WIDGET (waterfall));
}

static void
pl_waterfall_class_init (PlWaterfallClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->draw = pl_waterfall_draw;
  widget_class->get_preferred_height = pl_waterfall_get_preferred_height;
  gtk_widget_class_set_css_name (widget_class, "waterfall");
}

static void
pl_waterfall_init (PlWaterfall *waterfall)
{
}
