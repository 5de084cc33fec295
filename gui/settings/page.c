/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page is drawn from the table of settings: a row of the table is a row here, or as many as
 * there are groups of its kind, such as upstreams. */

#include "gui/settings/page.h"

#include <string.h>

#include "app/update/update.h"
#include "gui/encryption/card.h"
#include "gui/encryption/form.h"
#include "gui/kit/clamp.h"
#include "gui/kit/expander.h"
#include "gui/settings/route_card.h"
#include "gui/settings/row.h"
#include "gui/settings/section.h"
#include "gui/settings/words.h"

struct _PlSettingsPage
{
  GtkBin parent_instance;

  PlEngine *engine;
  char *groups; /* those the rows are of, in one line */

  char *language; /* the one that was chosen when the program started */

  GtkWidget *restart_bar;
  GtkBox *sections_box;
  PlSettingsSection *sections[PL_TOPIC_COUNT];
  GtkExpander *folds[PL_FORM_N_KINDS]; /* with the forms of encryption */

  GtkLabel *path_label;
  GtkLabel *restore_fault_label;
  GtkPopover *restore_popover;
};

G_DEFINE_FINAL_TYPE (PlSettingsPage, pl_settings_page, GTK_TYPE_BIN)

/* The groups in the settings that rows of the table's @group are for. */
static char **
dup_groups_of (PlSettingsPage *page, const char *group)
{
  const char *const itself[] = { group, NULL };

  if (pl_setting_group_needs_name (group))
    return pl_settings_dup_groups (pl_engine_get_settings (page->engine), group);
  return g_strdupv ((char **) itself);
}

/* What a way to encrypt needs to know is changed together. */
static gboolean
is_in_form (const PlSetting *setting)
{
  return setting->topic == PL_TOPIC_ENCRYPTION && pl_encryption_form_is_for (setting->key);
}

/* One choice alone is none: what is for later is not offered, nor is to ask whom nobody named. */
static gboolean
is_offered (const PlSetting *setting)
{
  if (is_in_form (setting))
    return FALSE;
  if (setting->kind == PL_SETTING_CHOICE && setting->choices[1] == NULL)
    return FALSE;
  return strcmp (setting->key, "look-for-updates") != 0 || pl_update_is_offered ();
}

/* What is missing is to be said in its form. */
static void
mode_refused_cb (PlSettingsPage *page, const char *mode)
{
  for (PlFormKind kind = 0; kind < PL_FORM_N_KINDS; kind++)
    if (strcmp (mode, pl_encryption_form_get_mode (kind)) == 0)
      gtk_expander_set_expanded (page->folds[kind], TRUE);
}

/* @route: (nullable): what the row is folded into, instead of its section. */
static void
add_row (PlSettingsPage *page,
         const PlSetting *setting,
         const char *group,
         const char *name,
         GtkWidget *route)
{
  if (!is_offered (setting))
    return;
  if (route != NULL)
    {
      pl_route_card_add (PL_ROUTE_CARD (route),
                         pl_setting_row_new (page->engine, setting, group, name));
      return;
    }

  GtkWidget *row = pl_setting_row_new (page->engine, setting, group, name);
  if (setting->topic == PL_TOPIC_ENCRYPTION && strcmp (setting->key, "mode") == 0)
    g_signal_connect_object (row, "refused", G_CALLBACK (mode_refused_cb), page, G_CONNECT_SWAPPED);
  pl_settings_section_add (page->sections[setting->topic], row, setting->is_advanced);
}

/* Routes are a list, each of them a line until it is unfolded; %NULL for other groups. */
static GtkWidget *
add_route (PlSettingsPage *page, const PlSetting *setting, const char *group)
{
  if (strcmp (setting->group, "route") != 0)
    return NULL;
  GtkWidget *route = pl_route_card_new (page->engine, group);
  pl_settings_section_add (page->sections[setting->topic], route, setting->is_advanced);
  return route;
}

/* All that begins the table and is of one group, once for each upstream or route. Their names are
 * shown only where they tell something. */
static guint
add_group (PlSettingsPage *page, const PlSetting *table, guint n_settings)
{
  g_auto (GStrv) groups = dup_groups_of (page, table->group);
  gboolean are_many = g_strv_length (groups) > 1;
  guint n_rows = 1;

  while (n_rows < n_settings && strcmp (table[n_rows].group, table->group) == 0)
    n_rows++;
  for (guint i = 0; groups[i] != NULL; i++)
    {
      const char *name = are_many ? pl_setting_get_group_name (groups[i]) : NULL;
      GtkWidget *route = add_route (page, table, groups[i]);
      for (guint row = 0; row < n_rows; row++)
        add_row (page, &table[row], groups[i], name, route);
    }
  return n_rows;
}

