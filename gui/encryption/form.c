/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/encryption/form.h"

#include <string.h>

#include "app/i18n.h"
#include "app/model/words.h"
#include "app/settings/table.h"
#include "gui/encryption/file_button.h"
#include "gui/kit/expander.h"

#define GROUP "tls"

#define MAX_FIELDS 7

/**
 * Field:
 * @key: of `[tls]`
 * @hint: (nullable): what stands in it while it is empty, in English, to be translated
 * @choose: (nullable): of a file: the title of who lets one choose it, to be translated
 * @is_advanced: folded away, with its explanation
 */
typedef struct
{
  const char *key;
  const char *hint;
  const char *choose;
  gboolean is_advanced;
} Field;

/**
 * Sheet: a kind of form; words are to be translated.
 * @fields: the first has to be there
 */
typedef struct
{
  const char *mode;
  const char *title;
  const char *explanation;
  const char *button;
  Field fields[MAX_FIELDS];
} Sheet;

static const Sheet sheets[PL_FORM_N_KINDS] = {
  [PL_FORM_FILES] = {
      .mode = "files",
      .title = N_ ("Certificates of your own"),
      .explanation
      = N_ ("Files as certbot and Tailscale write them (PEM), or both in one (PKCS#12). They are "
            "looked at first, and used together; until then what is in use stays. When they are "
            "renewed, the new ones are taken up by themselves."),
      .button = N_ ("Use These _Files"),
      .fields = {
          { "certificate", N_ ("with its full chain"), N_ ("Choose the certificate"), FALSE },
          { "key", N_ ("empty: in the same file"), N_ ("Choose the key"), FALSE },
          { "password-file", N_ ("empty: the key is not locked"),
            N_ ("Choose the file with the password"), FALSE },
      },
  },
  [PL_FORM_ACME] = {
      .mode = "acme",
      .title = N_ ("A certificate from an authority on the internet"),
      .explanation
      = N_ ("For a name of your own that leads here: Let’s Encrypt makes a certificate that every "
            "device trusts, without cost, and Porchlight renews it by itself. With it you agree to "
            "the terms of the authority, and the name becomes public. The authority must be able "
            "to come in from the internet at port 443 or 80."),
      .button = N_ ("_Get a Certificate"),
      .fields = {
          { "names", N_ ("such as photos.example"), NULL, FALSE },
          { "email", N_ ("empty: the authority is told none"), NULL, FALSE },
          { "directory", NULL, NULL, TRUE },
          { "directory-ca-file", NULL, N_ ("Choose whom the authority is to be trusted by"), TRUE },
          { "eab-id", NULL, NULL, TRUE },
          { "eab-key-file", NULL, N_ ("Choose the key of the account"), TRUE },
          { "dns-hook", NULL, N_ ("Choose the program for DNS"), TRUE },
      },
  },
};

/**
 * PlEncryptionForm:
 * @values: in force
 * @is_filling: what is in the fields is not the user's wish
 */
struct _PlEncryptionForm
{
  GtkBox parent_instance;

  GtkLabel *explanation_label;
  GtkGrid *grid;
  GtkExpander *more_expander;
  GtkGrid *more_grid;
  GtkLabel *fault_label;
  GtkButton *use_button;
  GtkWidget *insist_button;

  PlEngine *engine;
  const Sheet *sheet;
  guint n_fields;
  GtkEntry *entries[MAX_FIELDS];
  char *values[MAX_FIELDS];
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (PlEncryptionForm, pl_encryption_form, GTK_TYPE_BOX)

const char *
pl_encryption_form_get_title (PlFormKind kind)
{
  return _ (sheets[kind].title);
}

const char *
pl_encryption_form_get_mode (PlFormKind kind)
{
  return sheets[kind].mode;
}

gboolean
pl_encryption_form_is_for (const char *key)
{
  for (guint kind = 0; kind < PL_FORM_N_KINDS; kind++)
    for (guint i = 0; i < MAX_FIELDS; i++)
      if (g_strcmp0 (sheets[kind].fields[i].key, key) == 0)
        return TRUE;
  return FALSE;
}

static char *
dup_typed (PlEncryptionForm *form, guint number)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (form->entries[number])));
}

/* What is seen */

