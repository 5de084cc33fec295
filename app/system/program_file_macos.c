/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/program_file.h"

#include <limits.h>
#include <mach-o/dyld.h>
#include <stdlib.h>

/* The system tells what the program was started by, which may have links on the way. */
char *
pl_program_file_dup (void)
{
  char started_by[PATH_MAX];
  char path[PATH_MAX];
  uint32_t size = sizeof started_by;

  if (_NSGetExecutablePath (started_by, &size) != 0 || realpath (started_by, path) == NULL)
    return NULL;
  return g_strdup (path);
}
