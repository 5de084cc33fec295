/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/window/update_bar.h"

#include "app/i18n.h"

struct _PlUpdateBar
{
  GtkInfoBar parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (PlUpdateBar, pl_update_bar, GTK_TYPE_INFO_BAR)

static void
show (PlUpdateBar *bar, gboolean is_shown)
{
  gtk_info_bar_set_revealed (GTK_INFO_BAR (bar), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (bar), is_shown);
}

static void
later_button_clicked_cb (PlUpdateBar *bar)
{
  show (bar, FALSE);
}

void
pl_update_bar_tell (PlUpdateBar *bar, const char *version)
{
  g_autofree char *words = g_strdup_printf (
      _ ("There is a newer version: Porchlight %s. You have %s."), version, PL_VERSION);

  gtk_label_set_label (GTK_LABEL (bar->label), words);
  show (bar, TRUE);
}

static void
pl_update_bar_class_init (PlUpdateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/porchlight/ui/update-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlUpdateBar, label);
  gtk_widget_class_bind_template_callback (widget_class, later_button_clicked_cb);
}

static void
pl_update_bar_init (PlUpdateBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
}
