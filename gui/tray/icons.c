/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Panels load icons from files, and cannot look into this program's resources. To write the files
 * out serves an installed program, one run from where it was built and one in a folder that is
 * carried about alike, whatever there may be installed of another version. */

#include "gui/tray/icons.h"

#include <errno.h>

#include <gio/gio.h>

#include "app/i18n.h"

#define RESOURCE_FOLDER "/app/porchlight/icons/hicolor/scalable/status"

char *
pl_tray_icons_dup_name (PlLamp lamp)
{
  return g_strconcat ("porchlight-", pl_lamp_get_name (lamp), NULL);
}

/* Renamed into place, so that no panel ever reads half of one. */
static gboolean
extract (PlLamp lamp, const char *folder, GError **error)
{
  g_autofree char *name = pl_tray_icons_dup_name (lamp);
  g_autofree char *resource = g_strconcat (RESOURCE_FOLDER "/", name, ".svg", NULL);
  g_autofree char *file_name = g_strconcat (name, ".svg", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);

  g_autoptr (GBytes) picture
      = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (picture == NULL)
    return FALSE;

  gsize length = 0;
  const char *data = g_bytes_get_data (picture, &length);
  return g_file_set_contents (path, data, (gssize) length, error);
}

char *
pl_tray_icons_dup_folder (GError **error)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_runtime_dir (), "porchlight", "icons", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int failure = errno;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (failure),
                   _ ("The folder %s cannot be made: %s"), folder, g_strerror (failure));
      return NULL;
    }
  for (PlLamp lamp = PL_LAMP_PAUSED; lamp <= PL_LAMP_FAULT; lamp++)
    if (!extract (lamp, folder, error))
      return NULL;
  return g_steal_pointer (&folder);
}
