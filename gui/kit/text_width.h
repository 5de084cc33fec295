/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Widths that grow with the user's text, be it enlarged or in another language. */

#pragma once

#include <gtk/gtk.h>

/** pl_text_width: how many pixels @text takes in @widget's font. */
int pl_text_width (GtkWidget *widget, const char *text);

/** pl_text_get_width_chars: @pixels in GtkLabel:width-chars, that is how many figures fit side by
 * side: how wide something is to somebody who reads. */
int pl_text_get_width_chars (GtkWidget *widget, int pixels);
