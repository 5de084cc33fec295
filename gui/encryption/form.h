/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a way to encrypt needs to be told: files, or names and an authority. It is one wish: put to
 * use at once when all is said, after it was judged, and until then nothing changes. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_ENCRYPTION_FORM (pl_encryption_form_get_type ())
G_DECLARE_FINAL_TYPE (PlEncryptionForm, pl_encryption_form, PL, ENCRYPTION_FORM, GtkBox)

/**
 * PlFormKind: in the order they are offered.
 * @PL_FORM_FILES: certificates that somebody else keeps
 * @PL_FORM_ACME: one that an authority on the internet makes
 */
typedef enum
{
  PL_FORM_FILES,
  PL_FORM_ACME,
  PL_FORM_N_KINDS
} PlFormKind;

GtkWidget *pl_encryption_form_new (PlEngine *engine, PlFormKind kind);

/** pl_encryption_form_get_title: (transfer none): a heading for it. */
const char *pl_encryption_form_get_title (PlFormKind kind);

/** pl_encryption_form_get_mode: (transfer none): of `[tls] mode`. */
const char *pl_encryption_form_get_mode (PlFormKind kind);

/** pl_encryption_form_hide_button: where another button puts it to use, by
 * pl_encryption_form_use(). */
void pl_encryption_form_hide_button (PlEncryptionForm *form);

/** pl_encryption_form_use: puts what is said to use, unless it is. %FALSE: it cannot be, or not
 * without asking, and the form says why. */
gboolean pl_encryption_form_use (PlEncryptionForm *form);

/** pl_encryption_form_is_for: whether `[tls] @key` is changed in one of these. */
gboolean pl_encryption_form_is_for (const char *key);
