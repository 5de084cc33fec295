/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Desktop Application Autostart Specification: a desktop entry in the user's folder for them.
 * Windows and macOS have other ways, which are not taken: nothing is written there. The entry is
 * looked at and written on another thread, one at a time; what was asked for meanwhile is looked at
 * after that. */

#include "gui/application/autostart.h"

#include <string.h>

#include <glib/gstdio.h>

#include "app/i18n.h"
#include "app/settings/location.h"

struct _PlAutostart
{
  PlEngine *engine;
  char *program; /* (type filename) (nullable): not known */
  char *path;    /* (type filename) */

  GCancellable *cancellable; /* cancelled when this is gone */
  gboolean is_busy;
  gboolean is_due;
};

/* What is to stand there: @data is NULL for nothing. */
typedef struct
{
  char *path;
  char *data;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->path);
  g_free (entry->data);
  g_free (entry);
}

/* An AppImage is unpacked anew at each start: what lasts is the file it came in. A terminal that is
 * one says so to whatever is started in it, so it counts only for what it was unpacked with. */
static char *
dup_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *app_image = g_getenv ("APPIMAGE");
  const char *unpacked = g_getenv ("APPDIR");

  if (program != NULL && app_image != NULL && unpacked != NULL
      && g_str_has_prefix (program, unpacked))
    return g_strdup (app_image);
  return g_steal_pointer (&program);
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

/* The program, with the settings it was started with, if they are not where it looks by itself. */
static char *
dup_command (PlAutostart *autostart)
{
  const char *path = pl_engine_get_settings_path (autostart->engine);
  const char *starter = get_starter (autostart->program);
  g_autofree char *usual_path = pl_location_find ();
  g_autofree char *program = dup_quoted (autostart->program);

  if (strcmp (path, usual_path) == 0)
    return g_strconcat (starter, program, NULL);

  g_autofree char *settings = dup_quoted (path);
  return g_strconcat (starter, program, " --config ", settings, NULL);
}

static char *
dup_entry_data (PlAutostart *autostart)
{
  g_autofree char *command = dup_command (autostart);
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
  g_key_file_set_string (file, group, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, autostart->program);
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

static gboolean
put_entry (const Entry *entry, GError **error)
{
  g_autofree char *present = NULL;
  g_autofree char *folder = g_path_get_dirname (entry->path);

  if (entry->data == NULL)
    {
      g_unlink (entry->path);
      return TRUE;
    }
  if (g_file_get_contents (entry->path, &present, NULL, NULL)
      && (strcmp (present, entry->data) == 0 || is_switched_off (present)))
    return TRUE;
  /* If it cannot be made, that shows next. */
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (entry->path, entry->data, -1, error);
}

static void
put_entry_thread (GTask *task, gpointer source, gpointer entry, GCancellable *cancellable)
{
  GError *error = NULL;

  if (put_entry (entry, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void update_cb (PlAutostart *autostart);

static void
put_entry_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_message ("%s", error->message);
    }

  PlAutostart *autostart = user_data;
  autostart->is_busy = FALSE;
  if (autostart->is_due)
    update_cb (autostart);
}

static void
update_cb (PlAutostart *autostart)
{
  autostart->is_due = autostart->is_busy;
  if (autostart->is_busy || autostart->program == NULL)
    return;

  Entry *entry = g_new0 (Entry, 1);
  entry->path = g_strdup (autostart->path);
  if (pl_settings_get_switch (pl_engine_get_settings (autostart->engine), "window",
                              "start-at-login"))
    entry->data = dup_entry_data (autostart);

  g_autoptr (GTask) task = g_task_new (NULL, autostart->cancellable, put_entry_done_cb, autostart);
  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);
  g_task_run_in_thread (task, put_entry_thread);
  autostart->is_busy = TRUE;
}

PlAutostart *
pl_autostart_new (PlEngine *engine, const char *id)
{
  PlAutostart *autostart = g_new0 (PlAutostart, 1);
  g_autofree char *name = g_strconcat (id, ".desktop", NULL);

  autostart->engine = engine;
  autostart->program = dup_program ();
  autostart->path = g_build_filename (g_get_user_config_dir (), "autostart", name, NULL);
  autostart->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (engine, "settings-changed", G_CALLBACK (update_cb), autostart);
  update_cb (autostart);
  return autostart;
}

void
pl_autostart_free (PlAutostart *autostart)
{
  g_signal_handlers_disconnect_by_data (autostart->engine, autostart);
  g_cancellable_cancel (autostart->cancellable);
  g_object_unref (autostart->cancellable);
  g_free (autostart->program);
  g_free (autostart->path);
  g_free (autostart);
}
