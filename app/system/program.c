/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/program.h"

char *
pl_program_dup_folder (void)
{
  g_autofree char *path = pl_program_dup_path ();
  return path != NULL ? g_path_get_dirname (path) : NULL;
}
