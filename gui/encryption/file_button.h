/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A button beside a field for the path of a file, by which it is picked. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_FILE_BUTTON (pl_file_button_get_type ())
G_DECLARE_FINAL_TYPE (PlFileButton, pl_file_button, PL, FILE_BUTTON, GtkButton)

/** pl_file_button_new: @title: what is to be chosen, as a heading, and for screen readers the name
 * of the button: `Choose the key`. */
GtkWidget *pl_file_button_new (GtkEntry *entry, const char *title);
