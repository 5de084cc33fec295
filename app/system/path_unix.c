/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/path.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

char *
pl_path_dup_target (const char *path)
{
  char *target = realpath (path, NULL);
  return target != NULL ? target : g_strdup (path);
}

gboolean
pl_path_is_writable (const char *path)
{
  return g_access (path, W_OK) == 0;
}
