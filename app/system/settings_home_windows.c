/* SPDX-License-Identifier: GPL-3.0-or-later */

/* %APPDATA%: GLib has another one, which nobody finds. */

#include "app/system/settings_home.h"

#include <windows.h>

#include <knownfolders.h>
#include <shlobj.h>

gboolean
pl_settings_home_is_program (void)
{
  return TRUE;
}

char *
pl_settings_home_dup_folder (void)
{
  wchar_t *wide = NULL;
  char *folder = NULL;

  if (SUCCEEDED (SHGetKnownFolderPath (&FOLDERID_RoamingAppData, 0, NULL, &wide)))
    folder = g_utf16_to_utf8 ((const gunichar2 *) wide, -1, NULL, NULL, NULL);
  CoTaskMemFree (wide);
  return folder != NULL ? folder : g_strdup (g_get_user_config_dir ());
}
