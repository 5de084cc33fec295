/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog is the desktop's own, which also reaches files that a sandbox would hide. Where one
 * saves to is soon forgotten, so the way there is offered. */

#include "gui/requests/export.h"

#include "app/i18n.h"
#include "gui/kit/outside.h"

/* One that is under way. */
typedef struct
{
  GtkWindow *parent;
  PlExportFormat format;
  GListModel *items;
  PlDeviceList *devices;
  PlToast *toast;
  GFile *file;
} Export;

/* What the action works with. */
typedef struct
{
  GListModel *items;
  PlDeviceList *devices;
  GtkWidget *over;
  PlToast *toast;
} Occasion;

static const char *const format_names[] = {
  [PL_EXPORT_HAR] = "har",
  [PL_EXPORT_CSV] = "csv",
  [PL_EXPORT_COMBINED] = "combined",
};

static void
export_free (Export *export)
{
  g_clear_object (&export->parent);
  g_clear_object (&export->items);
  g_clear_object (&export->devices);
  g_clear_object (&export->toast);
  g_clear_object (&export->file);
  g_free (export);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
show_error (Export *export, const GError *error)
{
  GtkWidget *dialog = gtk_message_dialog_new (
      export->parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_ERROR,
      GTK_BUTTONS_CLOSE, "%s", _ ("The requests could not be saved."));

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", error->message);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlToast) toast = user_data;

  if (!pl_outside_show_finish (result, NULL))
    pl_toast_say (toast, _ ("No program shows folders here."));
}

static void
show_in_folder_cb (gpointer user_data)
{
  Export *export = user_data;

  pl_outside_show_async (export->file, shown_cb, g_object_ref (export->toast));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;

  if (!pl_export_save_finish (result, &error))
    {
      show_error (export, error);
      export_free (export);
      return;
    }

  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *shown = g_filename_display_name (name);
  /* Translators: %s is the name of a file */
  g_autofree char *words = g_strdup_printf (_ ("Saved as %s"), shown);

  pl_toast_offer (export->toast, words, _ ("_Show in Folder"), show_in_folder_cb, export,
                  (GDestroyNotify) export_free);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Export) export = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      Export *kept = g_steal_pointer (&export);

      kept->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      pl_export_save_async (kept->format, kept->items, kept->devices, kept->file, NULL, saved_cb,
                            kept);
    }
  g_object_unref (dialog);
}

/* Left alone, the dialog opens where the program was started, which is nowhere people look. */
static const char *
get_folder (void)
{
  static const GUserDirectory places[] = { G_USER_DIRECTORY_DOCUMENTS, G_USER_DIRECTORY_DOWNLOAD };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *folder = g_get_user_special_dir (places[i]);
      if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
        return folder;
    }
  return g_get_home_dir ();
}

static void
ask (const Occasion *reach, PlExportFormat format)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_toplevel (reach->over));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save requests"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = pl_export_dup_file_name (format);
  Export *export = g_new0 (Export, 1);

  export->parent = g_object_ref (parent);
  export->format = format;
  export->items = g_object_ref (reach->items);
  export->devices = g_object_ref (reach->devices);
  export->toast = g_object_ref (reach->toast);
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), get_folder ());
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (g_str_equal (format_names[i], name))
      ask (user_data, (PlExportFormat) i);
}

void
pl_request_export_add (GActionMap *map,
                       GListModel *items,
                       PlDeviceList *devices,
                       GtkWidget *over,
                       PlToast *toast)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("export", G_VARIANT_TYPE_STRING);
  Occasion *reach = g_new (Occasion, 1);

  *reach = (Occasion){ items, devices, over, toast };
  g_signal_connect_data (action, "activate", G_CALLBACK (export_cb), reach,
                         (GClosureNotify) (GCallback) g_free, 0);
  g_action_map_add_action (map, G_ACTION (action));
}
