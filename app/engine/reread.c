/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the settings file: at the start, whenever somebody else has changed it, and from the copy
 * of the last ones that worked. */

#include "app/engine/engine_private.h"

#include <string.h>

#include "app/engine/diagnosis.h"
#include "app/settings/file.h"

/* An editor's saving is many changes; the last one counts. */
#define SETTLE_MS 300

#define BROKEN_SUFFIX ".broken"

static char *
dup_beside (PlEngine *engine, const char *suffix)
{
  return g_strconcat (engine->path, suffix, NULL);
}

/* @data: (nullable) */
static void
remember_data (PlEngine *engine, const char *data)
{
  g_free (engine->known_data);
  engine->known_data = g_strdup (data);
}

static gboolean
can_restore (PlEngine *engine)
{
  g_autofree char *path = dup_beside (engine, PL_ENGINE_GOOD_SUFFIX);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
set_broken (PlEngine *engine, const GError *error)
{
  PlTrouble *trouble = pl_diagnosis_of_settings (error->message, can_restore (engine));

  if (engine->is_listening)
    pl_trouble_set_harmless (trouble);
  pl_engine_set_trouble (engine, PL_TROUBLE_SETTINGS_BROKEN, trouble);
  pl_engine_update_state (engine);
}

/* Returns: (nullable): %NULL with @error, for people, when they cannot be used */
static PlSettings *
read_settings (PlEngine *engine, const char *data, gsize length, GError **error)
{
  g_autofree char *name = g_path_get_basename (engine->path);
  g_autoptr (PlSettings) settings = pl_settings_new_from_data (name, data, length, error);
  g_autoptr (PlConfig) config = NULL;

  if (settings != NULL)
    config = pl_engine_build (engine, settings, error);
  return config != NULL ? g_steal_pointer (&settings) : NULL;
}

/* It is written again by the next change. If it could not be used, that is over now. */
static void
file_is_gone (PlEngine *engine)
{
  remember_data (engine, NULL);
  if (engine->troubles[PL_TROUBLE_SETTINGS_BROKEN] == NULL)
    return;
  pl_engine_set_trouble (engine, PL_TROUBLE_SETTINGS_BROKEN, NULL);
  engine->is_started = TRUE;
  pl_engine_rerun (engine);
}

static void
reread (PlEngine *engine)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlSettings) settings = NULL;
  gsize length = 0;

  if (!g_file_get_contents (engine->path, &data, &length, &error))
    {
      if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        file_is_gone (engine);
      return;
    }
  if (g_strcmp0 (data, engine->known_data) == 0)
    return;
  remember_data (engine, data);
  settings = read_settings (engine, data, length, &error);
  if (settings == NULL)
    {
      set_broken (engine, error);
      return;
    }
  pl_engine_set_trouble (engine, PL_TROUBLE_SETTINGS_BROKEN, NULL);
  engine->is_started = TRUE;
  if (pl_engine_use (engine, settings, &error))
    pl_engine_save_as_good (engine);
  else
    set_broken (engine, error);
}

/* What we wrote ourselves, but would write no more, is nobody's wish. */
static gboolean
is_ours_to_come (PlEngine *engine)
{
  return engine->settings_writer != NULL && pl_file_writer_is_busy (engine->settings_writer);
}

static gboolean
reread_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  if (is_ours_to_come (engine))
    return G_SOURCE_CONTINUE;
  engine->reread_timer = 0;
  reread (engine);
  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 PlEngine *engine)
{
  g_clear_handle_id (&engine->reread_timer, g_source_remove);
  engine->reread_timer = g_timeout_add (SETTLE_MS, reread_cb, engine);
}

static void
watch_file (PlEngine *engine)
{
  g_autoptr (GFile) file = g_file_new_for_path (engine->path);

  engine->file_monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (engine->file_monitor != NULL)
    g_signal_connect_object (engine->file_monitor, "changed", G_CALLBACK (file_changed_cb), engine,
                             0);
}

void
pl_engine_stop_reading (PlEngine *engine)
{
  g_clear_handle_id (&engine->reread_timer, g_source_remove);
  g_clear_object (&engine->file_monitor);
}

/* Whoever wants the program portable puts a file beside it that says nothing yet; one that said
 * something before has been damaged. */
static gboolean
is_blank (PlEngine *engine, const char *data)
{
  return data[strspn (data, " \t\r\n")] == '\0' && !can_restore (engine);
}

gboolean
pl_engine_load (PlEngine *engine)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlSettings) settings = NULL;
  gsize length = 0;

  watch_file (engine);
  engine->is_first_start = !g_file_test (engine->path, G_FILE_TEST_EXISTS);
  if (engine->is_first_start)
    return TRUE;
  if (g_file_get_contents (engine->path, &data, &length, &error))
    {
      remember_data (engine, data);
      engine->is_first_start = is_blank (engine, data);
      if (engine->is_first_start)
        return TRUE;
      settings = read_settings (engine, data, length, &error);
    }
  if (settings == NULL)
    {
      set_broken (engine, error);
      return FALSE;
    }
  pl_engine_take_over (engine, g_steal_pointer (&settings));
  pl_engine_save_as_good (engine);
  return TRUE;
}

/* The broken file is kept, for whoever wrote it. */
void
pl_engine_restore (PlEngine *engine)
{
  g_autofree char *good = dup_beside (engine, PL_ENGINE_GOOD_SUFFIX);
  g_autofree char *broken = dup_beside (engine, BROKEN_SUFFIX);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlSettings) settings = NULL;
  gsize length = 0;

  if (g_file_get_contents (good, &data, &length, &error))
    settings = read_settings (engine, data, length, &error);
  if (settings == NULL
      || (engine->known_data != NULL
          && !pl_file_write (broken, engine->known_data, strlen (engine->known_data), &error)))
    {
      set_broken (engine, error);
      return;
    }
  pl_engine_set_trouble (engine, PL_TROUBLE_SETTINGS_BROKEN, NULL);
  engine->is_started = TRUE;
  if (!pl_engine_apply_settings (engine, settings, &error))
    set_broken (engine, error);
}
