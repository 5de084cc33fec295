/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/device_row.h"

#include "app/model/words.h"

/* Of the column of times, where there is one. */
#define SEEN_CHARACTERS 14

struct _PlDeviceRow
{
  GtkBox parent_instance;

  GtkWidget *identity;
  GtkWidget *name_label;
  GtkWidget *address_label;
  GtkWidget *seen_label;
  GtkWidget *up_label;
  GtkWidget *down_label;
};

G_DEFINE_FINAL_TYPE (PlDeviceRow, pl_device_row, GTK_TYPE_BOX)

static void
show_size (GtkWidget *label, guint64 bytes)
{
  g_autoptr (GString) size = g_string_new (NULL);

  pl_words_append_size (size, bytes);
  gtk_label_set_label (GTK_LABEL (label), size->str);
}

GtkWidget *
pl_device_row_new (void)
{
  return g_object_new (PL_TYPE_DEVICE_ROW, NULL);
}

void
pl_device_row_show (PlDeviceRow *row, PlDeviceItem *device)
{
  g_autofree char *name = pl_device_item_dup_title (device);
  g_autofree char *details = pl_device_item_dup_details (device);
  g_autofree char *seen = pl_device_item_dup_last_seen (device);

  gtk_label_set_label (GTK_LABEL (row->name_label), name);
  gtk_label_set_label (GTK_LABEL (row->address_label), details);
  gtk_widget_set_tooltip_text (row->address_label, details);
  gtk_label_set_label (GTK_LABEL (row->seen_label), seen);
  show_size (row->up_label, pl_device_item_get_up_bytes (device));
  show_size (row->down_label, pl_device_item_get_down_bytes (device));
}

void
pl_device_row_set_narrow (PlDeviceRow *row, gboolean is_narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->identity), is_narrow
                                                                      ? GTK_ORIENTATION_VERTICAL
                                                                      : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (row->identity), is_narrow ? 0 : 12);
  gtk_label_set_width_chars (GTK_LABEL (row->seen_label), is_narrow ? -1 : SEEN_CHARACTERS);
}

static void
pl_device_row_class_init (PlDeviceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/device-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, identity);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, address_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, seen_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, up_label);
  gtk_widget_class_bind_template_child (widget_class, PlDeviceRow, down_label);
}

static void
pl_device_row_init (PlDeviceRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
