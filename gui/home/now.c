/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures beside the heading are those of now, or of the moment that the pointer is at. */

#include "gui/home/now.h"

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"
#include "gui/home/graph.h"
#include "gui/home/transfer_row.h"
#include "gui/kit/fit.h"

/* More transfers than these would push all else off the page. */
#define MAX_TRANSFERS 6

/* In width-chars: in less, the figures are below the heading. */
#define ONE_LINE_FROM_CHARS 72

struct _PlNow
{
  GtkBox parent_instance;

  GtkWidget *head_box;
  GtkWidget *moment_label;
  GtkWidget *requests_label;
  GtkWidget *up_label;
  GtkWidget *down_label;
  GtkWidget *graph;
  GtkWidget *transfers;
  GtkWidget *more_label;
  GtkWidget *hint_label;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlNow, pl_now, GTK_TYPE_BOX)

static void
show_rate (GtkWidget *label, guint64 bytes)
{
  g_autoptr (GString) size = g_string_new (NULL);

  pl_words_append_size (size, bytes);
  g_autofree char *words = g_strdup_printf (_ ("%s/s"), size->str);
  gtk_label_set_label (GTK_LABEL (label), words);
}

/* When that second of the traffic's clock began: the same, however much of the present one is over.
 */
static void
show_moment (PlNow *now, int moment)
{
  gint64 began_us_ago
      = pl_traffic_get_now_us () % G_USEC_PER_SEC + (moment + 1) * (gint64) G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = pl_local_time_new (g_get_real_time () - began_us_ago);
  g_autofree char *words = g_date_time_format (time, _ ("at %H:%M:%S"));

  gtk_label_set_label (GTK_LABEL (now->moment_label), words);
}

static void
show_figures (PlNow *now)
{
  int moment = pl_graph_get_moment (PL_GRAPH (now->graph));
  PlTrafficSecond second
      = pl_traffic_get (pl_engine_get_traffic (now->engine), (guint) MAX (moment, 0));
  g_autofree char *number = pl_words_dup_number (second.requests);
  g_autofree char *requests
      = g_strdup_printf (ngettext ("%s request/s", "%s requests/s", second.requests), number);

  if (moment < 0)
    gtk_label_set_label (GTK_LABEL (now->moment_label), NULL);
  else
    show_moment (now, moment);
  gtk_label_set_label (GTK_LABEL (now->requests_label), requests);
  show_rate (now->up_label, second.up_bytes);
  show_rate (now->down_label, second.down_bytes);
}

/* A screen reader is told where the arrow keys have led, once. */
static void
graph_notify_moment_cb (PlNow *now)
{
  show_figures (now);
  g_autofree char *words = g_strjoin (", ", gtk_label_get_label (GTK_LABEL (now->moment_label)),
                                      gtk_label_get_label (GTK_LABEL (now->requests_label)),
                                      gtk_label_get_label (GTK_LABEL (now->up_label)),
                                      gtk_label_get_label (GTK_LABEL (now->down_label)), NULL);
  AtkObject *accessible = gtk_widget_get_accessible (now->graph);
  if (g_strcmp0 (atk_object_get_description (accessible), words) != 0)
    atk_object_set_description (accessible, words);
}

static void
traffic_changed_cb (PlNow *now)
{
  show_figures (now);
}

static void
show_count (PlNow *now, guint n)
{
  guint more = n > MAX_TRANSFERS ? n - MAX_TRANSFERS : 0;
  g_autofree char *words = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

  gtk_label_set_label (GTK_LABEL (now->more_label), words);
  gtk_widget_set_visible (now->more_label, more > 0);
  gtk_widget_set_visible (now->hint_label, n == 0);
}

/* The rows are those of the first items, so only changes among them matter. */
static void
transfers_changed_cb (PlNow *now, guint position, guint removed, guint added, GListModel *items)
{
  guint n = g_list_model_get_n_items (items);
  g_autoptr (GList) old = gtk_container_get_children (GTK_CONTAINER (now->transfers));

  show_count (now, n);
  if (position >= MAX_TRANSFERS)
    return;
  for (GList *row = g_list_nth (old, position); row != NULL; row = row->next)
    gtk_widget_destroy (row->data);
  for (guint i = position; i < MIN (n, MAX_TRANSFERS); i++)
    {
      g_autoptr (PlTransferItem) item = g_list_model_get_item (items, i);
      gtk_container_add (GTK_CONTAINER (now->transfers),
                         pl_transfer_row_new (item, pl_engine_get_devices (now->engine)));
    }
}

void
pl_now_set_engine (PlNow *now, PlEngine *engine)
{
  GListModel *transfers = G_LIST_MODEL (pl_engine_get_transfers (engine));

  now->engine = g_object_ref (engine);
  pl_graph_set_traffic (PL_GRAPH (now->graph), pl_engine_get_traffic (engine));
  g_signal_connect_object (pl_engine_get_traffic (engine), "changed",
                           G_CALLBACK (traffic_changed_cb), now, G_CONNECT_SWAPPED);
  g_signal_connect_object (transfers, "items-changed", G_CALLBACK (transfers_changed_cb), now,
                           G_CONNECT_SWAPPED);
  show_figures (now);
  transfers_changed_cb (now, 0, 0, 0, transfers);
}

static void
fit (gpointer user_data, int width_chars)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (PL_NOW (user_data)->head_box),
                                  width_chars < ONE_LINE_FROM_CHARS ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
}

static void
pl_now_map (GtkWidget *widget)
{
  PlNow *now = PL_NOW (widget);

  GTK_WIDGET_CLASS (pl_now_parent_class)->map (widget);
  pl_traffic_watch (pl_engine_get_traffic (now->engine));
  show_figures (now);
}

static void
pl_now_unmap (GtkWidget *widget)
{
  pl_traffic_unwatch (pl_engine_get_traffic (PL_NOW (widget)->engine));
  GTK_WIDGET_CLASS (pl_now_parent_class)->unmap (widget);
}

static void
pl_now_dispose (GObject *object)
{
  g_clear_object (&PL_NOW (object)->engine);
  G_OBJECT_CLASS (pl_now_parent_class)->dispose (object);
}

static void
pl_now_class_init (PlNowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_GRAPH);
  G_OBJECT_CLASS (klass)->dispose = pl_now_dispose;
  widget_class->map = pl_now_map;
  widget_class->unmap = pl_now_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/now.ui");
  gtk_widget_class_bind_template_child (widget_class, PlNow, head_box);
  gtk_widget_class_bind_template_child (widget_class, PlNow, moment_label);
  gtk_widget_class_bind_template_child (widget_class, PlNow, requests_label);
  gtk_widget_class_bind_template_child (widget_class, PlNow, up_label);
  gtk_widget_class_bind_template_child (widget_class, PlNow, down_label);
  gtk_widget_class_bind_template_child (widget_class, PlNow, graph);
  gtk_widget_class_bind_template_child (widget_class, PlNow, transfers);
  gtk_widget_class_bind_template_child (widget_class, PlNow, more_label);
  gtk_widget_class_bind_template_child (widget_class, PlNow, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, graph_notify_moment_cb);
}

static void
pl_now_init (PlNow *now)
{
  gtk_widget_init_template (GTK_WIDGET (now));
  pl_fit_watch (GTK_WIDGET (now), fit, now);
}
