/* SPDX-License-Identifier: GPL-3.0-or-later */

/* POSIX has no way to ask: what a program was called as may be anything. */

#include "app/system/program_file.h"

char *
pl_program_file_dup (void)
{
  return NULL;
}
