/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a phone is told to trust this computer: a code that leads to the steps, and the fingerprint
 * to compare there. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_TRUST_DIALOG (pl_trust_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlTrustDialog, pl_trust_dialog, PL, TRUST_DIALOG, GtkDialog)

void pl_trust_dialog_show (GtkWindow *parent, PlEngine *engine);
