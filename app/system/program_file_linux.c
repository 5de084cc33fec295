/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/program_file.h"

char *
pl_program_file_dup (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}
