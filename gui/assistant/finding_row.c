/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/assistant/finding_row.h"

struct _PlFindingRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *words_label;
  GtkLabel *address_label;

  PlFinding *finding;
};

G_DEFINE_FINAL_TYPE (PlFindingRow, pl_finding_row, GTK_TYPE_LIST_BOX_ROW)

static PlFindingRow *
create (const char *words, const char *address)
{
  PlFindingRow *row = g_object_new (PL_TYPE_FINDING_ROW, NULL);

  gtk_label_set_text (row->words_label, words);
  gtk_label_set_text (row->address_label, address);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (row)), words);
  return row;
}

GtkWidget *
pl_finding_row_new (PlFinding *finding)
{
  g_autofree char *words = pl_finding_dup_words (finding);
  g_autofree char *address = pl_finding_dup_address (finding);
  PlFindingRow *row = create (words, address);

  row->finding = g_object_ref (finding);
  return GTK_WIDGET (row);
}

GtkWidget *
pl_finding_row_new_present (const char *words, const char *addresses)
{
  return GTK_WIDGET (create (words, addresses));
}

PlFinding *
pl_finding_row_get_finding (PlFindingRow *row)
{
  g_return_val_if_fail (PL_IS_FINDING_ROW (row), NULL);

  return row->finding;
}

static void
pl_finding_row_finalize (GObject *object)
{
  PlFindingRow *row = PL_FINDING_ROW (object);

  g_clear_object (&row->finding);
  G_OBJECT_CLASS (pl_finding_row_parent_class)->finalize (object);
}

static void
pl_finding_row_class_init (PlFindingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pl_finding_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlFindingRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, PlFindingRow, address_label);
}

static void
pl_finding_row_init (PlFindingRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}
