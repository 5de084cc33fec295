/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/trust_dialog.h"

#include <string.h>

#include "gui/kit/copy_button.h"
#include "gui/kit/qr.h"

struct _PlTrustDialog
{
  GtkDialog parent_instance;

  GtkWidget *qr;
  GtkWidget *address_label;
  GtkWidget *copy_button;
  GtkWidget *fingerprint_label;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlTrustDialog, pl_trust_dialog, GTK_TYPE_DIALOG)

/* Two lines of sixteen pairs. */
static void
show_fingerprint (PlTrustDialog *dialog, const char *fingerprint)
{
  gsize half = strlen (fingerprint) / 2;
  g_autofree char *lines
      = g_strdup_printf ("%.*s\n%s", (int) half + 1, fingerprint, fingerprint + half + 1);

  gtk_label_set_label (GTK_LABEL (dialog->fingerprint_label), lines);
}

/* While nobody can come in there is nothing to scan. */
static void
engine_changed_cb (PlTrustDialog *dialog)
{
  g_autofree char *url = pl_engine_dup_trust_url (dialog->engine);
  const char *fingerprint = pl_engine_get_fingerprint (dialog->engine);

  pl_qr_set_text (PL_QR (dialog->qr), url);
  gtk_label_set_label (GTK_LABEL (dialog->address_label), url != NULL ? url : "");
  pl_copy_button_set_text (PL_COPY_BUTTON (dialog->copy_button), url);
  if (fingerprint != NULL)
    show_fingerprint (dialog, fingerprint);
}

void
pl_trust_dialog_show (GtkWindow *parent, PlEngine *engine)
{
  static const char *const signals[] = { "notify::encryption-words", "notify::addresses" };
  PlTrustDialog *dialog
      = g_object_new (PL_TYPE_TRUST_DIALOG, "use-header-bar", TRUE, "transient-for", parent, NULL);

  dialog->engine = g_object_ref (engine);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (engine, signals[i], G_CALLBACK (engine_changed_cb), dialog,
                             G_CONNECT_SWAPPED);
  engine_changed_cb (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
pl_trust_dialog_dispose (GObject *object)
{
  g_clear_object (&PL_TRUST_DIALOG (object)->engine);
  G_OBJECT_CLASS (pl_trust_dialog_parent_class)->dispose (object);
}

static void
pl_trust_dialog_class_init (PlTrustDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PL_TYPE_QR);
  g_type_ensure (PL_TYPE_COPY_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = pl_trust_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/trust-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlTrustDialog, qr);
  gtk_widget_class_bind_template_child (widget_class, PlTrustDialog, address_label);
  gtk_widget_class_bind_template_child (widget_class, PlTrustDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, PlTrustDialog, fingerprint_label);
}

static void
pl_trust_dialog_init (PlTrustDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}
