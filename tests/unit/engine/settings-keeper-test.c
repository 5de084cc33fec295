/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The states of a settings file, with somebody who uses what it says but port 1. */

#include "app/engine/settings_keeper.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  char *path;
  PlSettingsKeeper *keeper;
  guint n_used;
  guint n_broken;
  guint n_saved;
} Fixture;

static gboolean
use_cb (const PlSettings *settings, GError **error, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (pl_settings_get_number (settings, "listen", "port") == 1)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "not port 1");
      return FALSE;
    }
  fixture->n_used++;
  pl_settings_keeper_take (fixture->keeper, pl_settings_copy (settings));
  return TRUE;
}

static void
broken_cb (const GError *error, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_nonnull (error);
  fixture->n_broken++;
}

static void
saved_cb (const GError *error, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_no_error (error);
  fixture->n_saved++;
}

static const PlSettingsKeeperFuncs funcs = { use_cb, broken_cb, saved_cb };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porchlight-keeper-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "porchlight.ini", NULL);
  fixture->keeper = pl_settings_keeper_new (fixture->path, &funcs, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { "", ".last-good", ".broken" };

  pl_settings_keeper_free (fixture->keeper);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);
      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
write_file (Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static void
wait_for (guint *n_calls, guint n_wanted)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (*n_calls < n_wanted)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static guint
get_port (Fixture *fixture)
{
  return pl_settings_get_number (pl_settings_keeper_get (fixture->keeper), "listen", "port");
}

static void
begins_without_a_file (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_UNREAD);
  pl_settings_keeper_load (fixture->keeper);
  g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_FIRST);
  g_assert_cmpuint (fixture->n_used, ==, 1);
  pl_settings_keeper_save (fixture->keeper);
  g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_FIRST);
  pl_settings_keeper_confirm (fixture->keeper);
  g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_USABLE);
  wait_for (&fixture->n_saved, 1);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* What was written by itself is not read again. */
static void
follows_the_file (Fixture *fixture, gconstpointer data)
{
  write_file (fixture, "[listen]\nport=2\n");
  pl_settings_keeper_load (fixture->keeper);
  g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_USABLE);
  g_assert_cmpuint (get_port (fixture), ==, 2);
  pl_settings_keeper_save (fixture->keeper);
  wait_for (&fixture->n_saved, 1);
  write_file (fixture, "[listen]\nport=3\n");
  wait_for (&fixture->n_used, 2);
  g_assert_cmpuint (get_port (fixture), ==, 3);
}

static void
does_not_write_over_a_broken_file (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "no settings", "[listen]\nport=1\n" };
  g_autofree char *text = NULL;

  write_file (fixture, texts[0]);
  pl_settings_keeper_load (fixture->keeper);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_file (fixture, texts[i]);
      wait_for (&fixture->n_broken, i + 1);
      g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_BROKEN);
      pl_settings_keeper_save (fixture->keeper);
    }
  pl_settings_keeper_flush (fixture->keeper);
  g_assert_cmpuint (fixture->n_used, ==, 0);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, texts[1]);
}

static void
restores_what_worked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = g_strconcat (fixture->path, ".broken", NULL);
  g_autofree char *text = NULL;

  write_file (fixture, "[listen]\nport=2\n");
  pl_settings_keeper_load (fixture->keeper);
  pl_settings_keeper_flush (fixture->keeper);
  g_assert_true (pl_settings_keeper_can_restore (fixture->keeper));
  write_file (fixture, "no settings");
  wait_for (&fixture->n_broken, 1);
  pl_settings_keeper_restore (fixture->keeper);
  g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_USABLE);
  wait_for (&fixture->n_saved, 1);
  g_assert_cmpuint (get_port (fixture), ==, 2);
  g_assert_true (g_file_get_contents (broken, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "no settings");
}

/* What holds in this run alone is not written, until it is changed. */
static void
keeps_overrides_to_itself (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *later = NULL;

  write_file (fixture, "[listen]\nport=2\n");
  pl_settings_keeper_override (fixture->keeper, "listen", "port", "3");
  pl_settings_keeper_override (fixture->keeper, "window", "demo", "true");
  pl_settings_keeper_load (fixture->keeper);
  g_assert_cmpuint (get_port (fixture), ==, 3);
  pl_settings_keeper_save (fixture->keeper);
  wait_for (&fixture->n_saved, 1);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "port=2"));
  g_assert_null (strstr (text, "demo=true"));

  PlSettings *changed = pl_settings_copy (pl_settings_keeper_get (fixture->keeper));
  g_assert_true (pl_settings_set (changed, "listen", "port", "4", NULL));
  pl_settings_keeper_take (fixture->keeper, changed);
  pl_settings_keeper_save (fixture->keeper);
  wait_for (&fixture->n_saved, 2);
  g_assert_true (g_file_get_contents (fixture->path, &later, NULL, NULL));
  g_assert_nonnull (strstr (later, "port=4"));
  g_assert_null (strstr (later, "demo=true"));
}

static void
goes_on_without_the_broken_file (Fixture *fixture, gconstpointer data)
{
  write_file (fixture, "no settings");
  pl_settings_keeper_load (fixture->keeper);
  g_assert_cmpuint (fixture->n_broken, ==, 1);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  wait_for (&fixture->n_used, 1);
  g_assert_cmpint (pl_settings_keeper_get_state (fixture->keeper), ==, PL_KEPT_USABLE);
  g_assert_cmpuint (get_port (fixture), ==, 8080);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/settings-keeper/first-start", begins_without_a_file },
    { "/settings-keeper/follows", follows_the_file },
    { "/settings-keeper/broken", does_not_write_over_a_broken_file },
    { "/settings-keeper/restores", restores_what_worked },
    { "/settings-keeper/overrides", keeps_overrides_to_itself },
    { "/settings-keeper/gone", goes_on_without_the_broken_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
