/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/requests/allow_dialog.h"

#include "app/settings/world.h"

struct _PlAllowDialog
{
  GtkMessageDialog parent_instance;

  GtkLabel *line_label;

  PlEngine *engine;
};

G_DEFINE_FINAL_TYPE (PlAllowDialog, pl_allow_dialog, GTK_TYPE_MESSAGE_DIALOG)

static void
dialog_response_cb (PlAllowDialog *dialog, int response)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (dialog->engine);

  if (response == GTK_RESPONSE_ACCEPT
      && pl_world_add_also (settings, gtk_label_get_text (dialog->line_label)))
    pl_engine_apply_settings (dialog->engine, settings, NULL);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
ask (PlAllowDialog *dialog, PlEngine *engine, const char *line)
{
  dialog->engine = g_object_ref (engine);
  gtk_label_set_text (dialog->line_label, line);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
pl_allow_dialog_show (GtkWindow *parent, PlEngine *engine, const char *line)
{
  PlAllowDialog *dialog = g_object_new (PL_TYPE_ALLOW_DIALOG, "transient-for", parent, NULL);

  ask (dialog, engine, line);
}

static void
pl_allow_dialog_dispose (GObject *object)
{
  g_clear_object (&PL_ALLOW_DIALOG (object)->engine);
  G_OBJECT_CLASS (pl_allow_dialog_parent_class)->dispose (object);
}

static void
pl_allow_dialog_class_init (PlAllowDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_allow_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/allow-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlAllowDialog, line_label);
  gtk_widget_class_bind_template_callback (widget_class, dialog_response_cb);
}

static void
pl_allow_dialog_init (PlAllowDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}
