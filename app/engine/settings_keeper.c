/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/settings_keeper.h"

#include <string.h>

#include "app/settings/file.h"
#include "app/settings/file_writer.h"

/* An editor's saving is many changes; the last one counts. */
#define SETTLE_MS 300

/* Behind the file's name: the last settings that worked, and a file that did not. */
#define GOOD_SUFFIX   ".last-good"
#define BROKEN_SUFFIX ".broken"

typedef struct
{
  char *group;
  char *key;
  char *text;
} Override;

/**
 * PlSettingsKeeper:
 * @file: what the file says, without @overrides
 * @overrides: (element-type Override): what holds in this run alone
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
  PlSettings *file;
  GPtrArray *overrides;
  char *known_data;
  PlFileWriter *writer;
  PlFileWriter *good_writer;
  GFileMonitor *monitor;
  guint reread_timer;
  const PlSettingsKeeperFuncs *funcs;
  gpointer user_data;
};

static void
override_free (gpointer data)
{
  Override *override = data;

  g_free (override->group);
  g_free (override->key);
  g_free (override->text);
  g_free (override);
}

PlSettingsKeeper *
pl_settings_keeper_new (const char *path, const PlSettingsKeeperFuncs *funcs, gpointer user_data)
{
  PlSettingsKeeper *keeper = g_new0 (PlSettingsKeeper, 1);

  keeper->path = g_strdup (path);
  keeper->good_path = g_strconcat (path, GOOD_SUFFIX, NULL);
  keeper->broken_path = g_strconcat (path, BROKEN_SUFFIX, NULL);
  keeper->settings = pl_settings_new ();
  keeper->file = pl_settings_new ();
  keeper->overrides = g_ptr_array_new_with_free_func (override_free);
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
  pl_settings_free (keeper->file);
  g_ptr_array_unref (keeper->overrides);
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

/* Overrides */

void
pl_settings_keeper_override (PlSettingsKeeper *keeper,
                             const char *group,
                             const char *key,
                             const char *text)
{
  Override *override = g_new (Override, 1);

  *override = (Override){ g_strdup (group), g_strdup (key), g_strdup (text) };
  g_ptr_array_add (keeper->overrides, override);
}

/* Returns: (transfer full): @file as it holds in this run */
static PlSettings *
dup_overridden (PlSettingsKeeper *keeper, const PlSettings *file)
{
  PlSettings *settings = pl_settings_copy (file);

  for (guint i = 0; i < keeper->overrides->len; i++)
    {
      const Override *override = keeper->overrides->pdata[i];
      pl_settings_set (settings, override->group, override->key, override->text, NULL);
    }
  return settings;
}

static gboolean
is_changed (const PlSettings *settings, const Override *override)
{
  g_autofree char *text = pl_settings_dup_text (settings, override->group, override->key);
  return !g_str_equal (text, override->text);
}

/* What was changed since is a wish like any other. */
static void
drop_changed_overrides (PlSettingsKeeper *keeper)
{
  for (guint i = keeper->overrides->len; i > 0; i--)
    if (is_changed (keeper->settings, keeper->overrides->pdata[i - 1]))
      g_ptr_array_remove_index (keeper->overrides, i - 1);
}

static void
take_back (PlSettings *settings, const PlSettings *file, const Override *override)
{
  g_autofree char *text = NULL;

  if (pl_settings_has (file, override->group, override->key))
    text = pl_settings_dup_text (file, override->group, override->key);
  if (text == NULL || !pl_settings_set (settings, override->group, override->key, text, NULL))
    pl_settings_unset (settings, override->group, override->key);
}

/* The settings in force become those of the file, but for what holds in this run alone. */
static void
update_file (PlSettingsKeeper *keeper)
{
  PlSettings *file = pl_settings_copy (keeper->settings);

  drop_changed_overrides (keeper);
  for (guint i = 0; i < keeper->overrides->len; i++)
    take_back (file, keeper->file, keeper->overrides->pdata[i]);
  pl_settings_free (keeper->file);
  keeper->file = file;
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
  char *data = pl_settings_dup_data (keeper->file, &length);

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
  update_file (keeper);
  data = pl_settings_dup_data (keeper->file, &length);
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

/* @file: what the file says; @state: the one in which that holds. %FALSE: it is broken now. */
static gboolean
use (PlSettingsKeeper *keeper, const PlSettings *file, PlKeptState state)
{
  g_autoptr (PlSettings) settings = dup_overridden (keeper, file);
  PlSettings *copy = pl_settings_copy (file);
  g_autoptr (GError) error = NULL;

  keeper->state = state;
  if (!keeper->funcs->use (settings, &error, keeper->user_data))
    {
      pl_settings_free (copy);
      set_broken (keeper, error);
      return FALSE;
    }
  pl_settings_free (keeper->file);
  keeper->file = copy;
  return TRUE;
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
  remember_data (keeper, NULL);
  if (keeper->state != PL_KEPT_BROKEN)
    return;
  update_file (keeper);
  use (keeper, keeper->file, PL_KEPT_USABLE);
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
  use (keeper, keeper->file, PL_KEPT_FIRST);
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