static gboolean
is_in_force (PlEncryptionForm *form)
{
  g_autofree char *mode
      = pl_settings_dup_text (pl_engine_get_settings (form->engine), GROUP, "mode");

  for (guint i = 0; i < form->n_fields; i++)
    {
      g_autofree char *typed = dup_typed (form, i);
      if (strcmp (typed, form->values[i]) != 0)
        return FALSE;
    }
  return strcmp (mode, form->sheet->mode) == 0;
}

/* Without the first field there is nothing to put to use. */
static void
show_button (PlEncryptionForm *form)
{
  g_autofree char *first = dup_typed (form, 0);

  gtk_widget_set_sensitive (GTK_WIDGET (form->use_button), *first != '\0' && !is_in_force (form));
}

/* A screen reader has it at each field, else what the field is for. */
static void
describe_fields (PlEncryptionForm *form, const char *words)
{
  for (guint i = 0; i < form->n_fields; i++)
    {
      const PlSetting *setting = pl_setting_find (GROUP, form->sheet->fields[i].key);
      atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (form->entries[i])),
                                  words != NULL ? words : _ (setting->explanation));
    }
}

/* @words: (nullable): %NULL: there is none. @is_doubt: it can be used all the same. */
static void
show_fault (PlEncryptionForm *form, const char *words, gboolean is_doubt)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (form));

  gtk_label_set_text (form->fault_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (form->fault_label), words != NULL);
  gtk_widget_set_visible (form->insist_button, is_doubt);
  describe_fields (form, words);
  if (words != NULL)
    gtk_style_context_add_class (style, "pl-fault");
  else
    gtk_style_context_remove_class (style, "pl-fault");
}

static void
show_values (PlEncryptionForm *form)
{
  form->is_filling = TRUE;
  for (guint i = 0; i < form->n_fields; i++)
    gtk_entry_set_text (form->entries[i], form->values[i]);
  form->is_filling = FALSE;
  show_fault (form, NULL, FALSE);
}

/* What somebody is typing is not replaced because another setting changed. */
static void
settings_changed_cb (PlEncryptionForm *form)
{
  const PlSettings *settings = pl_engine_get_settings (form->engine);
  gboolean has_changed = FALSE;

  for (guint i = 0; i < form->n_fields; i++)
    {
      g_autofree char *value = pl_settings_dup_text (settings, GROUP, form->sheet->fields[i].key);
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
dup_wished (PlEncryptionForm *form, GError **error)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (form->engine);

  for (guint i = 0; i < form->n_fields; i++)
    {
      const PlSetting *setting = pl_setting_find (GROUP, form->sheet->fields[i].key);
      g_autofree char *typed = dup_typed (form, i);
      if (*typed == '\0' || strcmp (typed, setting->initial) == 0)
        pl_settings_unset (settings, GROUP, setting->key);
      else if (!pl_settings_set (settings, GROUP, setting->key, typed, error))
        return NULL;
    }
  if (!pl_settings_set (settings, GROUP, "mode", form->sheet->mode, error))
    return NULL;
  return g_steal_pointer (&settings);
}

static gboolean
use (PlEncryptionForm *form, gboolean insists)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *doubt = NULL;
  g_autoptr (PlSettings) settings = dup_wished (form, &error);

  if (settings == NULL)
    {
      g_autofree char *words = pl_words_dup_sentence (error->message);
      show_fault (form, words, FALSE);
    }
  else if (!pl_engine_judge_certificates (form->engine, settings, &doubt, &error))
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
pl_encryption_form_use (PlEncryptionForm *form)
{
  g_return_val_if_fail (PL_IS_ENCRYPTION_FORM (form), FALSE);

  return is_in_force (form) || use (form, FALSE);
}

static void
use_button_clicked_cb (PlEncryptionForm *form)
{
  use (form, FALSE);
}

static void
insist_button_clicked_cb (PlEncryptionForm *form)
{
  use (form, TRUE);
}

/* Typing */

static void
entry_changed_cb (PlEncryptionForm *form)
{
  if (form->is_filling)
    return;
  show_fault (form, NULL, FALSE);
  show_button (form);
}

static void
entry_activate_cb (PlEncryptionForm *form)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (form->use_button)))
    use (form, FALSE);
}

