/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/settings_keeper.h"

#include <string.h>

#include "app/engine/file_writer.h"
#include "app/settings/file.h"

/* An editor's saving is many changes; the last one counts. */
#define SETTLE_MS 300

/* Behind the file's name: the last settings that worked, and a file that did not. */
#define GOOD_SUFFIX   ".last-good"
#define BROKEN_SUFFIX ".broken"

/**
 * PlSettingsKeeper:
 * @known_data: (nullable): the file as it was last read, or written by us
 * @writer, @good_writer: (nullable): from the first writing on
 * @monitor: (nullable): while the file is watched
 */
struct _PlSettingsKeeper
{
  PlKeptState state;
  char *path;
  char *good_path;
  char *broken_path;
  PlSettings *settings;
  char *known_data;
  PlFileWriter *writer;
  PlFileWriter *good_writer;
  GFileMonitor *monitor;
  guint reread_timer;
  const PlSettingsKeeperFuncs *funcs;
  gpointer user_data;
};

PlSettingsKeeper *
pl_settings_keeper_new (const char *path, const PlSettingsKeeperFuncs *funcs, gpointer user_data)
{
  PlSettingsKeeper *keeper = g_new0 (PlSettingsKeeper, 1);

  keeper->path = g_strdup (path);
  keeper->good_path = g_strconcat (path, GOOD_SUFFIX, NULL);
  keeper->broken_path = g_strconcat (path, BROKEN_SUFFIX, NULL);
  keeper->settings = pl_settings_new ();
  keeper->funcs = funcs;
  keeper->user_data = user_data;
  return keeper;
}

void
pl_settings_keeper_free (PlSettingsKeeper *keeper)
{
  pl_settings_keeper_stop (keeper);
  pl_settings_keeper_flush (keeper);
  pl_settings_free (keeper->settings);
  g_free (keeper->known_data);
  g_free (keeper->path);
  g_free (keeper->good_path);
  g_free (keeper->broken_path);
  g_free (keeper);
}

PlKeptState
pl_settings_keeper_get_state (const PlSettingsKeeper *keeper)
{
  return keeper->state;
}

const char *
pl_settings_keeper_get_path (const PlSettingsKeeper *keeper)
{
  return keeper->path;
}

const PlSettings *
pl_settings_keeper_get (const PlSettingsKeeper *keeper)
{
  return keeper->settings;
}

void
pl_settings_keeper_take (PlSettingsKeeper *keeper, PlSettings *settings)
{
  pl_settings_free (keeper->settings);
  keeper->settings = settings;
}

/* Writing */

static void
saved_cb (const GError *error, gpointer user_data)
{
  PlSettingsKeeper *keeper = user_data;
  keeper->funcs->saved (error, keeper->user_data);
}

static void
save_as_good (PlSettingsKeeper *keeper)
{
  gsize length = 0;
  char *data = pl_settings_dup_data (keeper->settings, &length);

  if (keeper->good_writer == NULL)
    keeper->good_writer = pl_file_writer_new (keeper->good_path, NULL, NULL);
  pl_file_writer_put (keeper->good_writer, data, length);
}

/* @data: (nullable) */
static void
remember_data (PlSettingsKeeper *keeper, const char *data)
{
  g_free (keeper->known_data);
  keeper->known_data = g_strdup (data);
}

void
pl_settings_keeper_save (PlSettingsKeeper *keeper)
{
  gsize length = 0;
  char *data;

  if (keeper->state == PL_KEPT_BROKEN)
    return;
  if (keeper->writer == NULL)
    keeper->writer = pl_file_writer_new (keeper->path, saved_cb, keeper);
  data = pl_settings_dup_data (keeper->settings, &length);
  remember_data (keeper, data);
  pl_file_writer_put (keeper->writer, data, length);
  save_as_good (keeper);
}

void
pl_settings_keeper_confirm (PlSettingsKeeper *keeper)
{
  if (keeper->state == PL_KEPT_FIRST)
    keeper->state = PL_KEPT_USABLE;
  pl_settings_keeper_save (keeper);
}

void
pl_settings_keeper_flush (PlSettingsKeeper *keeper)
{
  g_clear_pointer (&keeper->writer, pl_file_writer_free);
  g_clear_pointer (&keeper->good_writer, pl_file_writer_free);
}

/* Reading */

static void
set_broken (PlSettingsKeeper *keeper, const GError *error)
{
  keeper->state = PL_KEPT_BROKEN;
  keeper->funcs->broken (error, keeper->user_data);
}

