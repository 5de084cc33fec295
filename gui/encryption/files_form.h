/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which files encryption is by: a certificate, its key, and what opens that. They are one wish: put
 * to use together when all are named, after they were looked at, and until then nothing changes. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_FILES_FORM (pl_files_form_get_type ())
G_DECLARE_FINAL_TYPE (PlFilesForm, pl_files_form, PL, FILES_FORM, GtkBox)

GtkWidget *pl_files_form_new (PlEngine *engine);

/** pl_files_form_hide_button: where another button puts it to use, by pl_files_form_use(). */
void pl_files_form_hide_button (PlFilesForm *form);

/** pl_files_form_use: puts what is named to use, unless it is. %FALSE: it cannot be, or not without
 * asking, and the form says why. */
gboolean pl_files_form_use (PlFilesForm *form);

/** pl_files_form_is_for: whether `[tls] @key` is changed in here. */
gboolean pl_files_form_is_for (const char *key);
