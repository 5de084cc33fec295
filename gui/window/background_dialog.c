/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A dialog and no notification: a desktop without a tray may show no notifications either. */

#include "gui/window/background_dialog.h"

#include "gui/window/memory.h"

struct _PlBackgroundDialog
{
  GtkMessageDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (PlBackgroundDialog, pl_background_dialog, GTK_TYPE_MESSAGE_DIALOG)

static void
dialog_response_cb (PlBackgroundDialog *dialog, int response)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  GActionGroup *actions = G_ACTION_GROUP (gtk_window_get_application (parent));

  gtk_widget_destroy (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_REJECT)
    g_action_group_activate_action (actions, "quit", NULL);
  if (response != GTK_RESPONSE_ACCEPT)
    return;
  pl_memory_set_told ("background");
  gtk_widget_hide (GTK_WIDGET (parent));
}

gboolean
pl_background_dialog_is_due (void)
{
  return !pl_memory_was_told ("background");
}

void
pl_background_dialog_show (GtkWindow *parent)
{
  PlBackgroundDialog *dialog
      = g_object_new (PL_TYPE_BACKGROUND_DIALOG, "transient-for", parent, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
}

static void
pl_background_dialog_class_init (PlBackgroundDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/background-dialog.ui");
  gtk_widget_class_bind_template_callback (widget_class, dialog_response_cb);
}

static void
pl_background_dialog_init (PlBackgroundDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}
