/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A button that copies a text, and says that it has. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_COPY_BUTTON (pl_copy_button_get_type ())
G_DECLARE_FINAL_TYPE (PlCopyButton, pl_copy_button, PL, COPY_BUTTON, GtkButton)

/**
 * PlCopyButton properties:
 *
 * - `text` (string, nullable): what is copied
 * - `words` (string, write-only): what the button says, with a mnemonic, instead of “Copy”
 */

/** pl_copy_button_set_text: @text: (nullable): to be copied from now on. */
void pl_copy_button_set_text (PlCopyButton *button, const char *text);
