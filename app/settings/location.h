/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the settings file is, and what the settings name. */

#pragma once

#include "app/settings/settings.h"

/**
 * pl_location_dup_best: (transfer full) (type filename):
 * @program_folder: (nullable): where the program is
 * @config_folder: the user's folder for configuration
 * @is_portable: the first settings, too, go beside the program
 *
 * Returns: `porchlight.ini` in @program_folder if that file is there and can be written (a portable
 * installation), or with @is_portable can be made and there is no other; else
 * `porchlight/porchlight.ini` in @config_folder, be it there or not
 */
char *
pl_location_dup_best (const char *program_folder, const char *config_folder, gboolean is_portable);

/** pl_location_dup_settings_path: (transfer full) (type filename): the same for this program and
 * this user. */
char *pl_location_dup_settings_path (void);

/** pl_location_is_standard_output: whether a log at @path is standard output: `-`, or what the
 * system calls it (`/dev/stdout`). */
gboolean pl_location_is_standard_output (const char *path);

/** pl_location_dup_completed_log: (transfer full) (type filename): @path as it is meant from
 * @folder; %NULL: the one the program was started in. Empty (none) and `-` (standard output) stay.
 */
char *pl_location_dup_completed_log (const char *path, const char *folder);

/**
 * pl_location_dup_access_log: (transfer full) (type filename):
 * @settings_path: where @settings are stored
 *
 * Returns: what `access-log` says, a relative path completed by the folder of the settings; empty:
 *   none; `-`: standard output
 */
char *pl_location_dup_access_log (const PlSettings *settings, const char *settings_path);
