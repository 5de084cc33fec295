/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/files_form.h"

#include <string.h>

#include "app/i18n.h"

#define GROUP "tls"

/* In the order of the form. */
static const char *const keys[] = { "certificate", "key", "password-file" };

#define N_FILES G_N_ELEMENTS (keys)

struct _PlFilesForm
{
  GtkBox parent_instance;

  GtkEntry *certificate_entry;
  GtkEntry *key_entry;
  GtkEntry *password_entry;
  GtkLabel *fault_label;
  GtkWidget *use_button;
  GtkWidget *insist_button;

  PlEngine *engine;
  char *values[N_FILES];         /* in force */
  gboolean is_filling;           /* what is in the fields is not the user's wish */
  GtkFileChooserNative *chooser; /* (nullable): open now */
};

G_DEFINE_FINAL_TYPE (PlFilesForm, pl_files_form, GTK_TYPE_BOX)

gboolean
pl_files_form_is_for (const char *key)
{
  for (guint i = 0; i < N_FILES; i++)
    if (strcmp (keys[i], key) == 0)
      return TRUE;
  return FALSE;
}

static GtkEntry *
get_entry (PlFilesForm *form, guint number)
{
  GtkEntry *const entries[] = { form->certificate_entry, form->key_entry, form->password_entry };

  return entries[number];
}

static char *
dup_typed (PlFilesForm *form, guint number)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (get_entry (form, number))));
}

/* What is seen */

static gboolean
is_in_force (PlFilesForm *form)
{
  g_autofree char *mode
      = pl_settings_dup_text (pl_engine_get_settings (form->engine), GROUP, "mode");

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *typed = dup_typed (form, i);
      if (strcmp (typed, form->values[i]) != 0)
        return FALSE;
    }
  return strcmp (mode, "files") == 0;
}

static void
show_button (PlFilesForm *form)
{
  g_autofree char *certificate = dup_typed (form, 0);

  gtk_widget_set_sensitive (form->use_button, *certificate != '\0' && !is_in_force (form));
}

/* @words: (nullable): %NULL: there is none. @is_doubt: it can be used all the same. */
static void
show_fault (PlFilesForm *form, const char *words, gboolean is_doubt)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (form));

  gtk_label_set_text (form->fault_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (form->fault_label), words != NULL);
  gtk_widget_set_visible (form->insist_button, is_doubt);
  for (guint i = 0; i < N_FILES; i++)
    atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (get_entry (form, i))),
                                words != NULL ? words : "");
  if (words != NULL)
    gtk_style_context_add_class (style, "pl-fault");
  else
    gtk_style_context_remove_class (style, "pl-fault");
}

static void
show_values (PlFilesForm *form)
{
  form->is_filling = TRUE;
  for (guint i = 0; i < N_FILES; i++)
    gtk_entry_set_text (get_entry (form, i), form->values[i]);
  form->is_filling = FALSE;
  show_fault (form, NULL, FALSE);
}

/* What somebody is typing is not replaced because another setting changed. */
static void
settings_changed_cb (PlFilesForm *form)
{
  const PlSettings *settings = pl_engine_get_settings (form->engine);
  gboolean has_changed = FALSE;

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *value = pl_settings_dup_text (settings, GROUP, keys[i]);
      has_changed |= g_strcmp0 (value, form->values[i]) != 0;
      g_free (form->values[i]);
      form->values[i] = g_steal_pointer (&value);
    }
  if (has_changed)
    show_values (form);
  show_button (form);
}

/* Putting to use */

/* Returns: (transfer full) (nullable): the settings with what is in the form; %NULL with @error */
static PlSettings *
dup_wished (PlFilesForm *form, GError **error)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (form->engine);

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *typed = dup_typed (form, i);
      if (*typed == '\0')
        pl_settings_unset (settings, GROUP, keys[i]);
      else if (!pl_settings_set (settings, GROUP, keys[i], typed, error))
        return NULL;
    }
  if (!pl_settings_set (settings, GROUP, "mode", "files", error))
    return NULL;
  return g_steal_pointer (&settings);
}

static gboolean
use (PlFilesForm *form, gboolean insists)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *doubt = NULL;
  g_autoptr (PlSettings) settings = dup_wished (form, &error);

  if (settings == NULL || !pl_engine_judge_certificates (form->engine, settings, &doubt, &error))
    show_fault (form, error->message, FALSE);
  else if (doubt != NULL && !insists)
    show_fault (form, doubt, TRUE);
  else if (!pl_engine_apply_settings (form->engine, settings, &error))
    show_fault (form, error->message, FALSE);
  else
    {
      show_fault (form, NULL, FALSE);
      return TRUE;
    }
  return FALSE;
}

