/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A launch agent in the user's folder for them. Whoever switches it off in System Settings has that
 * remembered elsewhere, so writing it again switches nothing on. */

#include "app/system/login_start.h"

#include <glib/gstdio.h>

#include "app/system/launch_agent.h"

static char *
dup_path (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".plist", NULL);
  return g_build_filename (g_get_home_dir (), "Library", "LaunchAgents", name, NULL);
}

gboolean
pl_login_start_put (const PlLoginStart *start, GError **error)
{
  g_autofree char *text = pl_launch_agent_dup_text (start);
  g_autofree char *path = dup_path (start->id);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *present = NULL;

  /* Each time it is written, macOS tells the user that something will start at login. */
  if (g_file_get_contents (path, &present, NULL, NULL) && g_str_equal (present, text))
    return TRUE;
  /* If it cannot be made, that shows next. */
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, text, -1, error);
}

void
pl_login_start_remove (const char *id)
{
  g_autofree char *path = dup_path (id);
  g_unlink (path);
}
