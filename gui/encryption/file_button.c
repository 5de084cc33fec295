/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/file_button.h"

#include "app/i18n.h"

struct _PlFileButton
{
  GtkButton parent_instance;

  GtkEntry *entry;
  char *title;
  GtkFileChooserNative *chooser; /* (nullable): open now */
};

G_DEFINE_FINAL_TYPE (PlFileButton, pl_file_button, GTK_TYPE_BUTTON)

static void
close_chooser (PlFileButton *button)
{
  if (button->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (button->chooser));
  g_clear_object (&button->chooser);
}

static void
chooser_response_cb (PlFileButton *button, int response, GtkFileChooser *chooser)
{
  g_autofree char *path
      = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_filename (chooser) : NULL;
  g_autofree char *text = path != NULL ? g_filename_to_utf8 (path, -1, NULL, NULL, NULL) : NULL;

  if (text != NULL)
    gtk_entry_set_text (button->entry, text);
  close_chooser (button);
  gtk_widget_grab_focus (GTK_WIDGET (button->entry));
}

/* (nullable) (transfer full): of the file that is named in @widget */
static char *
dup_folder_of (GtkWidget *widget)
{
  const char *text = GTK_IS_ENTRY (widget) ? gtk_entry_get_text (GTK_ENTRY (widget)) : "";

  return g_path_is_absolute (text) ? g_path_get_dirname (text) : NULL;
}

/* Of the file that is named, or of one beside it: what belongs together lies together. */
static char *
dup_folder (PlFileButton *button)
{
  GtkWidget *grid = gtk_widget_get_parent (GTK_WIDGET (button));
  g_autoptr (GList) others = gtk_container_get_children (GTK_CONTAINER (grid));
  char *folder = dup_folder_of (GTK_WIDGET (button->entry));

  for (GList *other = others; folder == NULL && other != NULL; other = other->next)
    folder = dup_folder_of (other->data);
  return folder != NULL ? folder : g_strdup (g_get_home_dir ());
}

static void
pl_file_button_clicked (GtkButton *widget)
{
  PlFileButton *button = PL_FILE_BUTTON (widget);
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (button));
  g_autofree char *folder = dup_folder (button);

  close_chooser (button);
  button->chooser = gtk_file_chooser_native_new (button->title, GTK_WINDOW (window),
                                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (button->chooser), folder);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (button->chooser), TRUE);
  g_signal_connect_object (button->chooser, "response", G_CALLBACK (chooser_response_cb), button,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (button->chooser));
}

GtkWidget *
pl_file_button_new (GtkEntry *entry, const char *title)
{
  PlFileButton *button = g_object_new (PL_TYPE_FILE_BUTTON, "label", _ ("Choose…"), NULL);

  button->entry = entry;
  button->title = g_strdup (title);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (button)), title);
  return GTK_WIDGET (button);
}

static void
pl_file_button_dispose (GObject *object)
{
  close_chooser (PL_FILE_BUTTON (object));
  G_OBJECT_CLASS (pl_file_button_parent_class)->dispose (object);
}

static void
pl_file_button_finalize (GObject *object)
{
  g_free (PL_FILE_BUTTON (object)->title);
  G_OBJECT_CLASS (pl_file_button_parent_class)->finalize (object);
}

static void
pl_file_button_class_init (PlFileButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pl_file_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = pl_file_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = pl_file_button_clicked;
}

static void
pl_file_button_init (PlFileButton *button)
{
}
