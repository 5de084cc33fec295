/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/list.h"

#include <string.h>

gboolean
pl_settings_list_has (const PlSettings *settings,
                      const char *group,
                      const char *key,
                      const char *entry)
{
  g_auto (GStrv) entries = pl_settings_dup_list (settings, group, key);

  return g_strv_contains ((const char *const *) entries, entry);
}

gboolean
pl_settings_list_add (PlSettings *settings, const char *group, const char *key, const char *entry)
{
  g_autofree char *entries = pl_settings_dup_text (settings, group, key);
  g_autofree char *all = g_strjoin (*entries != '\0' ? ";" : "", entries, entry, NULL);

  return *entry != '\0' && strchr (entry, ';') == NULL
         && pl_settings_set (settings, group, key, all, NULL);
}
