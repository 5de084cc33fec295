/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/endpoint_row.h"

#include "app/i18n.h"

struct _PlEndpointRow
{
  GtkBox parent_instance;

  GtkWidget *health_image;
  GtkWidget *address_label;
  GtkWidget *words_label;
  GtkWidget *edit_box;
  GtkWidget *earlier_button;
  GtkWidget *later_button;

  PlUpstreamItem *item;
};

enum
{
  WISH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlEndpointRow, pl_endpoint_row, GTK_TYPE_BOX)

/**
 * Health: how one looks. The pictures differ in shape too.
 */
typedef struct
{
  const char *icon;
  const char *style;
} Health;

static const Health healths[] = {
  [PL_HEALTH_UNKNOWN] = { "content-loading-symbolic", "dim-label" },
  [PL_HEALTH_WELL] = { "emblem-ok-symbolic", "pl-good" },
  [PL_HEALTH_MAINTENANCE] = { "dialog-information-symbolic", "dim-label" },
  [PL_HEALTH_LOOP] = { "dialog-error-symbolic", "pl-bad" },
  [PL_HEALTH_NOT_WELL] = { "dialog-error-symbolic", "pl-bad" },
};

static void
show_health (PlEndpointRow *row, PlEndpointHealth health)
{
  GtkStyleContext *style = gtk_widget_get_style_context (row->health_image);

  gtk_image_set_from_icon_name (GTK_IMAGE (row->health_image), healths[health].icon,
                                GTK_ICON_SIZE_BUTTON);
  for (guint i = 0; i < G_N_ELEMENTS (healths); i++)
    gtk_style_context_remove_class (style, healths[i].style);
  gtk_style_context_add_class (style, healths[health].style);
}

static void
item_changed_cb (PlEndpointRow *row)
{
  g_autofree char *words = pl_upstream_item_dup_words (row->item);

  show_health (row, pl_upstream_item_get_health (row->item));
  gtk_label_set_label (GTK_LABEL (row->words_label), words);
}

static void
earlier_button_clicked_cb (PlEndpointRow *row)
{
  g_signal_emit (row, signals[WISH], 0, PL_ENDPOINT_EARLIER);
}

static void
later_button_clicked_cb (PlEndpointRow *row)
{
  g_signal_emit (row, signals[WISH], 0, PL_ENDPOINT_LATER);
}

static void
remove_button_clicked_cb (PlEndpointRow *row)
{
  g_signal_emit (row, signals[WISH], 0, PL_ENDPOINT_REMOVE);
}

GtkWidget *
pl_endpoint_row_new (PlUpstreamItem *item)
{
  PlEndpointRow *row = g_object_new (PL_TYPE_ENDPOINT_ROW, NULL);

  row->item = g_object_ref (item);
  gtk_label_set_label (GTK_LABEL (row->address_label), pl_upstream_item_get_endpoint (item));
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), row, G_CONNECT_SWAPPED);
  item_changed_cb (row);
  return GTK_WIDGET (row);
}

const char *
pl_endpoint_row_get_address (PlEndpointRow *row)
{
  return pl_upstream_item_get_endpoint (row->item);
}

void
pl_endpoint_row_set_place (PlEndpointRow *row, guint position, guint n)
{
  gtk_widget_set_visible (row->edit_box, n > 1);
  gtk_widget_set_sensitive (row->earlier_button, position > 0);
  gtk_widget_set_sensitive (row->later_button, position + 1 < n);
}

static void
pl_endpoint_row_dispose (GObject *object)
{
  g_clear_object (&PL_ENDPOINT_ROW (object)->item);
  G_OBJECT_CLASS (pl_endpoint_row_parent_class)->dispose (object);
}

static void
pl_endpoint_row_class_init (PlEndpointRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_endpoint_row_dispose;
  signals[WISH] = g_signal_new ("wish", PL_TYPE_ENDPOINT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/endpoint-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlEndpointRow, health_image);
  gtk_widget_class_bind_template_child (widget_class, PlEndpointRow, address_label);
  gtk_widget_class_bind_template_child (widget_class, PlEndpointRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlEndpointRow, edit_box);
  gtk_widget_class_bind_template_child (widget_class, PlEndpointRow, earlier_button);
  gtk_widget_class_bind_template_child (widget_class, PlEndpointRow, later_button);
  gtk_widget_class_bind_template_callback (widget_class, earlier_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_button_clicked_cb);
}

static void
pl_endpoint_row_init (PlEndpointRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