/* The one in use lies open. */
static void
add_form (PlSettingsPage *page, PlFormKind kind, const char *mode)
{
  GtkWidget *fold = gtk_expander_new (pl_encryption_form_get_title (kind));
  GtkWidget *form = pl_encryption_form_new (page->engine, kind);

  page->folds[kind] = GTK_EXPANDER (fold);
  gtk_expander_set_label_fill (GTK_EXPANDER (fold), TRUE);
  gtk_style_context_add_class (gtk_widget_get_style_context (fold), "pl-more");
  pl_expander_arrange (GTK_EXPANDER (fold));
  gtk_container_add (GTK_CONTAINER (fold), form);
  gtk_expander_set_expanded (GTK_EXPANDER (fold),
                             strcmp (mode, pl_encryption_form_get_mode (kind)) == 0);
  /* Else Tab would go through what is folded away. */
  g_object_bind_property (fold, "expanded", form, "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_show (fold);
  pl_settings_section_add (page->sections[PL_TOPIC_ENCRYPTION], fold, FALSE);
}

static void
add_forms (PlSettingsPage *page)
{
  g_autofree char *mode
      = pl_settings_dup_text (pl_engine_get_settings (page->engine), "tls", "mode");

  for (PlFormKind kind = 0; kind < PL_FORM_N_KINDS; kind++)
    add_form (page, kind, mode);
}

static void
add_rows (PlSettingsPage *page)
{
  guint n_settings = 0;
  const PlSetting *table = pl_setting_table (&n_settings);

  for (guint i = 0; i < n_settings;)
    i += add_group (page, &table[i], n_settings - i);
  add_forms (page);
  pl_settings_section_add (page->sections[PL_TOPIC_ENCRYPTION],
                           pl_encryption_card_new (page->engine), FALSE);
}

static char *
dup_groups (PlSettingsPage *page)
{
  g_auto (GStrv) upstreams = dup_groups_of (page, "upstream");
  g_auto (GStrv) routes = dup_groups_of (page, "route");
  g_autofree char *first = g_strjoinv ("\n", upstreams);
  g_autofree char *second = g_strjoinv ("\n", routes);

  return g_strconcat (first, "\n", second, NULL);
}

static void
fill (PlSettingsPage *page)
{
  for (PlSettingTopic topic = 0; topic < PL_TOPIC_COUNT; topic++)
    pl_settings_section_clear (page->sections[topic]);
  add_rows (page);
  gtk_label_set_text (page->path_label, pl_engine_get_settings_path (page->engine));
}

static char *
dup_language (PlSettingsPage *page)
{
  return pl_settings_dup_text (pl_engine_get_settings (page->engine), "window", "language");
}

/* Rows look after their values themselves; which rows there are may change too. */
static void
settings_changed_cb (PlSettingsPage *page)
{
  g_autofree char *groups = dup_groups (page);
  g_autofree char *language = dup_language (page);

  gtk_widget_set_visible (page->restart_bar, strcmp (language, page->language) != 0);
  if (g_strcmp0 (groups, page->groups) == 0)
    return;
  g_free (page->groups);
  page->groups = g_steal_pointer (&groups);
  fill (page);
}

static void
restore_button_clicked_cb (PlSettingsPage *page)
{
  g_autoptr (GError) error = NULL;
  gboolean is_restored = pl_engine_restore_defaults (page->engine, &error);

  gtk_popover_popdown (page->restore_popover);
  gtk_label_set_text (page->restore_fault_label, is_restored ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (page->restore_fault_label), !is_restored);
  /* What was typed and refused goes too. */
  fill (page);
}

GtkWidget *
pl_settings_page_new (PlEngine *engine)
{
  PlSettingsPage *page = g_object_new (PL_TYPE_SETTINGS_PAGE, NULL);

  page->engine = g_object_ref (engine);
  page->language = dup_language (page);
  g_signal_connect_object (engine, "settings-changed", G_CALLBACK (settings_changed_cb), page,
                           G_CONNECT_SWAPPED);
  settings_changed_cb (page);
  return GTK_WIDGET (page);
}

static void
pl_settings_page_finalize (GObject *object)
{
  PlSettingsPage *page = PL_SETTINGS_PAGE (object);

  g_clear_object (&page->engine);
  g_free (page->groups);
  g_free (page->language);
  G_OBJECT_CLASS (pl_settings_page_parent_class)->finalize (object);
}

static void
pl_settings_page_class_init (PlSettingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pl_settings_page_finalize;
  g_type_ensure (PL_TYPE_CLAMP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlSettingsPage, sections_box);
  gtk_widget_class_bind_template_child (widget_class, PlSettingsPage, restart_bar);
  gtk_widget_class_bind_template_child (widget_class, PlSettingsPage, path_label);
  gtk_widget_class_bind_template_child (widget_class, PlSettingsPage, restore_fault_label);
  gtk_widget_class_bind_template_child (widget_class, PlSettingsPage, restore_popover);
  gtk_widget_class_bind_template_callback (widget_class, restore_button_clicked_cb);
}

static void
pl_settings_page_init (PlSettingsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  for (PlSettingTopic topic = 0; topic < PL_TOPIC_COUNT; topic++)
    {
      GtkWidget *section = pl_settings_section_new (pl_setting_words_get_topic_title (topic));
      page->sections[topic] = PL_SETTINGS_SECTION (section);
      gtk_container_add (GTK_CONTAINER (page->sections_box), section);
    }
}
