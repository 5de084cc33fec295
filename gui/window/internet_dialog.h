/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the internet may see, asked, and what it means, said before it happens. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_INTERNET_DIALOG (pl_internet_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlInternetDialog, pl_internet_dialog, PL, INTERNET_DIALOG, GtkMessageDialog)

/** pl_internet_dialog_is_due: whether it has not been agreed to before, or nobody has said what the
 * internet may see. */
gboolean pl_internet_dialog_is_due (PlEngine *engine);

/** pl_internet_dialog_was_agreed: whether it has been agreed to before; for those who have just
 * said what the internet may see. */
gboolean pl_internet_dialog_was_agreed (void);

/** pl_internet_dialog_show: over @parent; whoever agrees has @engine let the internet in. */
void pl_internet_dialog_show (GtkWindow *parent, PlEngine *engine);

/** PlInternetDialog::refused: @words: why it cannot be for that while. */

/** pl_internet_dialog_show_until: (transfer none): the same for a while; @sees: what is
 * preselected;
 * @until_s: see pl_engine_open_until(). */
PlInternetDialog *pl_internet_dialog_show_until (GtkWindow *parent,
                                                 PlEngine *engine,
                                                 PlDoorRule sees,
                                                 gint64 until_s);
