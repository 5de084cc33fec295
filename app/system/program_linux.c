/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/program.h"

char *
pl_program_dup_path (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}
