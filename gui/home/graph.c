/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/graph.h"

#include "gui/home/graph_painting.h"

/* How far the arrow keys go with Ctrl. */
#define LARGE_STEP_S 10

/* No second of the traffic's clock. */
#define NONE (-1)

/**
 * PlGraph:
 * @pointed: where the pointer is, in seconds ago: what is seen there changes as time goes; or %NONE
 * @chosen_s: the second that the keys led to, by the traffic's clock: it stays the same one; or
 * %NONE
 *
 * At most one of the two is set.
 */
struct _PlGraph
{
  GtkDrawingArea parent_instance;
  PlTraffic *traffic;
  int pointed;
  gint64 chosen_s;
};

enum
{
  PROP_MOMENT = 1,
};

G_DEFINE_FINAL_TYPE (PlGraph, pl_graph, GTK_TYPE_DRAWING_AREA)

static PlGraphScale
get_scale (PlGraph *graph)
{
  GtkWidget *widget = GTK_WIDGET (graph);
  PlGraphScale scale = { 0, gtk_widget_get_allocated_width (widget), PL_TRAFFIC_SECONDS,
                         gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL };

  return scale;
}

static gboolean
pl_graph_draw (GtkWidget *widget, cairo_t *cr)
{
  PlGraph *graph = PL_GRAPH (widget);
  PlGraphScale scale = get_scale (graph);

  pl_graph_paint (widget, cr, &scale, graph->traffic, pl_graph_get_moment (graph));
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (gtk_widget_get_style_context (widget), cr, 0, 0, scale.width,
                      gtk_widget_get_allocated_height (widget));
  return GDK_EVENT_PROPAGATE;
}

static void
look_at (PlGraph *graph, int pointed, gint64 chosen_s)
{
  if (pointed == graph->pointed && chosen_s == graph->chosen_s)
    return;
  graph->pointed = pointed;
  graph->chosen_s = chosen_s;
  gtk_widget_queue_draw (GTK_WIDGET (graph));
  g_object_notify (G_OBJECT (graph), "moment");
}

static void
look_at_none (PlGraph *graph)
{
  look_at (graph, NONE, NONE);
}

/* The last one that is over: that of the moment 0. */
static gint64
get_last_s (void)
{
  return pl_traffic_get_now_us () / G_USEC_PER_SEC - 1;
}

static void
point_at (PlGraph *graph, double x)
{
  PlGraphScale scale = get_scale (graph);

  look_at (graph, (int) pl_graph_scale_get_moment (&scale, x), NONE);
}

static gboolean
pl_graph_enter_notify_event (GtkWidget *widget, GdkEventCrossing *event)
{
  point_at (PL_GRAPH (widget), event->x);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
pl_graph_motion_notify_event (GtkWidget *widget, GdkEventMotion *event)
{
  point_at (PL_GRAPH (widget), event->x);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
pl_graph_leave_notify_event (GtkWidget *widget, GdkEventCrossing *event)
{
  look_at_none (PL_GRAPH (widget));
  return GDK_EVENT_PROPAGATE;
}

static gboolean
pl_graph_focus_out_event (GtkWidget *widget, GdkEventFocus *event)
{
  look_at_none (PL_GRAPH (widget));
  return GTK_WIDGET_CLASS (pl_graph_parent_class)->focus_out_event (widget, event);
}

/* Where no moment is looked at, the first step leads to now. */
static gboolean
pl_graph_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  PlGraph *graph = PL_GRAPH (widget);
  int step = (event->state & GDK_CONTROL_MASK) != 0 ? LARGE_STEP_S : 1;
  int moment = pl_graph_get_moment (graph);

  if (event->keyval == GDK_KEY_Escape && moment >= 0)
    {
      look_at_none (graph);
      return GDK_EVENT_STOP;
    }
  if (event->keyval != GDK_KEY_Left && event->keyval != GDK_KEY_Right)
    return GTK_WIDGET_CLASS (pl_graph_parent_class)->key_press_event (widget, event);

  gboolean is_later = (event->keyval == GDK_KEY_Right) == !get_scale (graph).is_mirrored;
  moment = moment < 0 ? 0 : moment + (is_later ? -step : step);
  look_at (graph, NONE, get_last_s () - CLAMP (moment, 0, PL_TRAFFIC_SECONDS - 1));
  return GDK_EVENT_STOP;
}

/* A second that stays the same one is longer ago by now. */
static void
traffic_changed_cb (PlGraph *graph)
{
  gtk_widget_queue_draw (GTK_WIDGET (graph));
  if (graph->chosen_s != NONE)
    g_object_notify (G_OBJECT (graph), "moment");
}

void
pl_graph_set_traffic (PlGraph *graph, PlTraffic *traffic)
{
  graph->traffic = g_object_ref (traffic);
  g_signal_connect_object (traffic, "changed", G_CALLBACK (traffic_changed_cb), graph,
                           G_CONNECT_SWAPPED);
}

int
pl_graph_get_moment (PlGraph *graph)
{
  if (graph->chosen_s == NONE)
    return graph->pointed;
  return (int) CLAMP (get_last_s () - graph->chosen_s, 0, PL_TRAFFIC_SECONDS - 1);
}

static void
pl_graph_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, pl_graph_get_moment (PL_GRAPH (object)));
}

static void
pl_graph_dispose (GObject *object)
{
  g_clear_object (&PL_GRAPH (object)->traffic);
  G_OBJECT_CLASS (pl_graph_parent_class)->dispose (object);
}

static void
pl_graph_class_init (PlGraphClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pl_graph_get_property;
  object_class->dispose = pl_graph_dispose;
  widget_class->draw = pl_graph_draw;
  widget_class->enter_notify_event = pl_graph_enter_notify_event;
  widget_class->motion_notify_event = pl_graph_motion_notify_event;
  widget_class->leave_notify_event = pl_graph_leave_notify_event;
  widget_class->focus_out_event = pl_graph_focus_out_event;
  widget_class->key_press_event = pl_graph_key_press_event;
  gtk_widget_class_set_accessible_role (widget_class, ATK_ROLE_CHART);

  g_object_class_install_property (object_class, PROP_MOMENT,
                                   g_param_spec_int ("moment", NULL, NULL, -1,
                                                     PL_TRAFFIC_SECONDS - 1, -1,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
pl_graph_init (PlGraph *graph)
{
  graph->pointed = NONE;
  graph->chosen_s = NONE;
  gtk_widget_set_can_focus (GTK_WIDGET (graph), TRUE);
  gtk_widget_add_events (GTK_WIDGET (graph),
                         GDK_ENTER_NOTIFY_MASK | GDK_POINTER_MOTION_MASK | GDK_LEAVE_NOTIFY_MASK);
}
