/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A layout is measured and thrown away: this is asked when sizes or styles change, not in drawing.
 */

#include "gui/kit/text_width.h"

int
pl_text_width (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

int
pl_text_get_width_chars (GtkWidget *widget, int pixels)
{
  return pixels * 10 / MAX (pl_text_width (widget, "0000000000"), 1);
}
