/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads multipart/form-data (RFC 7578, RFC 2046 §5.1) as it arrives and hands out the octets of the
 * first part that is a file. Holds one chunk at most, so a file may be of any size. */

#pragma once

#include <glib.h>

/** PlMultipart: a form being read. */
typedef struct _PlMultipart PlMultipart;

/** PlMultipartFunc: the next octets of the file; borrowed. */
typedef void (*PlMultipartFunc) (const guint8 *bytes, gsize length, gpointer user_data);

/**
 * pl_multipart_new: (transfer full):
 * @boundary: the parameter of the Content-Type
 */
PlMultipart *pl_multipart_new (const char *boundary, PlMultipartFunc on_file, gpointer user_data);
void pl_multipart_free (PlMultipart *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlMultipart, pl_multipart_free)

/**
 * pl_multipart_feed:
 *
 * Takes the next octets of the body, however they are cut.
 *
 * Returns: %FALSE when this is no such form (a part whose fields never end); nothing more is taken
 * then
 */
gboolean pl_multipart_feed (PlMultipart *form, const guint8 *bytes, gsize length);

/** pl_multipart_is_complete: whether the closing delimiter was there; without it the form is cut
 * short. */
gboolean pl_multipart_is_complete (const PlMultipart *form);

/** pl_multipart_has_file: whether a part with a file name was seen. */
gboolean pl_multipart_has_file (const PlMultipart *form);
