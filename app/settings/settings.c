/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GKeyFile with the table of settings in front of it. */

#include "app/settings/settings.h"

#include <string.h>

#include "app/i18n.h"
#include "app/settings/check.h"
#include "app/settings/syntax.h"
#include "app/settings/table.h"

/* Longer values are cut in messages. */
#define QUOTED_CHARACTERS 120

struct _PlSettings
{
  GKeyFile *file;
  char *name;
};

/* A file like any other, so that saving it gives a person something to start from. */
static const char initial_file[]
    = "# The settings of Porchlight. To have them looked through: porchlightd --check\n"
      "\n"
      "[listen]\n"
      "port=8080\n"
      "exposure=computer\n"
      "\n"
      "[upstream immich]\n"
      "urls=" PL_SETTINGS_IMMICH "\n"
      "health-path=" PL_SETTINGS_PING "\n"
      "\n"
      "[route everything]\n"
      "path=/\n"
      "upstream=immich\n";

PlSettings *
pl_settings_new (void)
{
  return pl_settings_new_from_data (PL_SETTINGS_FILE_NAME, initial_file, strlen (initial_file),
                                    NULL);
}

PlSettings *
pl_settings_new_from_data (const char *name, const char *data, gsize length, GError **error)
{
  /* Windows' editor begins a file with a byte order mark, which GKeyFile takes for text. */
  static const char byte_order_mark[] = "\xEF\xBB\xBF";
  if (length >= 3 && memcmp (data, byte_order_mark, 3) == 0)
    {
      data += 3;
      length -= 3;
    }

  g_autofree char *checked = pl_syntax_dup_checked (name, data, length, error);
  if (checked == NULL)
    return NULL;

  g_autoptr (PlSettings) settings = g_new0 (PlSettings, 1);
  settings->file = g_key_file_new ();
  settings->name = g_strdup (name);
  if (!g_key_file_load_from_data (settings->file, checked, strlen (checked),
                                  G_KEY_FILE_KEEP_COMMENTS, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  return g_steal_pointer (&settings);
}

PlSettings *
pl_settings_new_from_file (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  g_autofree char *name = g_path_get_basename (path);
  gsize length = 0;

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  return pl_settings_new_from_data (name, data, length, error);
}

PlSettings *
pl_settings_copy (const PlSettings *settings)
{
  gsize length = 0;
  g_autofree char *data = pl_settings_dup_data (settings, &length);

  return pl_settings_new_from_data (settings->name, data, length, NULL);
}

void
pl_settings_free (PlSettings *settings)
{
  g_key_file_unref (settings->file);
  g_free (settings->name);
  g_free (settings);
}

const char *
pl_settings_get_name (const PlSettings *settings)
{
  return settings->name;
}

static gboolean
is_of_kind (const char *group, const char *kind)
{
  return g_str_has_prefix (group, kind) && group[strlen (kind)] == ' '
         && pl_setting_group_is_known (group);
}

char **
pl_settings_dup_groups (const PlSettings *settings, const char *kind)
{
  g_auto (GStrv) groups = g_key_file_get_groups (settings->file, NULL);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (guint i = 0; groups[i] != NULL; i++)
    if (kind == NULL || is_of_kind (groups[i], kind))
      g_strv_builder_add (kept, groups[i]);
  return g_strv_builder_end (kept);
}

char **
pl_settings_dup_keys (const PlSettings *settings, const char *group)
{
  return g_key_file_get_keys (settings->file, group, NULL, NULL);
}

gboolean
pl_settings_has (const PlSettings *settings, const char *group, const char *key)
{
  return g_key_file_has_key (settings->file, group, key, NULL);
}

/* The message for a value that may not stand where it does. */
static void
set_not_allowed (const PlSettings *settings,
                 const char *group,
                 const char *key,
                 const char *allowed,
                 GError **error)
{
  g_autofree char *raw = g_key_file_get_value (settings->file, group, key, NULL);
  g_autofree char *valid = g_utf8_make_valid (raw, -1);
  gboolean is_long = g_utf8_strlen (valid, -1) > QUOTED_CHARACTERS;
  g_autofree char *quoted = g_utf8_substring (valid, 0, is_long ? QUOTED_CHARACTERS : -1);

  /* Translators: a file's name, group, key, value, and what is allowed there instead. */
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("%s: [%s] %s=%s%s is not allowed: %s"), settings->name, group, key, quoted,
               is_long ? "…" : "", allowed);
}

char *
pl_settings_dup_checked (const PlSettings *settings,
                         const char *group,
                         const char *key,
                         GError **error)
{
  const PlSetting *setting = pl_setting_find (group, key);
  g_autoptr (GError) wrong = NULL;
  g_return_val_if_fail (setting != NULL, NULL);

  /* For an escape it does not know it gives both an error and a text. */
  g_autofree char *text = g_key_file_get_string (settings->file, group, key, &wrong);
  if (wrong != NULL)
    {
      set_not_allowed (
          settings, group, key,
          _ ("text in UTF-8, with \\\\ for a backslash, or with / in a path: C:/logs/x.log"),
          error);
      return NULL;
    }
  if (!pl_setting_check (setting, g_strstrip (text), &wrong))
    {
      set_not_allowed (settings, group, key, wrong->message, error);
      return NULL;
    }
  return g_steal_pointer (&text);
}

char *
pl_settings_dup_text (const PlSettings *settings, const char *group, const char *key)
{
  const PlSetting *setting = pl_setting_find (group, key);
  g_return_val_if_fail (setting != NULL, NULL);

  char *text = pl_settings_has (settings, group, key)
                   ? pl_settings_dup_checked (settings, group, key, NULL)
                   : NULL;
  return text != NULL ? text : g_strdup (setting->initial != NULL ? setting->initial : "");
}

char **
pl_settings_dup_list (const PlSettings *settings, const char *group, const char *key)
{
  g_autofree char *text = pl_settings_dup_text (settings, group, key);
  return pl_setting_dup_list (text);
}

guint
pl_settings_get_number (const PlSettings *settings, const char *group, const char *key)
{
  g_autofree char *text = pl_settings_dup_text (settings, group, key);
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

guint
pl_settings_get_choice (const PlSettings *settings, const char *group, const char *key)
{
  g_autofree char *text = pl_settings_dup_text (settings, group, key);
  const PlSetting *setting = pl_setting_find (group, key);
  guint index = 0;

  while (strcmp (setting->choices[index], text) != 0)
    index++;
  return index;
}

gboolean
pl_settings_get_switch (const PlSettings *settings, const char *group, const char *key)
{
  g_autofree char *text = pl_settings_dup_text (settings, group, key);
  return strcmp (text, "true") == 0;
}

gboolean
pl_settings_set (PlSettings *settings,
                 const char *group,
                 const char *key,
                 const char *text,
                 GError **error)
{
  const PlSetting *setting = pl_setting_find (group, key);
  g_return_val_if_fail (setting != NULL, FALSE);

  g_autofree char *stripped = g_strstrip (g_strdup (text));
  if (!pl_setting_check (setting, stripped, error))
    return FALSE;
  g_key_file_set_string (settings->file, group, key, stripped);
  return TRUE;
}

void
pl_settings_unset (PlSettings *settings, const char *group, const char *key)
{
  g_key_file_remove_key (settings->file, group, key, NULL);
}

void
pl_settings_remove_groups (PlSettings *settings, const char *kind)
{
  g_auto (GStrv) groups = pl_settings_dup_groups (settings, kind);

  for (guint i = 0; groups[i] != NULL; i++)
    g_key_file_remove_group (settings->file, groups[i], NULL);
}

char *
pl_settings_dup_data (const PlSettings *settings, gsize *length)
{
  return g_key_file_to_data (settings->file, length, NULL);
}
