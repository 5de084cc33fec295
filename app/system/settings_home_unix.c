/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The XDG Base Directory Specification. */

#include "app/system/settings_home.h"

gboolean
pl_settings_home_is_program (void)
{
  return FALSE;
}

char *
pl_settings_home_dup_folder (void)
{
  return g_strdup (g_get_user_config_dir ());
}