gboolean
pl_files_form_use (PlFilesForm *form)
{
  g_return_val_if_fail (PL_IS_FILES_FORM (form), FALSE);

  return is_in_force (form) || use (form, FALSE);
}

static void
use_button_clicked_cb (PlFilesForm *form)
{
  use (form, FALSE);
}

static void
insist_button_clicked_cb (PlFilesForm *form)
{
  use (form, TRUE);
}

/* Typing */

static void
entry_changed_cb (PlFilesForm *form)
{
  if (form->is_filling)
    return;
  show_fault (form, NULL, FALSE);
  show_button (form);
}

static void
entry_activate_cb (PlFilesForm *form)
{
  if (gtk_widget_get_sensitive (form->use_button))
    use (form, FALSE);
}

static gboolean
entry_key_press_event_cb (PlFilesForm *form, GdkEventKey *event, GtkEntry *entry)
{
  for (guint i = 0; event->keyval == GDK_KEY_Escape && i < N_FILES; i++)
    if (get_entry (form, i) == entry && strcmp (gtk_entry_get_text (entry), form->values[i]) != 0)
      {
        gtk_entry_set_text (entry, form->values[i]);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* Choosing */

static void
close_chooser (PlFilesForm *form)
{
  if (form->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (form->chooser));
  g_clear_object (&form->chooser);
}

static void
chooser_response_cb (PlFilesForm *form, int response, GtkFileChooser *chooser)
{
  GtkEntry *entry = g_object_get_data (G_OBJECT (chooser), "pl-entry");
  g_autofree char *path
      = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_filename (chooser) : NULL;
  g_autofree char *text = path != NULL ? g_filename_to_utf8 (path, -1, NULL, NULL, NULL) : NULL;

  if (text != NULL)
    gtk_entry_set_text (entry, text);
  close_chooser (form);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

/* Returns: (transfer full): of the file that is named, or the one named before it: they lie
 * together. */
static char *
dup_folder (PlFilesForm *form, guint number)
{
  for (guint i = 0; i <= number; i++)
    {
      g_autofree char *typed = dup_typed (form, number - i);
      if (g_path_is_absolute (typed))
        return g_path_get_dirname (typed);
    }
  return g_strdup (g_get_home_dir ());
}

static void
choose (PlFilesForm *form, guint number, const char *title)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (form));
  g_autofree char *folder = dup_folder (form, number);

  close_chooser (form);
  form->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (window),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_object_set_data (G_OBJECT (form->chooser), "pl-entry", get_entry (form, number));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (form->chooser), folder);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (form->chooser), TRUE);
  g_signal_connect_object (form->chooser, "response", G_CALLBACK (chooser_response_cb), form,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (form->chooser));
}

static void
certificate_button_clicked_cb (PlFilesForm *form)
{
  choose (form, 0, _ ("Choose the certificate"));
}

static void
key_button_clicked_cb (PlFilesForm *form)
{
  choose (form, 1, _ ("Choose the key"));
}

static void
password_button_clicked_cb (PlFilesForm *form)
{
  choose (form, 2, _ ("Choose the file with the password"));
}

/* The form */

GtkWidget *
pl_files_form_new (PlEngine *engine)
{
  PlFilesForm *form = g_object_new (PL_TYPE_FILES_FORM, NULL);

  form->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), form,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (form);
  return GTK_WIDGET (form);
}

void
pl_files_form_hide_button (PlFilesForm *form)
{
  g_return_if_fail (PL_IS_FILES_FORM (form));

  gtk_widget_hide (form->use_button);
}

static void
pl_files_form_dispose (GObject *object)
{
  close_chooser (PL_FILES_FORM (object));
  G_OBJECT_CLASS (pl_files_form_parent_class)->dispose (object);
}

static void
pl_files_form_finalize (GObject *object)
{
  PlFilesForm *form = PL_FILES_FORM (object);

  g_clear_object (&form->engine);
  for (guint i = 0; i < N_FILES; i++)
    g_free (form->values[i]);
  G_OBJECT_CLASS (pl_files_form_parent_class)->finalize (object);
}

static void
pl_files_form_class_init (PlFilesFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_files_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = pl_files_form_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/files-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PlFilesForm, certificate_entry);
  gtk_widget_class_bind_template_child (widget_class, PlFilesForm, key_entry);
  gtk_widget_class_bind_template_child (widget_class, PlFilesForm, password_entry);
  gtk_widget_class_bind_template_child (widget_class, PlFilesForm, fault_label);
  gtk_widget_class_bind_template_child (widget_class, PlFilesForm, use_button);
  gtk_widget_class_bind_template_child (widget_class, PlFilesForm, insist_button);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_key_press_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, certificate_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, insist_button_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "settingrow");
}

static void
pl_files_form_init (PlFilesForm *form)
{
  gtk_widget_init_template (GTK_WIDGET (form));
}
