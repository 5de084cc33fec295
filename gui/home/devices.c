/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Under a flood devices change many times a second, and “now” becomes “a minute ago” with none
 * changing; so the list is looked at every other second while it can be seen, and not otherwise.
 */

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

  GtkWidget *days_label;
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

/* A row goes with its device wherever that is put: who has the focus on it, or the pointer, means
 * that device. */
static int
sort_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  PlDeviceItem *first = pl_device_row_get_device (PL_DEVICE_ROW (a));
  PlDeviceItem *second = pl_device_row_get_device (PL_DEVICE_ROW (b));

  return compare_latest_first (&first, &second);
}

/* Takes out the rows of devices that are not to be shown; @missing: (inout): the devices that are,
 * of which those that have a row are taken out. */
static void
sift_rows (PlDevices *devices, GPtrArray *missing)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (devices->rows));

  for (GList *row = rows; row != NULL; row = row->next)
    if (!g_ptr_array_remove (missing, pl_device_row_get_device (row->data)))
      gtk_widget_destroy (row->data);
}

static void
refresh_rows (PlDevices *devices)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (devices->rows));

  for (GList *row = rows; row != NULL; row = row->next)
    {
      pl_device_row_refresh (row->data);
      pl_device_row_set_narrow (row->data, devices->is_narrow);
    }
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (devices->rows));
}

static void
show_count (PlDevices *devices, guint n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("Show _All %u", "Show _All %u", n), n);

  gtk_button_set_label (GTK_BUTTON (devices->all_button),
                        devices->shows_all ? _ ("Show _Fewer") : words);
  gtk_widget_set_visible (devices->all_button, n > FEW);
  gtk_widget_set_visible (devices->days_label, n > 0);
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
  guint n = sorted->len;

  if (!devices->shows_all && n > FEW)
    g_ptr_array_set_size (sorted, FEW);
  sift_rows (devices, sorted);
  for (guint i = 0; i < sorted->len; i++)
    gtk_container_add (GTK_CONTAINER (devices->rows),
                       pl_device_row_new (devices->engine, sorted->pdata[i]));
  refresh_rows (devices);
  show_count (devices, n);
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
  gtk_widget_class_bind_template_child (widget_class, PlDevices, days_label);
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
  gtk_list_box_set_sort_func (GTK_LIST_BOX (devices->rows), sort_rows, NULL, NULL);
  pl_fit_watch (GTK_WIDGET (devices), fit, devices);
}
