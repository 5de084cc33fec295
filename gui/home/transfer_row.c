/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/transfer_row.h"

#include "app/i18n.h"

struct _PlTransferRow
{
  GtkBox parent_instance;

  GtkWidget *direction_image;
  GtkWidget *device_label;
  GtkWidget *title_label;
  GtkWidget *progress_label;
  GtkWidget *progress_bar;

  PlTransferItem *item;
  PlDeviceList *devices;
};

G_DEFINE_FINAL_TYPE (PlTransferRow, pl_transfer_row, GTK_TYPE_BOX)

static void
show_progress_words (PlTransferRow *row)
{
  g_autofree char *progress = pl_transfer_item_dup_progress (row->item);
  g_autofree char *speed = pl_transfer_item_dup_speed (row->item);
  g_autofree char *words
      = *speed != '\0' ? g_strconcat (progress, " · ", speed, NULL) : g_strdup (progress);

  gtk_label_set_label (GTK_LABEL (row->progress_label), words);
}

static void
item_changed_cb (PlTransferRow *row)
{
  double fraction = pl_transfer_item_get_fraction (row->item);

  show_progress_words (row);
  if (fraction < 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (row->progress_bar));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (row->progress_bar), fraction);
}

static void
show_who (PlTransferRow *row)
{
  const char *name
      = pl_device_list_get_given_name (row->devices, pl_transfer_item_get_client (row->item));
  const char *device = pl_transfer_item_get_device (row->item);
  g_autofree char *client = pl_transfer_item_dup_client (row->item);

  if (*name == '\0')
    name = *device != '\0' ? device : client;
  gtk_label_set_label (GTK_LABEL (row->device_label), name);
  gtk_widget_set_tooltip_text (row->device_label, client);
}

/* Shows what of a transfer never changes: what, and which way. */
static void
show_what (PlTransferRow *row)
{
  g_autofree char *title = pl_transfer_item_dup_title (row->item);
  gboolean is_upload = pl_transfer_item_is_upload (row->item);

  gtk_label_set_label (GTK_LABEL (row->title_label), title);
  gtk_image_set_from_icon_name (GTK_IMAGE (row->direction_image),
                                is_upload ? "go-up-symbolic" : "go-down-symbolic",
                                GTK_ICON_SIZE_BUTTON);
  gtk_style_context_add_class (gtk_widget_get_style_context (row->direction_image),
                               is_upload ? "pl-graph-up" : "pl-graph-down");
  atk_object_set_name (gtk_widget_get_accessible (row->direction_image),
                       is_upload ? _ ("Upload") : _ ("Download"));
  atk_object_set_name (gtk_widget_get_accessible (row->progress_bar), title);
}

GtkWidget *
pl_transfer_row_new (PlTransferItem *item, PlDeviceList *devices)
{
  PlTransferRow *row = g_object_new (PL_TYPE_TRANSFER_ROW, NULL);

  row->item = g_object_ref (item);
  row->devices = devices;
  g_signal_connect_object (devices, "renamed", G_CALLBACK (show_who), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), row, G_CONNECT_SWAPPED);
  show_who (row);
  show_what (row);
  item_changed_cb (row);
  return GTK_WIDGET (row);
}

static void
pl_transfer_row_dispose (GObject *object)
{
  g_clear_object (&PL_TRANSFER_ROW (object)->item);
  G_OBJECT_CLASS (pl_transfer_row_parent_class)->dispose (object);
}

static void
pl_transfer_row_class_init (PlTransferRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_transfer_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/transfer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlTransferRow, direction_image);
  gtk_widget_class_bind_template_child (widget_class, PlTransferRow, device_label);
  gtk_widget_class_bind_template_child (widget_class, PlTransferRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlTransferRow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PlTransferRow, progress_bar);
}

static void
pl_transfer_row_init (PlTransferRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
