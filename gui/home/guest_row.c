/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/guest_row.h"

struct _PlGuestRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *words_label;
  GtkWidget *wait_label;

  PlWaiting waiting;
};

enum
{
  LET_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlGuestRow, pl_guest_row, GTK_TYPE_LIST_BOX_ROW)

static void
let_in_button_clicked_cb (PlGuestRow *row)
{
  g_signal_emit (row, signals[LET_IN], 0);
}

GtkWidget *
pl_guest_row_new (void)
{
  return g_object_new (PL_TYPE_GUEST_ROW, NULL);
}

void
pl_guest_row_show (PlGuestRow *row, const PlWaiting *waiting, PlDeviceList *devices)
{
  g_autofree char *words = pl_waiting_dup_words (waiting, devices);
  g_autofree char *since = pl_waiting_dup_since (waiting, g_get_real_time ());
  g_autofree char *left = pl_waiting_dup_left (waiting);
  g_autofree char *wait = g_strdup_printf ("%s · %s", since, left);

  row->waiting = *waiting;
  gtk_label_set_label (GTK_LABEL (row->words_label), words);
  gtk_label_set_label (GTK_LABEL (row->wait_label), wait);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (row)), words);
}

const PlWaiting *
pl_guest_row_get (PlGuestRow *row)
{
  return &row->waiting;
}

static void
pl_guest_row_class_init (PlGuestRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[LET_IN] = g_signal_new ("let-in", PL_TYPE_GUEST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/guest-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlGuestRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlGuestRow, wait_label);
  gtk_widget_class_bind_template_callback (widget_class, let_in_button_clicked_cb);
}

static void
pl_guest_row_init (PlGuestRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
