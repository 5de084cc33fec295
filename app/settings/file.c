/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A crash between two writes must leave either the old file or the new one, so a new file takes the
 * place of the old one. Where that cannot be (a folder that may not be written, a file that is a
 * mount point as in a container, an owner that cannot be given), the old one is written over. */

#include "app/settings/file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "app/i18n.h"
#include "app/system/path.h"

#define NEW_SUFFIX ".new"

/* Returns: 0, or why not, an errno */
static int
replace (const char *target, const char *data, gsize length)
{
  g_autofree char *path = g_strconcat (target, NEW_SUFFIX, NULL);
  int failure = 0;

  errno = 0;
  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 NULL))
    return errno != 0 ? errno : EIO;
  if (!pl_path_copy_access (target, path) || g_rename (path, target) != 0)
    {
      failure = errno;
      g_unlink (path);
    }
  return failure;
}

static gboolean
put (const char *target, const char *data, gsize length)
{
  FILE *file = g_fopen (target, "wb");

  if (file == NULL)
    return FALSE;
  gboolean is_done = fwrite (data, 1, length, file) == length && fflush (file) == 0
                     && g_fsync (fileno (file)) == 0;
  return fclose (file) == 0 && is_done;
}

/* What was there is put back when there is no room for what is to be. */
static gboolean
write_over (const char *target, const char *data, gsize length)
{
  g_autofree char *before = NULL;
  gsize length_before = 0;

  if (!pl_path_is_writable (target) || !g_file_get_contents (target, &before, &length_before, NULL))
    return FALSE;
  if (put (target, data, length))
    return TRUE;
  put (target, before, length_before);
  return FALSE;
}

gboolean
pl_file_write (const char *path, const char *data, gsize length, GError **error)
{
  /* A rename would turn a link to a file elsewhere into a file here. */
  g_autofree char *target = pl_path_dup_target (path);
  g_autofree char *folder = g_path_get_dirname (target);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int failure = errno;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (failure),
                   _ ("The folder %s cannot be made: %s"), folder, g_strerror (failure));
      return FALSE;
    }

  /* On a full disk, nothing is to be risked. */
  int failure = replace (target, data, length);
  if (failure == 0 || (!pl_path_is_disk_failure (failure) && write_over (target, data, length)))
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (failure),
               _ ("%s cannot be written: %s"), target, g_strerror (failure));
  return FALSE;
}