static gboolean
entry_key_press_event_cb (PlEncryptionForm *form, GdkEventKey *event, GtkEntry *entry)
{
  for (guint i = 0; event->keyval == GDK_KEY_Escape && i < form->n_fields; i++)
    if (form->entries[i] == entry && strcmp (gtk_entry_get_text (entry), form->values[i]) != 0)
      {
        gtk_entry_set_text (entry, form->values[i]);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* The form */

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), style);
  return label;
}

static GtkEntry *
new_entry (PlEncryptionForm *form, const Field *field)
{
  GtkEntry *entry = GTK_ENTRY (gtk_entry_new ());

  gtk_widget_set_hexpand (GTK_WIDGET (entry), TRUE);
  gtk_entry_set_width_chars (entry, 16);
  gtk_entry_set_placeholder_text (entry, field->hint != NULL ? _ (field->hint) : NULL);
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), form,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (entry_activate_cb), form,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "key-press-event", G_CALLBACK (entry_key_press_event_cb), form,
                           G_CONNECT_SWAPPED);
  return entry;
}

/* A row, and where it is advanced one below it that explains it. */
static void
add_field (PlEncryptionForm *form, const Field *field, int row)
{
  const PlSetting *setting = pl_setting_find (GROUP, field->key);
  GtkGrid *grid = field->is_advanced ? form->more_grid : form->grid;
  GtkEntry *entry = new_entry (form, field);
  GtkWidget *label = new_label (_ (setting->title), NULL);

  form->entries[form->n_fields++] = entry;
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (entry));
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, GTK_WIDGET (entry), 1, row, field->choose != NULL ? 1 : 2, 1);
  if (field->choose != NULL)
    gtk_grid_attach (grid, pl_file_button_new (entry, _ (field->choose)), 2, row, 1, 1);
  if (field->is_advanced)
    gtk_grid_attach (grid, new_label (_ (setting->explanation), "pl-explanation"), 1, row + 1, 2,
                     1);
}

static void
add_fields (PlEncryptionForm *form)
{
  for (guint i = 0; i < MAX_FIELDS && form->sheet->fields[i].key != NULL; i++)
    {
      add_field (form, &form->sheet->fields[i], 2 * (int) i);
      if (form->sheet->fields[i].is_advanced)
        gtk_widget_show (GTK_WIDGET (form->more_expander));
    }
  gtk_widget_show_all (GTK_WIDGET (form->grid));
  gtk_container_foreach (GTK_CONTAINER (form->more_grid), (GtkCallback) (GCallback) gtk_widget_show,
                         NULL);
}

GtkWidget *
pl_encryption_form_new (PlEngine *engine, PlFormKind kind)
{
  PlEncryptionForm *form = g_object_new (PL_TYPE_ENCRYPTION_FORM, NULL);

  form->engine = g_object_ref (engine);
  form->sheet = &sheets[kind];
  gtk_label_set_text (form->explanation_label, _ (form->sheet->explanation));
  gtk_button_set_label (form->use_button, _ (form->sheet->button));
  add_fields (form);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), form,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (form);
  return GTK_WIDGET (form);
}

void
pl_encryption_form_hide_button (PlEncryptionForm *form)
{
  g_return_if_fail (PL_IS_ENCRYPTION_FORM (form));

  gtk_widget_hide (GTK_WIDGET (form->use_button));
}

static void
pl_encryption_form_finalize (GObject *object)
{
  PlEncryptionForm *form = PL_ENCRYPTION_FORM (object);

  g_clear_object (&form->engine);
  for (guint i = 0; i < form->n_fields; i++)
    g_free (form->values[i]);
  G_OBJECT_CLASS (pl_encryption_form_parent_class)->finalize (object);
}

static void
pl_encryption_form_class_init (PlEncryptionFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pl_encryption_form_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/encryption-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionForm, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionForm, grid);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionForm, more_expander);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionForm, more_grid);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionForm, fault_label);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionForm, use_button);
  gtk_widget_class_bind_template_child (widget_class, PlEncryptionForm, insist_button);
  gtk_widget_class_bind_template_callback (widget_class, use_button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, insist_button_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "settingrow");
}

static void
pl_encryption_form_init (PlEncryptionForm *form)
{
  gtk_widget_init_template (GTK_WIDGET (form));
  pl_expander_arrange (form->more_expander);
}
