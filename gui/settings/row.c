/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The value in force is remembered beside the one in the control: where they are the same there is
 * nothing to do, and what somebody is typing is not replaced because another setting changed. */

#include "gui/settings/row.h"

#include <string.h>

#include "app/i18n.h"
#include "app/model/words.h"
#include "app/settings/check.h"
#include "gui/address/look.h"
#include "gui/settings/words.h"

#define NUMBER_CHARACTERS 8
#define CHOICE_CHARACTERS 12
#define URLS_CHARACTERS   34
#define APPLY_ICON        "object-select-symbolic"
#define ASKING_ICON       "content-loading-symbolic"

struct _PlSettingRow
{
  GtkGrid parent_instance;

  PlEngine *engine;
  const PlSetting *setting;
  char *group;
  char *value;         /* in force */
  gboolean is_filling; /* what is in the control is not the user's wish */
  PlAddressLook *look; /* (nullable): of a setting that is an address of Immich */

  GtkLabel *title_label;
  GtkLabel *explanation_label;
  GtkLabel *fault_label;
  GtkButton *insist_button;

  /* The one that fits the setting stays, the others are NULL. */
  GtkSwitch *toggle;
  GtkComboBoxText *chooser;
  GtkEntry *entry;
};

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlSettingRow, pl_setting_row, GTK_TYPE_GRID)

static GtkWidget *
get_control (PlSettingRow *row)
{
  if (row->toggle != NULL)
    return GTK_WIDGET (row->toggle);
  return row->chooser != NULL ? GTK_WIDGET (row->chooser) : GTK_WIDGET (row->entry);
}

/* Between the control and the engine */

static char *
dup_shown (PlSettingRow *row)
{
  if (row->toggle != NULL)
    return g_strdup (gtk_switch_get_active (row->toggle) ? "true" : "false");
  if (row->chooser != NULL)
    return g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (row->chooser)));
  return g_strstrip (g_strdup (gtk_entry_get_text (row->entry)));
}

static void
choose (GtkComboBoxText *chooser, const char *value)
{
  if (gtk_combo_box_set_active_id (GTK_COMBO_BOX (chooser), value))
    return;
  /* A language whose translation is gone. */
  gtk_combo_box_text_append (chooser, value, value);
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (chooser), value);
}

static void
show_value (PlSettingRow *row)
{
  row->is_filling = TRUE;
  if (row->toggle != NULL)
    gtk_switch_set_active (row->toggle, strcmp (row->value, "true") == 0);
  else if (row->chooser != NULL)
    choose (row->chooser, row->value);
  else
    gtk_entry_set_text (row->entry, row->value);
  row->is_filling = FALSE;
}

static void
show_fault (PlSettingRow *row, const char *words)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (row));
  AtkObject *accessible = gtk_widget_get_accessible (get_control (row));

  gtk_label_set_text (row->fault_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (row->fault_label), words != NULL);
  gtk_widget_hide (GTK_WIDGET (row->insist_button));
  atk_object_set_description (accessible,
                              words != NULL ? words : gtk_label_get_text (row->explanation_label));
  if (words != NULL)
    gtk_style_context_add_class (style, "pl-fault");
  else
    gtk_style_context_remove_class (style, "pl-fault");
}

static void
show_pending (PlSettingRow *row, gboolean is_pending)
{
  if (row->entry != NULL)
    gtk_entry_set_icon_from_icon_name (row->entry, GTK_ENTRY_ICON_SECONDARY,
                                       is_pending ? APPLY_ICON : NULL);
}

/* The text in the field is another than the one that was looked at. */
static void
forget_look (PlSettingRow *row)
{
  if (row->look != NULL)
    pl_address_look_cancel (row->look);
}

static void
settings_changed_cb (PlSettingRow *row)
{
  g_autofree char *value
      = pl_settings_dup_text (pl_engine_get_settings (row->engine), row->group, row->setting->key);

  if (g_strcmp0 (value, row->value) == 0)
    return;
  g_free (row->value);
  row->value = g_steal_pointer (&value);
  forget_look (row);
  show_value (row);
  show_fault (row, NULL);
  show_pending (row, FALSE);
}

/* What pl_setting_check() says is only what is allowed, to be put behind other words. */
static void
show_refusal (PlSettingRow *row, const char *text, const char *message)
{
  if (pl_setting_check (row->setting, text, NULL))
    {
      show_fault (row, message);
      return;
    }

  g_autofree char *words = pl_words_dup_sentence (message);
  show_fault (row, words);
}

