/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Desktop Application Autostart Specification: a desktop entry in the user's folder for them.
 */

#include "app/system/login_start.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/i18n.h"

static char *
dup_path (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".desktop", NULL);
  return g_build_filename (g_get_user_config_dir (), "autostart", name, NULL);
}

/* An argument of Exec: between double quotes, where four characters need a backslash; and % would
 * begin a field code. */
static char *
dup_quoted (const char *argument)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *at = argument; *at != '\0'; at++)
    {
      if (strchr ("\"`$\\", *at) != NULL)
        g_string_append_c (quoted, '\\');
      if (*at == '%')
        g_string_append_c (quoted, '%');
      g_string_append_c (quoted, *at);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* GLib looks for the first word of Exec as it is written, before it makes one % out of two. */
static const char *
get_starter (const char *program)
{
  return strchr (program, '%') != NULL ? "env " : "";
}

static char *
dup_command (const PlLoginStart *start)
{
  const char *starter = get_starter (start->program);
  g_autofree char *program = dup_quoted (start->program);

  if (start->settings == NULL)
    return g_strconcat (starter, program, NULL);

  g_autofree char *settings = dup_quoted (start->settings);
  return g_strconcat (starter, program, " --config ", settings, NULL);
}

static char *
dup_entry_data (const PlLoginStart *start)
{
  g_autofree char *command = dup_command (start);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char *group = G_KEY_FILE_DESKTOP_GROUP;

  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_TYPE, "Application");
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_NAME, "Porchlight");
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_COMMENT,
                         _ ("Lets your devices reach your photos"));
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_ICON, "app.porchlight.Porchlight");
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  /* Where the program is not to be found, such as on a stick that is not in, desktops pass the
   * entry over. */
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, start->program);
  return g_key_file_to_data (file, NULL, NULL);
}

/* Desktops have lists of what starts at login, where a program can be switched off. That holds
 * until the user says otherwise in our settings. */
static gboolean
is_switched_off (const char *data)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char *group = G_KEY_FILE_DESKTOP_GROUP;

  if (!g_key_file_load_from_data (file, data, (gsize) -1, G_KEY_FILE_NONE, NULL))
    return FALSE;
  return g_key_file_get_boolean (file, group, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL)
         || (g_key_file_has_key (file, group, "X-GNOME-Autostart-enabled", NULL)
             && !g_key_file_get_boolean (file, group, "X-GNOME-Autostart-enabled", NULL));
}

gboolean
pl_login_start_put (const PlLoginStart *start, GError **error)
{
  g_autofree char *data = dup_entry_data (start);
  g_autofree char *path = dup_path (start->id);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *present = NULL;

  if (g_file_get_contents (path, &present, NULL, NULL)
      && (strcmp (present, data) == 0 || is_switched_off (present)))
    return TRUE;
  /* If it cannot be made, that shows next. */
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, data, -1, error);
}

void
pl_login_start_remove (const char *id)
{
  g_autofree char *path = dup_path (id);
  g_unlink (path);
}
