/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system says of the program that runs: for app/system/program.c. */

#pragma once

#include <glib.h>

/** pl_program_file_dup: (transfer full) (nullable) (type filename): its file, without links on the
 * way; %NULL where the system does not tell. */
char *pl_program_file_dup (void);
