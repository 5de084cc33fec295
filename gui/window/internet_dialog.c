/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The question comes until somebody has agreed once: a question that always comes is not read. */

#include "gui/window/internet_dialog.h"

#include "app/i18n.h"
#include "gui/encryption/internet_words.h"
#include "gui/window/memory.h"

struct _PlInternetDialog
{
  GtkMessageDialog parent_instance;
  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlInternetDialog, pl_internet_dialog, GTK_TYPE_MESSAGE_DIALOG)

static void
dialog_response_cb (PlInternetDialog *dialog, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      pl_memory_set_told ("internet");
      pl_engine_set_exposure (dialog->engine, PL_EXPOSURE_INTERNET);
    }
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

gboolean
pl_internet_dialog_is_due (void)
{
  return !pl_memory_was_told ("internet");
}

void
pl_internet_dialog_show (GtkWindow *parent, PlEngine *engine)
{
  PlInternetDialog *dialog = g_object_new (PL_TYPE_INTERNET_DIALOG, "transient-for", parent, NULL);

  g_autofree char *words = g_strdup_printf (
      "%s\n\n%s", pl_internet_words_get (engine),
      _ ("Your router must also send the port on to this computer; Porchlight does not change your "
         "router."));

  dialog->engine = g_object_ref (engine);
  g_object_set (dialog, "secondary-text", words, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
pl_internet_dialog_dispose (GObject *object)
{
  g_clear_object (&PL_INTERNET_DIALOG (object)->engine);
  G_OBJECT_CLASS (pl_internet_dialog_parent_class)->dispose (object);
}

static void
pl_internet_dialog_class_init (PlInternetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_internet_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/internet-dialog.ui");
  gtk_widget_class_bind_template_callback (widget_class, dialog_response_cb);
}

static void
pl_internet_dialog_init (PlInternetDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}