/* The action asks first, where it must. */
static void
activate_exposure (PlSettingRow *row, const char *text)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "exposure",
                                  g_variant_new_string (text));
  show_value (row);
}

static void
put_to_use (PlSettingRow *row, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (pl_engine_set_setting (row->engine, row->group, row->setting->key, text, &error))
    {
      settings_changed_cb (row);
      return;
    }
  show_refusal (row, text, error->message);
  if (row->entry == NULL)
    show_value (row);
  g_signal_emit (row, signals[REFUSED], 0, text);
}

static void
looked_cb (const PlJudgment *judgment, gpointer user_data)
{
  PlSettingRow *row = user_data;
  g_autofree char *url = g_strdup (judgment->url);
  g_autofree char *words = g_strdup (judgment->words);
  gboolean is_doubtful = pl_judgment_is_doubtful (judgment);

  show_pending (row, FALSE);
  if (judgment->kind == PL_VERDICT_IMMICH)
    {
      put_to_use (row, url);
      return;
    }
  show_fault (row, words);
  gtk_widget_set_visible (GTK_WIDGET (row->insist_button), is_doubtful);
}

/* Addresses of Immich are looked at before they are used. The same text is looked at once, however
 * often the field is left. */
static void
look (PlSettingRow *row, const char *text)
{
  pl_address_look_start (row->look, row->group, text, row->value);
  if (pl_address_look_is_under_way (row->look))
    gtk_entry_set_icon_from_icon_name (row->entry, GTK_ENTRY_ICON_SECONDARY, ASKING_ICON);
}

static void
insist_button_clicked_cb (PlSettingRow *row)
{
  g_autofree char *url = g_strdup (pl_address_look_get_doubt (row->look)->url);

  put_to_use (row, url);
}

static void
apply (PlSettingRow *row)
{
  g_autofree char *text = dup_shown (row);

  if (row->is_filling)
    return;
  show_pending (row, FALSE);
  if (strcmp (text, row->value) == 0)
    show_fault (row, NULL);
  else if (strcmp (row->group, "listen") == 0 && strcmp (row->setting->key, "exposure") == 0)
    activate_exposure (row, text);
  else if (row->look != NULL && pl_setting_check (row->setting, text, NULL))
    look (row, text);
  else
    put_to_use (row, text);
}

/* What people do */

static void
toggle_notify_active_cb (PlSettingRow *row)
{
  apply (row);
}

static void
chooser_changed_cb (PlSettingRow *row)
{
  apply (row);
}

/* Whoever asks once more is not told what was seen before. */
static void
entry_activate_cb (PlSettingRow *row)
{
  forget_look (row);
  apply (row);
}

static void
entry_icon_press_cb (PlSettingRow *row)
{
  forget_look (row);
  apply (row);
}

static gboolean
entry_focus_out_event_cb (PlSettingRow *row)
{
  apply (row);
  return GDK_EVENT_PROPAGATE;
}

static void
entry_changed_cb (PlSettingRow *row)
{
  if (row->is_filling)
    return;
  forget_look (row);
  show_fault (row, NULL);
  show_pending (row, strcmp (gtk_entry_get_text (row->entry), row->value) != 0);
}

static gboolean
entry_key_press_event_cb (PlSettingRow *row, GdkEventKey *event)
{
  if (event->keyval != GDK_KEY_Escape || strcmp (gtk_entry_get_text (row->entry), row->value) == 0)
    return GDK_EVENT_PROPAGATE;
  forget_look (row);
  show_value (row);
  show_fault (row, NULL);
  show_pending (row, FALSE);
  return GDK_EVENT_STOP;
}

/* Making one */

static void
set_up_words (PlSettingRow *row, const char *name)
{
  const char *title = _ (row->setting->title);
  g_autofree char *explanation = pl_setting_words_dup_explanation (row->setting);

  /* Translators: a setting, and which of several it belongs to. */
  g_autofree char *full
      = name != NULL ? g_strdup_printf (_ ("%s (%s)"), title, name) : g_strdup (title);
  gtk_label_set_text_with_mnemonic (row->title_label, full);
  gtk_label_set_text (row->explanation_label, explanation);
}

