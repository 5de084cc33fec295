/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows are in plain boxes, not in a GtkListBox, which Tab would leave after the first control.
 */

#include "gui/settings/section.h"

#include "gui/kit/expander.h"

struct _PlSettingsSection
{
  GtkBox parent_instance;

  GtkLabel *title_label;
  GtkBox *rows_box;
  GtkExpander *advanced_expander;
  GtkBox *advanced_box;
};

G_DEFINE_FINAL_TYPE (PlSettingsSection, pl_settings_section, GTK_TYPE_BOX)

GtkWidget *
pl_settings_section_new (const char *title)
{
  PlSettingsSection *section = g_object_new (PL_TYPE_SETTINGS_SECTION, NULL);

  gtk_label_set_text (section->title_label, title);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (section)), title);
  return GTK_WIDGET (section);
}

void
pl_settings_section_add (PlSettingsSection *section, GtkWidget *row, gboolean is_advanced)
{
  gtk_container_add (GTK_CONTAINER (is_advanced ? section->advanced_box : section->rows_box), row);
  /* An empty box would have a line below it. */
  gtk_widget_show (is_advanced ? GTK_WIDGET (section->advanced_expander)
                               : GTK_WIDGET (section->rows_box));
}

static void
clear (GtkBox *box)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (box));

  for (GList *row = rows; row != NULL; row = row->next)
    gtk_widget_destroy (row->data);
}

void
pl_settings_section_clear (PlSettingsSection *section)
{
  clear (section->rows_box);
  clear (section->advanced_box);
  gtk_widget_hide (GTK_WIDGET (section->rows_box));
  gtk_widget_hide (GTK_WIDGET (section->advanced_expander));
}

static void
pl_settings_section_class_init (PlSettingsSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/porchlight/ui/settings-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PlSettingsSection, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlSettingsSection, rows_box);
  gtk_widget_class_bind_template_child (widget_class, PlSettingsSection, advanced_expander);
  gtk_widget_class_bind_template_child (widget_class, PlSettingsSection, advanced_box);
}

static void
pl_settings_section_init (PlSettingsSection *section)
{
  gtk_widget_init_template (GTK_WIDGET (section));
  pl_expander_arrange (section->advanced_expander);
}
