/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/program_file.h"

#include <windows.h>

/* The most a path can have (\\?\…). */
#define MOST_UNITS 32768

char *
pl_program_file_dup (void)
{
  g_autofree wchar_t *path = g_new (wchar_t, MOST_UNITS);
  DWORD length = GetModuleFileNameW (NULL, path, MOST_UNITS);

  if (length == 0 || length >= MOST_UNITS)
    return NULL;
  return g_utf16_to_utf8 (path, length, NULL, NULL, NULL);
}
