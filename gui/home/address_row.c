/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/address_row.h"

#include "app/i18n.h"
#include "gui/kit/copy_button.h"

struct _PlAddressRow
{
  GtkBox parent_instance;

  GtkWidget *radio;
  GtkWidget *label;
  GtkWidget *kind_label;
  GtkWidget *copy_button;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlAddressRow, pl_address_row, GTK_TYPE_BOX)

static void
radio_toggled_cb (PlAddressRow *row)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row->radio)))
    g_signal_emit (row, signals[CHOSEN], 0);
}

GtkWidget *
pl_address_row_new (const char *address, const char *kind)
{
  PlAddressRow *row = g_object_new (PL_TYPE_ADDRESS_ROW, NULL);
  g_autofree char *description = g_strdup_printf (_ ("Copies %s"), address);

  gtk_label_set_label (GTK_LABEL (row->label), address);
  gtk_label_set_label (GTK_LABEL (row->kind_label), kind != NULL ? kind : "");
  gtk_widget_set_visible (row->kind_label, kind != NULL);
  atk_object_set_name (gtk_widget_get_accessible (row->radio), address);
  pl_copy_button_set_text (PL_COPY_BUTTON (row->copy_button), address);
  atk_object_set_description (gtk_widget_get_accessible (row->copy_button), description);
  return GTK_WIDGET (row);
}

const char *
pl_address_row_get_address (PlAddressRow *row)
{
  return gtk_label_get_label (GTK_LABEL (row->label));
}

void
pl_address_row_join (PlAddressRow *row, PlAddressRow *other)
{
  gtk_radio_button_join_group (GTK_RADIO_BUTTON (row->radio), GTK_RADIO_BUTTON (other->radio));
  gtk_widget_show (row->radio);
  gtk_widget_show (other->radio);
}

void
pl_address_row_choose (PlAddressRow *row)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row->radio), TRUE);
}

static void
pl_address_row_class_init (PlAddressRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_COPY_BUTTON);
  signals[CHOSEN] = g_signal_new ("chosen", PL_TYPE_ADDRESS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/address-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAddressRow, label);
  gtk_widget_class_bind_template_child (widget_class, PlAddressRow, radio);
  gtk_widget_class_bind_template_child (widget_class, PlAddressRow, kind_label);
  gtk_widget_class_bind_template_child (widget_class, PlAddressRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, radio_toggled_cb);
}

static void
pl_address_row_init (PlAddressRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
