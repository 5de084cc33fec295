/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The entry as a desktop reads it: what it starts, and whether it does. */

#include "gui/application/autostart.h"

#include <gio/gdesktopappinfo.h>
#include <glib/gstdio.h>
#include <string.h>

#define ID "app.porchlight.Test"

/* Whatever a file's name may be, a shell or a desktop entry may take for its own. */
#define ODD_NAME "porch light 100% %f \"$HOME\" `id` \\ 'x'"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  char *program;
  char *settings;
  char *entry;
  PlEngine *engine;
  PlAutostart *autostart;
} Fixture;

/* A program that tells what it was started with. */
static char *
make_program (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path,
                                      "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" >\"$TOLD.new\"\n"
                                      "mv \"$TOLD.new\" \"$TOLD\"\n",
                                      -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

static void
start (Fixture *fixture, const char *program)
{
  g_setenv ("APPIMAGE", program, TRUE);
  fixture->engine = pl_engine_new (fixture->settings);
  pl_engine_set_paused (fixture->engine, TRUE);
  pl_engine_start (fixture->engine);
  fixture->autostart = pl_autostart_new (fixture->engine, ID);
}

/* Nothing is written any more after it. */
static void
end (Fixture *fixture)
{
  g_clear_pointer (&fixture->autostart, pl_autostart_free);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp (ODD_NAME "XXXXXX", NULL);
  fixture->program = make_program (fixture->folder, ODD_NAME);
  fixture->settings = g_build_filename (fixture->folder, ODD_NAME ".ini", NULL);
  fixture->entry = g_build_filename (g_get_user_config_dir (), "autostart", ID ".desktop", NULL);
  g_assert_true (g_file_set_contents (fixture->settings,
                                      "[upstream immich]\nurls=http://127.0.0.1:1\n"
                                      "[window]\nstart-at-login=true\n",
                                      -1, NULL));
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  g_remove (fixture->entry);
  remove_files (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->program);
  g_free (fixture->settings);
  g_free (fixture->entry);
}

static char *
dup_exec (Fixture *fixture)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, fixture->entry, G_KEY_FILE_NONE, NULL))
    return NULL;
  return g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
}

/* Until what the entry starts has that in its name; NULL: until there is no entry. */
static void
wait_for_exec (Fixture *fixture, const char *part)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      g_autofree char *exec = dup_exec (fixture);
      if (part == NULL ? exec == NULL : exec != NULL && strstr (exec, part) != NULL)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
starts_what_was_started (Fixture *fixture, gconstpointer data)
{
  g_autofree char *told = g_build_filename (fixture->folder, "told", NULL);
  g_autofree char *expected
      = g_strconcat (fixture->program, "\n--config\n", fixture->settings, "\n", NULL);
  g_autofree char *lines = NULL;
  g_autoptr (GAppLaunchContext) context = g_app_launch_context_new ();
  g_autoptr (GError) error = NULL;

  start (fixture, fixture->program);
  wait_for_exec (fixture, "porch light");
  g_autoptr (GDesktopAppInfo) info = g_desktop_app_info_new_from_filename (fixture->entry);
  g_assert_nonnull (info);

  g_app_launch_context_setenv (context, "TOLD", told);
  g_app_info_launch (G_APP_INFO (info), NULL, context, &error);
  g_assert_no_error (error);
  while (!g_file_get_contents (told, &lines, NULL, NULL))
    g_usleep (1000);
  g_assert_cmpstr (lines, ==, expected);
}

/* A folder that was moved, with the program in it. */
static void
follows_the_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *moved = make_program (fixture->folder, "moved");

  start (fixture, fixture->program);
  wait_for_exec (fixture, "porch light");
  end (fixture);
  start (fixture, moved);
  wait_for_exec (fixture, "/moved\"");
  g_assert_true (
      pl_engine_set_setting (fixture->engine, "window", "start-at-login", "false", NULL));
  wait_for_exec (fixture, NULL);
}

/* What runs in the terminal of another AppImage is not that one. */
static void
is_not_the_terminal (Fixture *fixture, gconstpointer data)
{
  g_setenv ("APPDIR", "/elsewhere", TRUE);
  start (fixture, fixture->program);
  wait_for_exec (fixture, "autostart-test\"");
  g_setenv ("APPDIR", "/", TRUE);
}

/* In the desktop's own list, which writes so. */
static void
stays_switched_off (Fixture *fixture, gconstpointer data)
{
  static const char *const marks[] = { "Hidden=true\n", "X-GNOME-Autostart-enabled=false\n" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *off
          = g_strconcat ("[Desktop Entry]\nType=Application\nExec=before\n", marks[i], NULL);
      g_assert_true (g_file_set_contents (fixture->entry, off, -1, NULL));
      start (fixture, fixture->program);
      g_assert_true (
          pl_engine_set_setting (fixture->engine, "window", "start-at-login", "false", NULL));
      wait_for_exec (fixture, NULL);
      g_assert_true (
          pl_engine_set_setting (fixture->engine, "window", "start-at-login", "true", NULL));
      wait_for_exec (fixture, "porch light");
      end (fixture);

      g_assert_true (g_file_set_contents (fixture->entry, off, -1, NULL));
      start (fixture, fixture->program);
      for (guint turn = 0; turn < 100; turn++)
        {
          g_main_context_iteration (NULL, FALSE);
          g_usleep (1000);
        }
      wait_for_exec (fixture, "before");
      if (i + 1 < G_N_ELEMENTS (marks))
        end (fixture);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *config_folder = g_dir_make_tmp ("porchlight-config-XXXXXX", NULL);
  g_autofree char *autostart_folder = g_build_filename (config_folder, "autostart", NULL);

  g_setenv ("XDG_CONFIG_HOME", config_folder, TRUE);
  g_setenv ("XDG_DATA_HOME", config_folder, TRUE);
  g_setenv ("APPDIR", "/", TRUE);
  g_assert_cmpint (g_mkdir (autostart_folder, 0700), ==, 0);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/autostart/exec", Fixture, NULL, set_up, starts_what_was_started, tear_down);
  g_test_add ("/autostart/moved", Fixture, NULL, set_up, follows_the_program, tear_down);
  g_test_add ("/autostart/terminal", Fixture, NULL, set_up, is_not_the_terminal, tear_down);
  g_test_add ("/autostart/off", Fixture, NULL, set_up, stays_switched_off, tear_down);
  int result = g_test_run ();
  g_rmdir (autostart_folder);
  g_rmdir (config_folder);
  return result;
}
