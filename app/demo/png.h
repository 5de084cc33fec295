/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes true-colour PNG (RFC 2083), a row at a time, so that no picture is held uncompressed. */

#pragma once

#include <gio/gio.h>

/** PlPng: a picture being written. */
typedef struct _PlPng PlPng;

/** pl_png_new: (transfer full): of @width times @height pixels. */
PlPng *pl_png_new (guint width, guint height);
void pl_png_free (PlPng *png);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlPng, pl_png_free)

/**
 * pl_png_add_row:
 * @rgb: red, green and blue of each pixel, from left to right; borrowed
 *
 * Adds the next row, from the top.
 */
void pl_png_add_row (PlPng *png, const guint8 *rgb);

/** pl_png_dup_file: (transfer full): the whole file, once every row is there; then only
 * pl_png_free() is left. */
GBytes *pl_png_dup_file (PlPng *png);
