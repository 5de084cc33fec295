/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address for other devices, as large as a camera across the room needs it. */

#pragma once

#include <gtk/gtk.h>

#include "app/engine/engine.h"

#define PL_TYPE_QR_DIALOG (pl_qr_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlQrDialog, pl_qr_dialog, PL, QR_DIALOG, GtkDialog)

/** pl_qr_dialog_show: over @parent, for @address, or the best where that is none of ours, or is so
 * no longer. */
void pl_qr_dialog_show (GtkWindow *parent, PlEngine *engine, const char *address);
