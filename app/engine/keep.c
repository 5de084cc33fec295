/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing the settings, and writing what is kept from run to run. A settings file that cannot be
 * used is never written over: a person has to look at it, or to ask for the last ones that worked.
 */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"
#include "app/settings/destination.h"
#include "app/settings/exposure.h"
#include "app/settings/table.h"

/* Files */

static void
saved_cb (const GError *error, gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_engine_set_trouble (engine, PL_TROUBLE_NOT_SAVED,
                         error != NULL ? pl_diagnosis_of_saving (error, engine->path) : NULL);
  pl_engine_update_state (engine);
}

void
pl_engine_save_as_good (PlEngine *engine)
{
  gsize length = 0;
  char *data = pl_settings_dup_data (engine->settings, &length);

  if (engine->good_writer == NULL)
    {
      g_autofree char *path = g_strconcat (engine->path, PL_ENGINE_GOOD_SUFFIX, NULL);
      engine->good_writer = pl_file_writer_new (path, NULL, NULL);
    }
  pl_file_writer_put (engine->good_writer, data, length);
}

void
pl_engine_save (PlEngine *engine)
{
  gsize length = 0;
  char *data;

  if (engine->troubles[PL_TROUBLE_SETTINGS_BROKEN] != NULL)
    return;
  if (engine->settings_writer == NULL)
    engine->settings_writer = pl_file_writer_new (engine->path, saved_cb, engine);
  data = pl_settings_dup_data (engine->settings, &length);
  g_free (engine->known_data);
  engine->known_data = g_strdup (data);
  pl_file_writer_put (engine->settings_writer, data, length);
  pl_engine_save_as_good (engine);
}

void
pl_engine_write_settings (PlEngine *engine)
{
  engine->is_first_start = FALSE;
  pl_engine_save (engine);
}

void
pl_engine_end_writing (PlEngine *engine)
{
  g_clear_pointer (&engine->settings_writer, pl_file_writer_free);
  g_clear_pointer (&engine->good_writer, pl_file_writer_free);
  g_clear_pointer (&engine->device_writer, pl_file_writer_free);
}

/* Devices */

static char *
dup_devices_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "porchlight", "devices", NULL);
}

void
pl_engine_load_devices (PlEngine *engine)
{
  g_autofree char *path = dup_devices_path ();
  g_autofree char *data = NULL;
  gsize length = 0;

  if (g_file_get_contents (path, &data, &length, NULL))
    pl_device_list_load (engine->devices, data, length);
}

void
pl_engine_save_devices (PlEngine *engine)
{
  gsize length = 0;
  char *data;

  if (engine->device_writer == NULL)
    {
      g_autofree char *path = dup_devices_path ();
      engine->device_writer = pl_file_writer_new (path, NULL, NULL);
    }
  data = pl_device_list_dup_data (engine->devices, &length);
  pl_file_writer_put (engine->device_writer, data, length);
}

/* Putting to use */

static void
apply_logs (PlEngine *engine)
{
  g_autoptr (GError) error = NULL;

  pl_request_log_set_keep (engine->log, pl_settings_get_number (engine->settings, "log", "keep"));
  pl_access_keeper_apply (engine->access_log, engine->settings, engine->path, &error);
  if (error != NULL)
    pl_engine_set_trouble (engine, PL_TROUBLE_NO_ACCESS_LOG,
                           pl_diagnosis_of_access_log (error->message));
  else if (!pl_access_keeper_is_failing (engine->access_log))
    pl_engine_set_trouble (engine, PL_TROUBLE_NO_ACCESS_LOG, NULL);
}

void
pl_engine_take_over (PlEngine *engine, PlSettings *settings)
{
  PlExposure exposure = pl_engine_get_exposure (engine);
  gboolean had_demo = pl_engine_get_demo (engine);

  pl_settings_free (engine->settings);
  engine->settings = settings;
  apply_logs (engine);
  pl_engine_update_demo (engine);
  pl_engine_update_upstreams (engine);
  pl_engine_update_state (engine);

  g_object_freeze_notify (G_OBJECT (engine));
  if (pl_engine_get_exposure (engine) != exposure)
    pl_engine_notify (engine, PL_ENGINE_EXPOSURE);
  if (pl_engine_get_demo (engine) != had_demo)
    pl_engine_notify (engine, PL_ENGINE_DEMO);
  g_object_thaw_notify (G_OBJECT (engine));
  pl_engine_emit_settings_changed (engine);
}

