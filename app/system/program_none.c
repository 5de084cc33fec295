/* SPDX-License-Identifier: GPL-3.0-or-later */

/* POSIX has no way to ask: what a program was called as may be anything. */

#include "app/system/program.h"

char *
pl_program_dup_path (void)
{
  return NULL;
}
