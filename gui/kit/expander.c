/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a GtkExpander needs where people read from right to left. */

#include "gui/kit/expander.h"

void
pl_expander_arrange (GtkExpander *expander)
{
  gtk_widget_set_direction (GTK_WIDGET (expander), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (expander), GTK_TEXT_DIR_NONE);
}
