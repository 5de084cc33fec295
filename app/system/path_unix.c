/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/path.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define RIGHTS (S_IRWXU | S_IRWXG | S_IRWXO)

/* What a link says is meant from the folder it is in. */
static char *
dup_link_target (const char *path)
{
  g_autofree char *target = g_file_read_link (path, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  return target != NULL ? g_canonicalize_filename (target, folder) : g_strdup (path);
}

char *
pl_path_dup_target (const char *path)
{
  char *target = realpath (path, NULL);
  return target != NULL ? target : dup_link_target (path);
}

char *
pl_path_dup_whole (const char *path, const char *folder)
{
  g_autofree char *absolute = folder != NULL ? g_canonicalize_filename (folder, NULL) : NULL;

  return g_canonicalize_filename (path, absolute);
}

gboolean
pl_path_copy_access (const char *from, const char *to)
{
  struct stat wanted;
  struct stat present;

  if (stat (from, &wanted) != 0)
    return errno == ENOENT;
  if (stat (to, &present) != 0)
    return FALSE;
  if ((wanted.st_uid != present.st_uid || wanted.st_gid != present.st_gid)
      && chown (to, wanted.st_uid, wanted.st_gid) != 0)
    return FALSE;
  return chmod (to, wanted.st_mode & RIGHTS) == 0;
}

gboolean
pl_path_is_writable (const char *path)
{
  return g_access (path, W_OK) == 0;
}

/* The file's group is not among them: a system may have made one for those who serve with a key. */
gboolean
pl_path_is_open_to_others (const char *path)
{
  struct stat present;

  return stat (path, &present) == 0 && (present.st_mode & S_IRWXO) != 0;
}

gboolean
pl_path_is_disk_failure (int failure)
{
  return failure == ENOSPC || failure == EDQUOT || failure == EIO;
}
