/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/graph.h"

#include "gui/home/graph_painting.h"

/* How far the arrow keys go with Ctrl. */
#define LARGE_STEP_S 10

struct _PlGraph
{
  GtkDrawingArea parent_instance;
  PlTraffic *traffic;
  int moment;
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

  pl_graph_paint (widget, cr, &scale, graph->traffic, graph->moment);
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (gtk_widget_get_style_context (widget), cr, 0, 0, scale.width,
                      gtk_widget_get_allocated_height (widget));
  return GDK_EVENT_PROPAGATE;
}

static void
set_moment (PlGraph *graph, int moment)
{
  if (moment == graph->moment)
    return;
  graph->moment = moment;
  gtk_widget_queue_draw (GTK_WIDGET (graph));
  g_object_notify (G_OBJECT (graph), "moment");
}

static void
look_at (PlGraph *graph, double x)
{
  PlGraphScale scale = get_scale (graph);

  set_moment (graph, (int) pl_graph_scale_get_moment (&scale, x));
}

static gboolean
pl_graph_enter_notify_event (GtkWidget *widget, GdkEventCrossing *event)
{
  look_at (PL_GRAPH (widget), event->x);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
pl_graph_motion_notify_event (GtkWidget *widget, GdkEventMotion *event)
{
  look_at (PL_GRAPH (widget), event->x);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
pl_graph_leave_notify_event (GtkWidget *widget, GdkEventCrossing *event)
{
  set_moment (PL_GRAPH (widget), -1);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
pl_graph_focus_out_event (GtkWidget *widget, GdkEventFocus *event)
{
  set_moment (PL_GRAPH (widget), -1);
  return GTK_WIDGET_CLASS (pl_graph_parent_class)->focus_out_event (widget, event);
}

/* Where no moment is looked at, the first step leads to now. */
static gboolean
pl_graph_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  PlGraph *graph = PL_GRAPH (widget);
  int step = (event->state & GDK_CONTROL_MASK) != 0 ? LARGE_STEP_S : 1;

  if (event->keyval == GDK_KEY_Escape && graph->moment >= 0)
    {
      set_moment (graph, -1);
      return GDK_EVENT_STOP;
    }
  if (event->keyval != GDK_KEY_Left && event->keyval != GDK_KEY_Right)
    return GTK_WIDGET_CLASS (pl_graph_parent_class)->key_press_event (widget, event);

  gboolean is_later = (event->keyval == GDK_KEY_Right) == !get_scale (graph).is_mirrored;
  int moment = graph->moment < 0 ? 0 : graph->moment + (is_later ? -step : step);
  set_moment (graph, CLAMP (moment, 0, PL_TRAFFIC_SECONDS - 1));
  return GDK_EVENT_STOP;
}

void
pl_graph_set_traffic (PlGraph *graph, PlTraffic *traffic)
{
  graph->traffic = g_object_ref (traffic);
  g_signal_connect_object (traffic, "changed", G_CALLBACK (gtk_widget_queue_draw), graph,
                           G_CONNECT_SWAPPED);
}

int
pl_graph_get_moment (PlGraph *graph)
{
  return graph->moment;
}

static void
pl_graph_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, PL_GRAPH (object)->moment);
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
  graph->moment = -1;
  gtk_widget_set_can_focus (GTK_WIDGET (graph), TRUE);
  gtk_widget_add_events (GTK_WIDGET (graph),
                         GDK_ENTER_NOTIFY_MASK | GDK_POINTER_MOTION_MASK | GDK_LEAVE_NOTIFY_MASK);
}
