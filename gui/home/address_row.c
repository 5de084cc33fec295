/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/address_row.h"

#include "app/i18n.h"
#include "gui/kit/copy_button.h"

struct _PlAddressRow
{
  GtkBox parent_instance;

  GtkWidget *label;
  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (PlAddressRow, pl_address_row, GTK_TYPE_BOX)

GtkWidget *
pl_address_row_new (const char *address)
{
  PlAddressRow *row = g_object_new (PL_TYPE_ADDRESS_ROW, NULL);
  g_autofree char *description = g_strdup_printf (_ ("Copies %s"), address);

  gtk_label_set_label (GTK_LABEL (row->label), address);
  pl_copy_button_set_text (PL_COPY_BUTTON (row->copy_button), address);
  atk_object_set_description (gtk_widget_get_accessible (row->copy_button), description);
  return GTK_WIDGET (row);
}

static void
pl_address_row_class_init (PlAddressRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/address-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAddressRow, label);
  gtk_widget_class_bind_template_child (widget_class, PlAddressRow, copy_button);
}

static void
pl_address_row_init (PlAddressRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
