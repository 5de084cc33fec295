/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A crash between two writes must leave either the old file or the new one. */

#include "app/settings/file.h"

#include <errno.h>

#include "app/i18n.h"
#include "app/system/path.h"

gboolean
pl_file_write (const char *path, const char *data, gsize length, GError **error)
{
  /* Replacing by rename would turn a link to a file elsewhere into a file here. */
  g_autofree char *target = pl_path_dup_target (path);
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
