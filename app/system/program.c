/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A portable folder, or a bundle of macOS, has a script that starts the program, with libraries it
 * brings along or without; it says in the environment which file it is. Whatever else is started
 * from there inherits that: it counts only for a program that is in the script's folder. */

#include "app/system/program.h"

#include "app/system/program_file.h"

#define LAUNCHER "PORCHLIGHT_LAUNCHER"

static gboolean
is_beside_or_below (const char *file, const char *launcher)
{
  g_autofree char *folder = g_path_get_dirname (launcher);
  g_autofree char *prefix = g_build_filename (folder, G_DIR_SEPARATOR_S, NULL);

  return g_str_has_prefix (file, prefix);
}

char *
pl_program_dup_path (void)
{
  g_autofree char *file = pl_program_file_dup ();
  const char *launcher = g_getenv (LAUNCHER);

  if (file != NULL && launcher != NULL && is_beside_or_below (file, launcher))
    return g_strdup (launcher);
  return g_steal_pointer (&file);
}

char *
pl_program_dup_folder (void)
{
  g_autofree char *path = pl_program_dup_path ();
  return path != NULL ? g_path_get_dirname (path) : NULL;
}