gboolean
pl_engine_use (PlEngine *engine, const PlSettings *settings, GError **error)
{
  g_autoptr (PlConfig) config = pl_engine_build (engine, settings, error);
  g_autoptr (GError) refused = NULL;

  if (config == NULL)
    return FALSE;
  if (!pl_engine_try (engine, config, &refused))
    {
      g_autoptr (PlTrouble) trouble = pl_diagnosis_of_listening (refused, config->port, NULL);
      g_set_error_literal (error, refused->domain, refused->code, pl_trouble_get_words (trouble));
      return FALSE;
    }
  pl_engine_take_over (engine, pl_settings_copy (settings));
  return TRUE;
}

gboolean
pl_engine_apply_settings (PlEngine *engine, const PlSettings *settings, GError **error)
{
  if (!pl_engine_use (engine, settings, error))
    return FALSE;
  pl_engine_save (engine);
  return TRUE;
}

PlSettings *
pl_engine_dup_settings (PlEngine *engine)
{
  return pl_settings_copy (engine->settings);
}

gboolean
pl_engine_set_setting (PlEngine *engine,
                       const char *group,
                       const char *key,
                       const char *text,
                       GError **error)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  if (text == NULL)
    pl_settings_unset (settings, group, key);
  else if (!pl_settings_set (settings, group, key, text, error))
    return FALSE;
  return pl_engine_apply_settings (engine, settings, error);
}

gboolean
pl_engine_restore_defaults (PlEngine *engine, GError **error)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);
  guint n_settings = 0;
  const PlSetting *table = pl_setting_table (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    if (!pl_setting_group_needs_name (table[i].group))
      pl_settings_unset (settings, table[i].group, table[i].key);
  return pl_engine_apply_settings (engine, settings, error);
}

/* Where Immich is, and who may come in */

static gboolean
check_urls (const char *urls, GError **error)
{
  g_autoptr (PlSettings) scratch = pl_settings_new ();
  return pl_settings_set (scratch, "upstream scratch", "urls", urls, error);
}

static gboolean
apply_without_demo (PlEngine *engine, PlSettings *settings, GError **error)
{
  pl_settings_unset (settings, "window", "demo");
  return pl_engine_apply_settings (engine, settings, error);
}

gboolean
pl_engine_set_upstream (PlEngine *engine, const char *urls, const char *health_path, GError **error)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  if (!check_urls (urls, error))
    return FALSE;
  pl_settings_point_at (settings, urls, health_path != NULL ? health_path : PL_SETTINGS_PING);
  return apply_without_demo (engine, settings, error);
}

gboolean
pl_engine_set_upstream_parts (PlEngine *engine,
                              const char *server_urls,
                              const char *web_urls,
                              GError **error)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  if (!check_urls (server_urls, error) || !check_urls (web_urls, error))
    return FALSE;
  pl_settings_point_at_parts (settings, server_urls, web_urls);
  return apply_without_demo (engine, settings, error);
}

void
pl_engine_set_exposure (PlEngine *engine, PlExposure exposure)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);
  g_autoptr (PlConfig) config = NULL;
  g_autoptr (GError) refused = NULL;

  if (pl_engine_get_exposure (engine) == exposure)
    return;
  pl_settings_set (settings, "listen", "exposure", pl_exposure_names[exposure], NULL);
  config = pl_engine_build (engine, settings, NULL);
  if (config != NULL && pl_engine_try (engine, config, &refused))
    {
      pl_engine_take_over (engine, g_steal_pointer (&settings));
      pl_engine_save (engine);
      return;
    }
  if (refused != NULL)
    pl_engine_refuse (engine, config, refused);
  pl_engine_update_state (engine);
  /* The switch goes back to where it was. */
  pl_engine_notify (engine, PL_ENGINE_EXPOSURE);
}

void
pl_engine_set_demo (PlEngine *engine, gboolean demo)
{
  g_autoptr (GError) error = NULL;

  if (pl_engine_get_demo (engine) == demo)
    return;
  if (!pl_engine_set_setting (engine, "window", "demo", demo ? "true" : NULL, &error))
    pl_engine_set_trouble (engine, PL_TROUBLE_NO_DEMO, pl_diagnosis_of_demo (error));
  pl_engine_update_state (engine);
}
