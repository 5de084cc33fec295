/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A crash between two writes must leave either the old file or the new one. */

#include "app/settings/file.h"

#include <errno.h>
#include <stdlib.h>

#include "app/i18n.h"

/* Replacing by rename would turn a link to a file elsewhere into a file here. */
static char *
dup_link_target (const char *path)
{
#ifdef G_OS_UNIX
  char *target = realpath (path, NULL);
  if (target != NULL)
    return target;
#endif
  return g_strdup (path);
}

gboolean
pl_file_write (const char *path, const char *data, gsize length, GError **error)
{
  g_autofree char *target = dup_link_target (path);
  g_autofree char *folder = g_path_get_dirname (target);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int failure = errno;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (failure),
                   _ ("The folder %s cannot be made: %s"), folder, g_strerror (failure));
      return FALSE;
    }
  return g_file_set_contents_full (target, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}
