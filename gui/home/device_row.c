/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/device_row.h"

#include "app/model/words.h"
#include "gui/home/rename_popover.h"
#include "gui/kit/clipboard.h"

/* Of the columns of details and times, where there are columns. */
#define DETAILS_CHARACTERS 30
#define SEEN_CHARACTERS    14
#define LEAST_CHARACTERS   14

struct _PlDeviceRow
{
  GtkListBoxRow parent_instance;

  GMenuModel *menu;

  GtkWidget *identity;
  GtkWidget *name_label;
  GtkWidget *address_label;
  GtkWidget *seen_label;
  GtkWidget *up_label;
  GtkWidget *down_label;

  PlDeviceList *devices;
  PlDeviceItem *device;
  guint n_open; /* menus and questions */
};

G_DEFINE_FINAL_TYPE (PlDeviceRow, pl_device_row, GTK_TYPE_LIST_BOX_ROW)

/* What can be done */

void
pl_device_row_show_requests (PlDeviceRow *row)
{
  g_action_group_activate_action (
      G_ACTION_GROUP (g_application_get_default ()), "show-requests",
      g_variant_new_take_string (pl_device_item_dup_address (row->device)));
}

gboolean
pl_device_row_is_asking (PlDeviceRow *row)
{
  return row->n_open > 0;
}

static void
show_requests_cb (GSimpleAction *action, GVariant *parameter, gpointer row)
{
  pl_device_row_show_requests (row);
}

static void
closed_cb (PlDeviceRow *row)
{
  row->n_open--;
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlDeviceRow *row = user_data;
  GtkWidget *popover = pl_rename_popover_ask (GTK_WIDGET (row), row->devices, row->device);

  row->n_open++;
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), row, G_CONNECT_SWAPPED);
}

static void
copy_address_cb (GSimpleAction *action, GVariant *parameter, gpointer row)
{
  g_autofree char *address = pl_device_item_dup_address (PL_DEVICE_ROW (row)->device);

  pl_clipboard_set_text (address);
}

static const GActionEntry actions[] = {
  { "show-requests", show_requests_cb },
  { "rename", rename_cb },
  { "copy-address", copy_address_cb },
};

/* Its menu */

static void
menu_done_cb (GtkWidget *menu, PlDeviceRow *row)
{
  row->n_open--;
  gtk_widget_destroy (menu);
}

static GtkMenu *
make_menu (PlDeviceRow *row)
{
  GtkWidget *menu = gtk_menu_new_from_model (row->menu);

  gtk_menu_attach_to_widget (GTK_MENU (menu), GTK_WIDGET (row), NULL);
  g_signal_connect (menu, "selection-done", G_CALLBACK (menu_done_cb), row);
  row->n_open++;
  return GTK_MENU (menu);
}

static gboolean
button_press_event_cb (GtkWidget *widget, GdkEvent *event)
{
  if (!gdk_event_triggers_context_menu (event))
    return GDK_EVENT_PROPAGATE;
  gtk_menu_popup_at_pointer (make_menu (PL_DEVICE_ROW (widget)), event);
  return GDK_EVENT_STOP;
}

static gboolean
popup_menu_cb (GtkWidget *widget)
{
  gtk_menu_popup_at_widget (make_menu (PL_DEVICE_ROW (widget)), widget, GDK_GRAVITY_SOUTH_WEST,
                            GDK_GRAVITY_NORTH_WEST, NULL);
  return TRUE;
}

/* What is seen */

static void
show_size (GtkWidget *label, guint64 bytes)
{
  g_autoptr (GString) size = g_string_new (NULL);

  pl_words_append_size (size, bytes);
  gtk_label_set_label (GTK_LABEL (label), size->str);
}

GtkWidget *
pl_device_row_new (PlDeviceList *devices, PlDeviceItem *device)
{
  PlDeviceRow *row = g_object_new (PL_TYPE_DEVICE_ROW, NULL);

  row->devices = devices;
  row->device = g_object_ref (device);
  return GTK_WIDGET (row);
}

PlDeviceItem *
pl_device_row_get_device (PlDeviceRow *row)
{
  return row->device;
}

void
pl_device_row_refresh (PlDeviceRow *row)
{
  g_autofree char *name = pl_device_item_dup_title (row->device);
  g_autofree char *details = pl_device_item_dup_details (row->device);
  g_autofree char *seen = pl_device_item_dup_last_seen (row->device);

  gtk_label_set_label (GTK_LABEL (row->name_label), name);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (row)), name);
  gtk_label_set_label (GTK_LABEL (row->address_label), details);
  gtk_widget_set_tooltip_text (row->address_label, details);
  gtk_label_set_label (GTK_LABEL (row->seen_label), seen);
  show_size (row->up_label, pl_device_item_get_up_bytes (row->device));
  show_size (row->down_label, pl_device_item_get_down_bytes (row->device));
}

void
pl_device_row_set_narrow (PlDeviceRow *row, gboolean is_narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->identity), is_narrow
                                                                      ? GTK_ORIENTATION_VERTICAL
                                                                      : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (row->identity), is_narrow ? 0 : 12);
  gtk_label_set_width_chars (GTK_LABEL (row->address_label),
                             is_narrow ? LEAST_CHARACTERS : DETAILS_CHARACTERS);
  gtk_label_set_width_chars (GTK_LABEL (row->seen_label), is_narrow ? -1 : SEEN_CHARACTERS);
}

static void
pl_device_row_dispose (GObject *object)
{
  g_clear_object (&PL_DEVICE_ROW (object)->device);
  G_OBJECT_CLASS (pl_device_row_parent_class)->dispose (object);
}

static void
pl_device_row_class_init (PlDeviceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_device_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/device-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, identity);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, address_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, seen_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, up_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, down_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, button_press_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, popup_menu_cb);
}

static void
pl_device_row_init (PlDeviceRow *row)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (row));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), row);
  gtk_widget_insert_action_group (GTK_WIDGET (row), "device", G_ACTION_GROUP (group));
}