/* @state: the one in which @settings hold. %FALSE: it is broken now. */
static gboolean
use (PlSettingsKeeper *keeper, const PlSettings *settings, PlKeptState state)
{
  g_autoptr (GError) error = NULL;

  keeper->state = state;
  if (keeper->funcs->use (settings, &error, keeper->user_data))
    return TRUE;
  set_broken (keeper, error);
  return FALSE;
}

static void
use_data (PlSettingsKeeper *keeper, const char *data, gsize length)
{
  g_autofree char *name = g_path_get_basename (keeper->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlSettings) settings = pl_settings_new_from_data (name, data, length, &error);

  remember_data (keeper, data);
  if (settings == NULL)
    set_broken (keeper, error);
  else if (use (keeper, settings, PL_KEPT_USABLE))
    save_as_good (keeper);
}

/* The file is written again by the next change. If it could not be used, that is over now. */
static void
file_is_gone (PlSettingsKeeper *keeper)
{
  g_autoptr (PlSettings) settings = pl_settings_copy (keeper->settings);

  remember_data (keeper, NULL);
  if (keeper->state == PL_KEPT_BROKEN)
    use (keeper, settings, PL_KEPT_USABLE);
}

static void
reread (PlSettingsKeeper *keeper)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (g_file_get_contents (keeper->path, &data, &length, &error))
    {
      if (g_strcmp0 (data, keeper->known_data) != 0)
        use_data (keeper, data, length);
    }
  else if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    file_is_gone (keeper);
}

/* While something of ours is still to be written, what is there is not what was last wished for. */
static gboolean
reread_cb (gpointer user_data)
{
  PlSettingsKeeper *keeper = user_data;

  if (keeper->writer != NULL && pl_file_writer_is_busy (keeper->writer))
    return G_SOURCE_CONTINUE;
  keeper->reread_timer = 0;
  reread (keeper);
  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 PlSettingsKeeper *keeper)
{
  g_clear_handle_id (&keeper->reread_timer, g_source_remove);
  keeper->reread_timer = g_timeout_add (SETTLE_MS, reread_cb, keeper);
}

static void
watch_file (PlSettingsKeeper *keeper)
{
  g_autoptr (GFile) file = g_file_new_for_path (keeper->path);

  keeper->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (keeper->monitor != NULL)
    g_signal_connect (keeper->monitor, "changed", G_CALLBACK (file_changed_cb), keeper);
}

void
pl_settings_keeper_stop (PlSettingsKeeper *keeper)
{
  if (keeper->monitor != NULL)
    g_signal_handlers_disconnect_by_data (keeper->monitor, keeper);
  g_clear_object (&keeper->monitor);
  g_clear_handle_id (&keeper->reread_timer, g_source_remove);
}

/* Whoever wants the program portable puts a file beside it that says nothing yet; one that said
 * something before has been damaged. */
static gboolean
is_blank (PlSettingsKeeper *keeper, const char *data)
{
  return data[strspn (data, " \t\r\n")] == '\0' && !pl_settings_keeper_can_restore (keeper);
}

static void
begin_first_start (PlSettingsKeeper *keeper)
{
  g_autoptr (PlSettings) settings = pl_settings_copy (keeper->settings);

  use (keeper, settings, PL_KEPT_FIRST);
}

void
pl_settings_keeper_load (PlSettingsKeeper *keeper)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  watch_file (keeper);
  if (!g_file_test (keeper->path, G_FILE_TEST_EXISTS))
    begin_first_start (keeper);
  else if (!g_file_get_contents (keeper->path, &data, &length, &error))
    set_broken (keeper, error);
  else if (is_blank (keeper, data))
    begin_first_start (keeper);
  else
    use_data (keeper, data, length);
}

/* Restoring */

gboolean
pl_settings_keeper_can_restore (const PlSettingsKeeper *keeper)
{
  return g_file_test (keeper->good_path, G_FILE_TEST_EXISTS);
}

static gboolean
put_broken_aside (PlSettingsKeeper *keeper, GError **error)
{
  const char *data = keeper->known_data;

  return data == NULL || pl_file_write (keeper->broken_path, data, strlen (data), error);
}

void
pl_settings_keeper_restore (PlSettingsKeeper *keeper)
{
  g_autofree char *name = g_path_get_basename (keeper->path);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlSettings) settings = NULL;
  gsize length = 0;

  if (g_file_get_contents (keeper->good_path, &data, &length, &error))
    settings = pl_settings_new_from_data (name, data, length, &error);
  if (settings == NULL || !put_broken_aside (keeper, &error))
    set_broken (keeper, error);
  else if (use (keeper, settings, PL_KEPT_USABLE))
    pl_settings_keeper_save (keeper);
}
