/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Under a flood devices change many times a second, and “now” becomes “a minute ago” with none
 * changing; so the list is looked at every other second while it can be seen, and not otherwise.
 * Rows stay where they are and are told what to show. */

#include "gui/home/devices.h"

#include "app/i18n.h"
#include "gui/home/device_row.h"
#include "gui/kit/fit.h"

#define REFRESH_S 2

/* So many devices are shown until more are asked for. */
#define FEW 6

/* In width-chars: in less, a row has two lines. */
#define ONE_LINE_FROM_CHARS 100

struct _PlDevices
{
  GtkBox parent_instance;

  GtkWidget *rows;
  GtkWidget *all_button;
  GtkWidget *hint_label;

  PlEngine *engine;
  gboolean shows_all;
  gboolean is_narrow;
  guint refresh_source;
};

G_DEFINE_FINAL_TYPE (PlDevices, pl_devices, GTK_TYPE_BOX)

static int
compare_latest_first (gconstpointer a, gconstpointer b)
{
  gint64 seen_a = pl_device_item_get_last_seen_us (*(PlDeviceItem **) a);
  gint64 seen_b = pl_device_item_get_last_seen_us (*(PlDeviceItem **) b);

  return (seen_a < seen_b) - (seen_a > seen_b);
}

static GPtrArray *
sort_devices (GListModel *list)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (list, i));
  g_ptr_array_sort (sorted, compare_latest_first);
  return sorted;
}

/* Makes or destroys rows, so that there are @n; the caller frees the list of them. */
static GList *
fit_rows (PlDevices *devices, guint n)
{
  GList *rows = gtk_container_get_children (GTK_CONTAINER (devices->rows));

  for (guint i = g_list_length (rows); i < n; i++)
    gtk_container_add (GTK_CONTAINER (devices->rows),
                       pl_device_row_new (pl_engine_get_devices (devices->engine)));
  for (GList *row = g_list_nth (rows, n); row != NULL; row = row->next)
    gtk_widget_destroy (row->data);
  g_list_free (rows);
  return gtk_container_get_children (GTK_CONTAINER (devices->rows));
}

static void
show_count (PlDevices *devices, guint n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("Show _All %u", "Show _All %u", n), n);

  gtk_button_set_label (GTK_BUTTON (devices->all_button),
                        devices->shows_all ? _ ("Show _Fewer") : words);
  gtk_widget_set_visible (devices->all_button, n > FEW);
  gtk_widget_set_visible (devices->rows, n > 0);
  gtk_widget_set_visible (devices->hint_label, n == 0);
}

/* A row whose menu or question is open must go on showing its device. */
static gboolean
is_asking (PlDevices *devices)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (devices->rows));

  for (GList *row = rows; row != NULL; row = row->next)
    if (pl_device_row_is_asking (row->data))
      return TRUE;
  return FALSE;
}

static void
refresh (PlDevices *devices)
{
  if (is_asking (devices))
    return;

  PlDeviceList *list = pl_engine_get_devices (devices->engine);
  g_autoptr (GPtrArray) sorted = sort_devices (G_LIST_MODEL (list));
  guint n_shown = devices->shows_all ? sorted->len : MIN (sorted->len, FEW);
  g_autoptr (GList) rows = fit_rows (devices, n_shown);
  GList *row = rows;

  for (guint i = 0; i < n_shown; i++, row = row->next)
    {
      pl_device_row_show (row->data, sorted->pdata[i]);
      pl_device_row_set_narrow (row->data, devices->is_narrow);
    }
  show_count (devices, sorted->len);
}

static gboolean
refresh_cb (gpointer devices)
{
  refresh (devices);
  return G_SOURCE_CONTINUE;
}

static void
fit (gpointer user_data, int width_chars)
{
  PlDevices *devices = user_data;

  devices->is_narrow = width_chars < ONE_LINE_FROM_CHARS;
  if (gtk_widget_get_mapped (GTK_WIDGET (devices)))
    refresh (devices);
}

static void
row_activated_cb (PlDevices *devices, PlDeviceRow *row)
{
  pl_device_row_show_requests (row);
}

static void
all_button_clicked_cb (PlDevices *devices)
{
  devices->shows_all = !devices->shows_all;
  refresh (devices);
}

/* A new name is told while the question is still open; the row shows it right after. */
static gboolean
refresh_idle_cb (gpointer user_data)
{
  PlDevices *devices = user_data;

  if (devices->engine != NULL && gtk_widget_get_mapped (GTK_WIDGET (devices)))
    refresh (devices);
  return G_SOURCE_REMOVE;
}

static void
renamed_cb (PlDevices *devices)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, refresh_idle_cb, g_object_ref (devices),
                   g_object_unref);
}

void
pl_devices_set_engine (PlDevices *devices, PlEngine *engine)
{
  devices->engine = g_object_ref (engine);
  g_signal_connect_object (pl_engine_get_devices (engine), "renamed", G_CALLBACK (renamed_cb),
                           devices, G_CONNECT_SWAPPED);
}

static void
pl_devices_map (GtkWidget *widget)
{
  PlDevices *devices = PL_DEVICES (widget);

  refresh (devices);
  devices->refresh_source = g_timeout_add_seconds (REFRESH_S, refresh_cb, devices);
  GTK_WIDGET_CLASS (pl_devices_parent_class)->map (widget);
}

static void
pl_devices_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PL_DEVICES (widget)->refresh_source, g_source_remove);
  GTK_WIDGET_CLASS (pl_devices_parent_class)->unmap (widget);
}

static void
pl_devices_dispose (GObject *object)
{
  PlDevices *devices = PL_DEVICES (object);

  g_clear_handle_id (&devices->refresh_source, g_source_remove);
  g_clear_object (&devices->engine);
  G_OBJECT_CLASS (pl_devices_parent_class)->dispose (object);
}

static void
pl_devices_class_init (PlDevicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_devices_dispose;
  widget_class->map = pl_devices_map;
  widget_class->unmap = pl_devices_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/devices.ui");
  gtk_widget_class_bind_template_child (widget_class, PlDevices, rows);
  gtk_widget_class_bind_template_child (widget_class, PlDevices, all_button);
  gtk_widget_class_bind_template_child (widget_class, PlDevices, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, all_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
pl_devices_init (PlDevices *devices)
{
  gtk_widget_init_template (GTK_WIDGET (devices));
  pl_fit_watch (GTK_WIDGET (devices), fit, devices);
}
