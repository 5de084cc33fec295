/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether connections are encrypted, by what, and how phones are told to trust it. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_ENCRYPTION_CARD (pl_encryption_card_get_type ())
G_DECLARE_FINAL_TYPE (PlEncryptionCard, pl_encryption_card, PL, ENCRYPTION_CARD, GtkBox)

GtkWidget *pl_encryption_card_new (PlEngine *engine);

/** pl_encryption_card_set_engine: for one out of a template; called once. Hides itself while
 * nothing is encrypted. */
void pl_encryption_card_set_engine (PlEncryptionCard *card, PlEngine *engine);
