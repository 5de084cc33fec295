/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A change of settings goes one way, whoever wishes it and whatever it is: a copy is changed, a
 * configuration is built from it, what runs tries it, and only then the copy holds and is saved. */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"
#include "app/settings/build.h"
#include "app/settings/destination.h"
#include "app/settings/table.h"

/* Building */

gboolean
pl_engine_is_demo_wanted (const PlSettings *settings)
{
  return pl_settings_get_switch (settings, "window", "demo");
}

/* Whoever wants the demo need not say where an Immich is. */
static const char *
get_other_url (const PlSettings *settings, const char *demo_url)
{
  g_auto (GStrv) upstreams = pl_settings_dup_groups (settings, "upstream");

  if (!pl_engine_is_demo_wanted (settings))
    return NULL;
  if (demo_url == NULL && upstreams[0] == NULL)
    return PL_SETTINGS_IMMICH;
  return demo_url;
}

static PlConfig *
build (const PlSettings *settings, const char *demo_url, PlProblems *problems)
{
  const char *url = get_other_url (settings, demo_url);

  if (url == NULL)
    return pl_settings_new_config (settings, problems);

  g_autoptr (PlSettings) copy = pl_settings_copy (settings);
  pl_settings_point_at (copy, url, PL_SETTINGS_PING);
  return pl_settings_new_config (copy, problems);
}

PlConfig *
pl_engine_new_config (PlEngine *engine, const PlSettings *settings, GError **error)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  PlConfig *config = build (settings, pl_demo_host_get_url (engine->demo), problems);

  if (config == NULL)
    {
      g_autofree char *words = pl_diagnosis_dup_problems (problems);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
    }
  else if (!pl_engine_equip (engine, settings, config, error))
    g_clear_pointer (&config, pl_config_unref);
  else
    pl_engine_welcome (engine, settings, config);
  return config;
}

/* Putting to use */

static void
apply_logs (PlEngine *engine)
{
  const PlSettings *settings = pl_engine_get_settings (engine);
  g_autoptr (GError) error = NULL;

  pl_request_log_set_keep (pl_engine_get_log (engine),
                           pl_settings_get_number (settings, "log", "keep"));
  pl_access_log_apply (engine->access_log, settings, pl_engine_get_settings_path (engine), &error);
  if (error != NULL)
    pl_troubles_set (engine->troubles, PL_TROUBLE_NO_ACCESS_LOG,
                     pl_diagnosis_new_no_access_log (error->message));
  else if (!pl_access_log_is_failing (engine->access_log))
    pl_troubles_set (engine->troubles, PL_TROUBLE_NO_ACCESS_LOG, NULL);
}

/* What runs knows @settings already. */
static void
take_over (PlEngine *engine, const PlSettings *settings)
{
  PlWelcome settled = pl_welcome_read (settings);
  PlExposure exposure = pl_engine_get_exposure (engine);
  gboolean had_demo = pl_engine_get_demo (engine);

  pl_settings_keeper_take (engine->keeper, pl_settings_copy (settings));
  pl_opening_keeper_settle (engine->opening, &settled);
  apply_logs (engine);
  pl_engine_update_devices (engine);
  pl_engine_update_demo (engine);
  pl_engine_update_upstreams (engine);
  pl_engine_update_renewal (engine);
  pl_engine_update_state (engine);

  g_object_freeze_notify (G_OBJECT (engine));
  if (pl_engine_get_exposure (engine) != exposure)
    pl_engine_notify (engine, PL_ENGINE_EXPOSURE);
  if (pl_engine_get_demo (engine) != had_demo)
    pl_engine_notify (engine, PL_ENGINE_DEMO);
  g_object_thaw_notify (G_OBJECT (engine));
  pl_engine_emit_settings_changed (engine);
}

/* Beside a field there is no button: the words say what a button would do. */
static void
set_refused_error (PlEngine *engine, const GError *refused, GError **error)
{
  g_autofree char *words = pl_refusal_dup_words (engine->refusal);
  g_set_error_literal (error, refused->domain, refused->code, words);
}

static gboolean
use (PlEngine *engine, const PlSettings *settings, GError **error)
{
  g_autoptr (PlConfig) config = pl_engine_new_config (engine, settings, error);
  g_autoptr (GError) refused = NULL;

  if (config == NULL)
    return FALSE;
  switch (pl_engine_run (engine, settings, config, &refused))
    {
    case PL_RUN_KEPT:
      pl_certificate_keeper_go_back (engine->certificates);
      set_refused_error (engine, refused, error);
      pl_engine_update_state (engine);
      return FALSE;
    case PL_RUN_TAKEN:
    case PL_RUN_REFUSED:
      take_over (engine, settings);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
pl_engine_apply_settings (PlEngine *engine, const PlSettings *settings, GError **error)
{
  if (!use (engine, settings, error))
    return FALSE;
  pl_settings_keeper_save (engine->keeper);
  return TRUE;
}

/* The file */

static gboolean
use_file_cb (const PlSettings *settings, GError **error, gpointer user_data)
{
  PlEngine *engine = user_data;

  if (!use (engine, settings, error))
    return FALSE;
  pl_troubles_set (engine->troubles, PL_TROUBLE_SETTINGS_BROKEN, NULL);
  pl_engine_update_state (engine);
  return TRUE;
}

static void
broken_cb (const GError *error, gpointer user_data)
{
  PlEngine *engine = user_data;
  PlTrouble *trouble
      = pl_diagnosis_new_settings (error->message, pl_runner_get_config (engine->runner) != NULL,
                                   pl_settings_keeper_can_restore (engine->keeper));

  if (pl_runner_get_state (engine->runner) == PL_RUN_OPEN)
    pl_trouble_set_harmless (trouble);
  pl_troubles_set (engine->troubles, PL_TROUBLE_SETTINGS_BROKEN, trouble);
  pl_engine_update_state (engine);
}

static void
saved_cb (const GError *error, gpointer user_data)
{
  PlEngine *engine = user_data;
  const char *path = pl_engine_get_settings_path (engine);

  pl_troubles_set (engine->troubles, PL_TROUBLE_NOT_SAVED,
                   error != NULL ? pl_diagnosis_new_saving (error, path) : NULL);
  pl_engine_update_state (engine);
}

const PlSettingsKeeperFuncs pl_engine_keeper_funcs = { use_file_cb, broken_cb, saved_cb };

/* Wishes */

PlSettings *
pl_engine_dup_settings (PlEngine *engine)
{
  return pl_settings_copy (pl_engine_get_settings (engine));
}

void
pl_engine_write_settings (PlEngine *engine)
{
  pl_settings_keeper_confirm (engine->keeper);
  /* Nobody looks for an Immich any more: from now on it is missed. */
  pl_engine_note_health (engine);
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

void
pl_engine_override (PlEngine *engine, const char *group, const char *key, const char *text)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  pl_settings_keeper_override (engine->keeper, group, key, text);
  if (pl_settings_keeper_get_state (engine->keeper) != PL_KEPT_UNREAD
      && pl_settings_set (settings, group, key, text, NULL))
    use (engine, settings, NULL);
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

void
pl_engine_set_demo (PlEngine *engine, gboolean demo)
{
  g_autoptr (GError) error = NULL;

  if (pl_engine_get_demo (engine) == demo)
    return;
  if (!pl_engine_set_setting (engine, "window", "demo", demo ? "true" : NULL, &error))
    pl_troubles_set (engine->troubles, PL_TROUBLE_NO_DEMO, pl_diagnosis_new_demo (error));
  pl_engine_update_state (engine);
}

/* Where Immich is */

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
