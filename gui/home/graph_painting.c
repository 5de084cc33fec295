/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three lines of 300 points are drawn anew each time: that costs less than to remember what has
 * changed. Colours come from the style sheet, so they fit the theme. */

#include "gui/home/graph_painting.h"

#include "app/i18n.h"
#include "app/model/words.h"

/* The least that fills a graph: a quiet evening shall not look like a storm. */
#define LEAST_REQUESTS 10
#define LEAST_BYTES    100000

/* Between the two graphs, and between them and the words below. */
#define GAP 12

/** Measure: what a line shows of a second. */
typedef double (*Measure) (const PlTrafficSecond *second);

/**
 * Lane: one of the two graphs while it is drawn.
 * @maximum: the value at its top
 */
typedef struct
{
  double top;
  double height;
  double maximum;
} Lane;

/**
 * Canvas: what all that draws needs.
 */
typedef struct
{
  cairo_t *cr;
  GtkWidget *widget;
  PlGraphScale scale;
  PlTrafficSecond seconds[PL_TRAFFIC_SECONDS];
} Canvas;

/* Where a moment and a value are */

static double
get_x (const PlGraphScale *scale, guint seconds_ago)
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

/* The least of 1, 2, 5, 10, 20, 50, … that is not less than @value, nor than @least: a number
 * people read at a glance, and one that seldom changes. */
static double
round_up (double value, double least)
{
  static const double steps[] = { 1, 2, 5 };

  value = MAX (value, least);
  for (double power = 1;; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (steps[i] * power >= value)
        return steps[i] * power;
}

/* What is drawn */

static double
measure_requests (const PlTrafficSecond *second)
{
  return second->requests;
}

static double
measure_up (const PlTrafficSecond *second)
{
  return (double) second->up_bytes;
}

static double
measure_down (const PlTrafficSecond *second)
{
  return (double) second->down_bytes;
}

static void
set_colour (Canvas *canvas, const char *name, double alpha)
{
  GdkRGBA colour = { 0.5, 0.5, 0.5, 1 };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (canvas->widget), name, &colour);
  colour.alpha = alpha;
  gdk_cairo_set_source_rgba (canvas->cr, &colour);
}

static double
get_y (const Lane *lane, double value)
{
  return lane->top + lane->height * (1 - MIN (value / lane->maximum, 1));
}

static void
trace (Canvas *canvas, const Lane *lane, Measure measure)
{
  for (guint i = 0; i < PL_TRAFFIC_SECONDS; i++)
    cairo_line_to (canvas->cr, get_x (&canvas->scale, i),
                   get_y (lane, measure (&canvas->seconds[i])));
}

static void
draw_area (Canvas *canvas, const Lane *lane, Measure measure, const char *colour)
{
  double bottom = lane->top + lane->height;

  trace (canvas, lane, measure);
  cairo_line_to (canvas->cr, get_x (&canvas->scale, PL_TRAFFIC_SECONDS - 1), bottom);
  cairo_line_to (canvas->cr, get_x (&canvas->scale, 0), bottom);
  set_colour (canvas, colour, 0.25);
  cairo_fill (canvas->cr);
}

static void
draw_line (Canvas *canvas, const Lane *lane, Measure measure, const char *colour)
{
  trace (canvas, lane, measure);
  set_colour (canvas, colour, 1);
  cairo_set_line_width (canvas->cr, 1.5);
  cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (canvas->cr);
}

static void
draw_rule (Canvas *canvas, double y)
{
  cairo_move_to (canvas->cr, canvas->scale.left, y + 0.5);
  cairo_rel_line_to (canvas->cr, canvas->scale.width, 0);
  set_colour (canvas, "borders", 1);
  cairo_set_line_width (canvas->cr, 1);
  cairo_stroke (canvas->cr);
}

/* @at: 0: begins at @x, 0.5: has it in its middle, 1: ends there. Returns: how wide they are */
static int
draw_words (Canvas *canvas, const char *words, double x, double y, double at)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (canvas->widget, words);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  cairo_move_to (canvas->cr, x - at * width, y);
  set_colour (canvas, "pl_dim", 1);
  pango_cairo_show_layout (canvas->cr, layout);
  return width;
}

/* What the top of a graph stands for, in its corner. */
static void
draw_maximum (Canvas *canvas, const Lane *lane, const char *words)
{
  gboolean is_mirrored = canvas->scale.is_mirrored;
  double x = is_mirrored ? canvas->scale.left + canvas->scale.width - 6 : canvas->scale.left + 6;

  draw_words (canvas, words, x, lane->top + 3, is_mirrored ? 1 : 0);
}

