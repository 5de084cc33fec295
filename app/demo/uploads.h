/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which files were sent to the demo, by checksum. The files themselves are not kept. */

#pragma once

#include <glib.h>

/** PlUploads: the checksums known so far. */
typedef struct _PlUploads PlUploads;

PlUploads *pl_uploads_new (void);
void pl_uploads_free (PlUploads *uploads);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlUploads, pl_uploads_free)

/**
 * pl_uploads_dup_checksum: (transfer full) (nullable):
 * @checksum: (nullable): a SHA-1 as clients send it, hexadecimal or base64
 *
 * Returns: the same as 40 small hexadecimal digits; %NULL when it is no SHA-1
 */
char *pl_uploads_dup_checksum (const char *checksum);

/** pl_uploads_find: (nullable): the id of the file with this normal @checksum. */
const char *pl_uploads_find (PlUploads *uploads, const char *checksum);

/** pl_uploads_add: remembers a file; returns the id it is given. */
const char *pl_uploads_add (PlUploads *uploads, const char *checksum);
