/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Widgets that have another shape where there is little room. Room is counted as
 * GtkLabel:width-chars is, in figures of their font: enlarged text makes a window narrow as a small
 * screen does. */

#pragma once

#include <gtk/gtk.h>

/** PlFitFunc: @width_chars: how many fit side by side into the widget now. */
typedef void (*PlFitFunc) (gpointer user_data, int width_chars);

/** pl_fit_watch: calls @func when @widget has got another width, or its text another size; once for
 * a widget. @func may show and hide what it likes. */
void pl_fit_watch (GtkWidget *widget, PlFitFunc func, gpointer user_data);

/** pl_fit_bar: has the buttons of @bar stand beside its words, or else below them. */
void pl_fit_bar (GtkInfoBar *bar, gboolean is_beside);
