/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system says of a path. */

#pragma once

#include <glib.h>

/** pl_path_dup_target: (transfer full) (type filename): the file that @path leads to, over whatever
 * symbolic links; @path itself if it is none, or leads nowhere. */
char *pl_path_dup_target (const char *path);

/** pl_path_is_writable: whether this user may write what is there. */
gboolean pl_path_is_writable (const char *path);
