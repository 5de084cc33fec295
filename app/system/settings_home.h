/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where programs of this system keep what a user has set. */

#pragma once

#include <glib.h>

/** pl_settings_home_is_program: whether that is beside the program, where that may be written: it
 * comes as an archive, to be unpacked wherever somebody likes. */
gboolean pl_settings_home_is_program (void);

/** pl_settings_home_dup_folder: (transfer full) (type filename): the user's folder for it. */
char *pl_settings_home_dup_folder (void);