/* What is chosen may be cut off where there is no room, what can be chosen not. */
static void
make_shrinkable (GtkComboBox *chooser)
{
  g_autoptr (GList) cells = gtk_cell_layout_get_cells (GTK_CELL_LAYOUT (chooser));

  g_object_set (cells->data, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", CHOICE_CHARACTERS,
                NULL);
  g_object_set (chooser, "popup-fixed-width", FALSE, NULL);
}

static void
fill_chooser (PlSettingRow *row, GPtrArray *choices)
{
  make_shrinkable (GTK_COMBO_BOX (row->chooser));
  for (guint i = 0; i < choices->len; i++)
    {
      const PlSettingChoice *choice = g_ptr_array_index (choices, i);
      gtk_combo_box_text_append (row->chooser, choice->value, choice->words);
    }
}

static void
set_up_control (PlSettingRow *row)
{
  g_autoptr (GPtrArray) choices = pl_setting_words_dup_choices (row->setting);

  if (row->setting->kind != PL_SETTING_SWITCH)
    g_clear_pointer ((GtkWidget **) &row->toggle, gtk_widget_destroy);
  if (choices == NULL)
    g_clear_pointer ((GtkWidget **) &row->chooser, gtk_widget_destroy);
  else
    fill_chooser (row, choices);
  if (row->toggle != NULL || row->chooser != NULL)
    g_clear_pointer ((GtkWidget **) &row->entry, gtk_widget_destroy);

  if (row->setting->kind == PL_SETTING_NUMBER)
    {
      gtk_entry_set_width_chars (row->entry, NUMBER_CHARACTERS);
      gtk_entry_set_max_width_chars (row->entry, NUMBER_CHARACTERS);
      gtk_entry_set_alignment (row->entry, 1);
    }
  else if (row->setting->kind == PL_SETTING_URLS)
    gtk_entry_set_max_width_chars (row->entry, URLS_CHARACTERS);

  GtkWidget *control = get_control (row);
  gtk_label_set_mnemonic_widget (row->title_label, control);
  atk_object_set_name (gtk_widget_get_accessible (control), gtk_label_get_text (row->title_label));
}

GtkWidget *
pl_setting_row_new (PlEngine *engine, const PlSetting *setting, const char *group, const char *name)
{
  PlSettingRow *row = g_object_new (PL_TYPE_SETTING_ROW, NULL);

  row->engine = g_object_ref (engine);
  row->setting = setting;
  row->group = g_strdup (group);
  set_up_words (row, name);
  set_up_control (row);
  if (setting->kind == PL_SETTING_URLS)
    row->look = pl_address_look_new (engine, looked_cb, row);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), row,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (row);
  return GTK_WIDGET (row);
}

/* A row that is destroyed while it has the focus loses that, too; what is typed there was not
 * finished, and is not applied. */
static void
pl_setting_row_dispose (GObject *object)
{
  PL_SETTING_ROW (object)->is_filling = TRUE;
  g_clear_pointer (&PL_SETTING_ROW (object)->look, pl_address_look_free);
  G_OBJECT_CLASS (pl_setting_row_parent_class)->dispose (object);
}

static void
pl_setting_row_finalize (GObject *object)
{
  PlSettingRow *row = PL_SETTING_ROW (object);

  g_clear_object (&row->engine);
  g_free (row->group);
  g_free (row->value);
  G_OBJECT_CLASS (pl_setting_row_parent_class)->finalize (object);
}

static void
pl_setting_row_class_init (PlSettingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pl_setting_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = pl_setting_row_finalize;
  signals[REFUSED] = g_signal_new ("refused", PL_TYPE_SETTING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/setting-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlSettingRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlSettingRow, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, PlSettingRow, fault_label);
  gtk_widget_class_bind_template_child (widget_class, PlSettingRow, insist_button);
  gtk_widget_class_bind_template_child (widget_class, PlSettingRow, toggle);
  gtk_widget_class_bind_template_child (widget_class, PlSettingRow, chooser);
  gtk_widget_class_bind_template_child (widget_class, PlSettingRow, entry);
  gtk_widget_class_bind_template_callback (widget_class, toggle_notify_active_cb);
  gtk_widget_class_bind_template_callback (widget_class, chooser_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_icon_press_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_focus_out_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_key_press_event_cb);
  gtk_widget_class_bind_template_callback (widget_class, insist_button_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "settingrow");
}

static void
pl_setting_row_init (PlSettingRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
