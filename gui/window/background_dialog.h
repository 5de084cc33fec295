/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where no icon shows that the program runs, closing its window says so once. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_BACKGROUND_DIALOG (pl_background_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlBackgroundDialog,
                      pl_background_dialog,
                      PL,
                      BACKGROUND_DIALOG,
                      GtkMessageDialog)

/** pl_background_dialog_is_due: whether it has not been said before. */
gboolean pl_background_dialog_is_due (void);

/** pl_background_dialog_show: over @parent, which is hidden when the user has read it, unless they
 * would rather quit. */
void pl_background_dialog_show (GtkWindow *parent);
