/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the program that runs is. */

#pragma once

#include <glib.h>

/** pl_program_dup_path: (transfer full) (nullable) (type filename): its file, without links on the
 * way, or the script of a portable folder that starts it; %NULL where the system does not tell. */
char *pl_program_dup_path (void);

/** pl_program_dup_folder: (transfer full) (nullable) (type filename): the folder it is in. */
char *pl_program_dup_folder (void);
