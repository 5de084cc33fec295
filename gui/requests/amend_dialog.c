/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/requests/amend_dialog.h"

#include "app/i18n.h"
#include "app/settings/list.h"

struct _PlAmendDialog
{
  GtkMessageDialog parent_instance;

  GtkLabel *entry_label;
  GtkButton *accept_button;

  PlEngine *engine;
  const PlAmendment *amendment;
};

G_DEFINE_FINAL_TYPE (PlAmendDialog, pl_amend_dialog, GTK_TYPE_MESSAGE_DIALOG)

static void
dialog_response_cb (PlAmendDialog *dialog, int response)
{
  const PlAmendment *amendment = dialog->amendment;
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (dialog->engine);

  if (response == GTK_RESPONSE_ACCEPT
      && pl_settings_list_add (settings, amendment->group, amendment->key,
                               gtk_label_get_text (dialog->entry_label)))
    pl_engine_apply_settings (dialog->engine, settings, NULL);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
ask (PlAmendDialog *dialog, PlEngine *engine, const PlAmendment *amendment, const char *entry)
{
  dialog->engine = g_object_ref (engine);
  dialog->amendment = amendment;
  g_object_set (dialog, "text", _ (amendment->question), "secondary-text", _ (amendment->advice),
                NULL);
  gtk_label_set_text (dialog->entry_label, entry);
  gtk_button_set_label (dialog->accept_button, _ (amendment->accept));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
pl_amend_dialog_show (GtkWindow *parent,
                      PlEngine *engine,
                      const PlAmendment *amendment,
                      const char *entry)
{
  PlAmendDialog *dialog = g_object_new (PL_TYPE_AMEND_DIALOG, "transient-for", parent, NULL);

  ask (dialog, engine, amendment, entry);
}

static void
pl_amend_dialog_dispose (GObject *object)
{
  g_clear_object (&PL_AMEND_DIALOG (object)->engine);
  G_OBJECT_CLASS (pl_amend_dialog_parent_class)->dispose (object);
}

static void
pl_amend_dialog_class_init (PlAmendDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_amend_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/amend-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAmendDialog, entry_label);
  gtk_widget_class_bind_template_child (widget_class, PlAmendDialog, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, dialog_response_cb);
}

static void
pl_amend_dialog_init (PlAmendDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}