static void
draw_requests (Canvas *canvas, const Lane *lane)
{
  unsigned long maximum = (unsigned long) lane->maximum;
  g_autofree char *number = pl_words_dup_number (maximum);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%s request/s", "%s requests/s", maximum), number);

  draw_rule (canvas, lane->top);
  draw_rule (canvas, lane->top + lane->height);
  draw_area (canvas, lane, measure_requests, "pl_graph_requests");
  draw_line (canvas, lane, measure_requests, "pl_graph_requests");
  draw_maximum (canvas, lane, words);
}

static void
draw_bytes (Canvas *canvas, const Lane *lane)
{
  g_autoptr (GString) size = g_string_new (NULL);

  pl_words_append_size (size, (guint64) lane->maximum);
  g_autofree char *words = g_strdup_printf (_ ("%s/s"), size->str);

  draw_rule (canvas, lane->top);
  draw_rule (canvas, lane->top + lane->height);
  draw_area (canvas, lane, measure_down, "pl_graph_down");
  draw_line (canvas, lane, measure_down, "pl_graph_down");
  draw_line (canvas, lane, measure_up, "pl_graph_up");
  draw_maximum (canvas, lane, words);
}

/* Where the first words would reach into those beside them, the latter are left out. */
static void
draw_minutes (Canvas *canvas, double y)
{
  const guint minutes = PL_TRAFFIC_SECONDS / 60;
  gboolean is_mirrored = canvas->scale.is_mirrored;
  int width = draw_words (canvas, _ ("5 min ago"), get_x (&canvas->scale, PL_TRAFFIC_SECONDS - 1),
                          y, is_mirrored ? 1 : 0);
  guint n = 1.5 * width < canvas->scale.width / minutes ? minutes : minutes - 1;

  draw_words (canvas, _ ("now"), get_x (&canvas->scale, 0), y, is_mirrored ? 0 : 1);
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u min", "%u min", i), i);
      draw_words (canvas, words, get_x (&canvas->scale, i * 60), y, 0.5);
    }
}

static void
draw_moment (Canvas *canvas, const Lane *lane, guint moment)
{
  double x = (int) get_x (&canvas->scale, moment) + 0.5;

  cairo_move_to (canvas->cr, x, lane->top);
  cairo_rel_line_to (canvas->cr, 0, lane->height);
  set_colour (canvas, "theme_fg_color", 0.6);
  cairo_set_line_width (canvas->cr, 1);
  cairo_stroke (canvas->cr);
}

static void
draw_point (Canvas *canvas, const Lane *lane, guint moment, Measure measure, const char *colour)
{
  cairo_arc (canvas->cr, (int) get_x (&canvas->scale, moment) + 0.5,
             get_y (lane, measure (&canvas->seconds[moment])), 3.5, 0, 2 * G_PI);
  set_colour (canvas, colour, 1);
  cairo_fill (canvas->cr);
}

static int
get_line_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
draw_lanes (Canvas *canvas, const Lane *requests, const Lane *bytes, int moment)
{
  draw_requests (canvas, requests);
  draw_bytes (canvas, bytes);
  draw_minutes (canvas, bytes->top + bytes->height + GAP / 2);
  if (moment < 0)
    return;
  draw_moment (canvas, requests, (guint) moment);
  draw_moment (canvas, bytes, (guint) moment);
  draw_point (canvas, requests, (guint) moment, measure_requests, "pl_graph_requests");
  draw_point (canvas, bytes, (guint) moment, measure_down, "pl_graph_down");
  draw_point (canvas, bytes, (guint) moment, measure_up, "pl_graph_up");
}

void
pl_graph_paint (GtkWidget *widget,
                cairo_t *cr,
                const PlGraphScale *scale,
                PlTraffic *traffic,
                int moment)
{
  PlTrafficSecond peak = pl_traffic_get_peak (traffic);
  Canvas canvas = { cr, widget, *scale };
  double height = gtk_widget_get_allocated_height (widget) - get_line_height (widget) - 2 * GAP;

  for (guint i = 0; i < PL_TRAFFIC_SECONDS; i++)
    canvas.seconds[i] = pl_traffic_get (traffic, i);

  Lane requests = { 0, (int) (height * 0.4), round_up (peak.requests, LEAST_REQUESTS) };
  Lane bytes = { requests.height + GAP, (int) (height * 0.6),
                 round_up ((double) MAX (peak.up_bytes, peak.down_bytes), LEAST_BYTES) };
  draw_lanes (&canvas, &requests, &bytes, moment);
}
