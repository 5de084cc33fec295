/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system says of a path. */

#pragma once

#include <glib.h>

/** pl_path_dup_target: (transfer full) (type filename): the file that @path leads to, over whatever
 * symbolic links, be it there or not; @path itself if it is none. */
char *pl_path_dup_target (const char *path);

/**
 * pl_path_dup_whole: (transfer full) (type filename):
 * @folder: (nullable): what @path is meant from; %NULL: where the program runs
 *
 * Returns: @path from the root on, and on Windows from its drive on: one that begins with a slash
 * is of the drive that @folder is on, whatever drive the program was started from
 */
char *pl_path_dup_whole (const char *path, const char *folder);

/** pl_path_copy_access: gives @to (type filename) the owner and the rights of @from (type
 * filename), if that is there. %FALSE with errno when they cannot be given. */
gboolean pl_path_copy_access (const char *from, const char *to);

/** pl_path_is_writable: whether this user may write the file that is there, or into the folder. */
gboolean pl_path_is_writable (const char *path);

/** pl_path_is_open_to_others: whether users of this computer other than the owner may read the file
 * that is there, as far as its rights say; for files with secrets. */
gboolean pl_path_is_open_to_others (const char *path);

/** pl_path_is_disk_failure: whether @failure, an errno, is of the disk: full, full for this user,
 * or broken. */
gboolean pl_path_is_disk_failure (int failure);
