/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/service_folder.h"

#include <string.h>

/* systemd gives several with `:` between. */
static char *
dup_first (const char *variable)
{
  const char *folders = g_getenv (variable);

  return folders != NULL && *folders != '\0' ? g_strndup (folders, strcspn (folders, ":")) : NULL;
}

char *
pl_service_folder_dup_kept (void)
{
  return dup_first ("STATE_DIRECTORY");
}

char *
pl_service_folder_dup_running (void)
{
  return dup_first ("RUNTIME_DIRECTORY");
}
