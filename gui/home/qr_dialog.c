/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/home/qr_dialog.h"

#include "gui/kit/copy_button.h"
#include "gui/kit/qr.h"

struct _PlQrDialog
{
  GtkDialog parent_instance;

  GtkWidget *stack;
  GtkWidget *qr;
  GtkWidget *address_label;
  GtkWidget *copy_button;

  PlEngine *engine;
  char *wanted;
};

G_DEFINE_FINAL_TYPE (PlQrDialog, pl_qr_dialog, GTK_TYPE_DIALOG)

/* The one that is wanted, while it is there. */
static const char *
get_address (PlQrDialog *dialog)
{
  const char *const *all = pl_engine_get_addresses (dialog->engine);

  return g_strv_contains (all, dialog->wanted) ? dialog->wanted : all[0];
}

static void
engine_notify_addresses_cb (PlQrDialog *dialog)
{
  const char *address = get_address (dialog);

  gtk_stack_set_visible_child_name (GTK_STACK (dialog->stack), address != NULL ? "code" : "closed");
  pl_qr_set_text (PL_QR (dialog->qr), address);
  gtk_label_set_label (GTK_LABEL (dialog->address_label), address != NULL ? address : "");
  pl_copy_button_set_text (PL_COPY_BUTTON (dialog->copy_button), address);
}

void
pl_qr_dialog_show (GtkWindow *parent, PlEngine *engine, const char *address)
{
  PlQrDialog *dialog
      = g_object_new (PL_TYPE_QR_DIALOG, "use-header-bar", TRUE, "transient-for", parent, NULL);

  dialog->engine = g_object_ref (engine);
  dialog->wanted = g_strdup (address);
  /* The application's other windows have them by themselves. */
  gtk_widget_insert_action_group (GTK_WIDGET (dialog), "app",
                                  G_ACTION_GROUP (g_application_get_default ()));
  g_signal_connect_object (engine, "notify::addresses", G_CALLBACK (engine_notify_addresses_cb),
                           dialog, G_CONNECT_SWAPPED);
  engine_notify_addresses_cb (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
pl_qr_dialog_dispose (GObject *object)
{
  PlQrDialog *dialog = PL_QR_DIALOG (object);

  g_clear_object (&dialog->engine);
  g_clear_pointer (&dialog->wanted, g_free);
  G_OBJECT_CLASS (pl_qr_dialog_parent_class)->dispose (object);
}

static void
pl_qr_dialog_class_init (PlQrDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_QR);
  g_type_ensure (PL_TYPE_COPY_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = pl_qr_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/qr-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlQrDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlQrDialog, qr);
  gtk_widget_class_bind_template_child (widget_class, PlQrDialog, address_label);
  gtk_widget_class_bind_template_child (widget_class, PlQrDialog, copy_button);
}

static void
pl_qr_dialog_init (PlQrDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}
