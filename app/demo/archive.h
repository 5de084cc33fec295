/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes ZIP files of what is compressed already (APPNOTE.TXT 6.3.10, method 0), whole in memory.
 */

#pragma once

#include <gio/gio.h>

/** PlArchive: a file being written. */
typedef struct _PlArchive PlArchive;

PlArchive *pl_archive_new (void);
void pl_archive_free (PlArchive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlArchive, pl_archive_free)

/** pl_archive_add: @name: in UTF-8, borrowed; @content: borrowed. */
void pl_archive_add (PlArchive *archive, const char *name, GBytes *content);

/** pl_archive_dup_file: (transfer full): the whole file; then only pl_archive_free() is left. */
GBytes *pl_archive_dup_file (PlArchive *archive);
