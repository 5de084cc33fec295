/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/rename_popover.h"

struct _PlRenamePopover
{
  GtkPopover parent_instance;

  GtkWidget *entry;

  PlDeviceList *devices;
  PlDeviceItem *device;
};

G_DEFINE_FINAL_TYPE (PlRenamePopover, pl_rename_popover, GTK_TYPE_POPOVER)

static void
rename_cb (PlRenamePopover *popover)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (popover->entry))));

  pl_device_list_rename (popover->devices, popover->device, name);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

GtkWidget *
pl_rename_popover_ask (GtkWidget *row, PlDeviceList *devices, PlDeviceItem *device)
{
  PlRenamePopover *popover = g_object_new (PL_TYPE_RENAME_POPOVER, "relative-to", row, NULL);
  g_autofree char *title = pl_device_item_dup_title (device);

  popover->devices = g_object_ref (devices);
  popover->device = g_object_ref (device);
  gtk_entry_set_text (GTK_ENTRY (popover->entry), pl_device_item_get_given_name (device));
  gtk_entry_set_placeholder_text (GTK_ENTRY (popover->entry), title);
  gtk_popover_popup (GTK_POPOVER (popover));
  return GTK_WIDGET (popover);
}

static gboolean
destroy_cb (gpointer popover)
{
  gtk_widget_destroy (popover);
  return G_SOURCE_REMOVE;
}

/* GTK goes on with what it hides after it has told so. */
static void
pl_rename_popover_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, destroy_cb, g_object_ref (popover), g_object_unref);
}

static void
pl_rename_popover_dispose (GObject *object)
{
  PlRenamePopover *popover = PL_RENAME_POPOVER (object);

  g_clear_object (&popover->devices);
  g_clear_object (&popover->device);
  G_OBJECT_CLASS (pl_rename_popover_parent_class)->dispose (object);
}

static void
pl_rename_popover_class_init (PlRenamePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_rename_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = pl_rename_popover_closed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/rename-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PlRenamePopover, entry);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
}

static void
pl_rename_popover_init (PlRenamePopover *popover)
{
  gtk_widget_init_template (GTK_WIDGET (popover));
}
