/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A QR code (ISO/IEC 18004), always black on white: many cameras cannot read it the other way. */

#pragma once

#include <gtk/gtk.h>

#define PL_TYPE_QR (pl_qr_get_type ())
G_DECLARE_FINAL_TYPE (PlQr, pl_qr, PL, QR, GtkDrawingArea)

/**
 * PlQr properties:
 *
 * - `text` (string, nullable): what a camera is to read; %NULL: nothing is drawn
 *
 * Its size is that of the widget: the largest square with whole pixels for a module.
 */

/** pl_qr_set_text: @text: (nullable). */
void pl_qr_set_text (PlQr *qr, const char *text);
