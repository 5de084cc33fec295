/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Start, pause and end, and what is tried again: a port that may be free now, an address that has
 * come, the demo that is ready. */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"
#include "app/engine/home_networks.h"

/* How long the end waits for what an authority was shown to be taken away. */
#define RENEWAL_END_MS 5000

/* Nothing runs before it is known what is wanted. */
static gboolean
has_usable_settings (PlEngine *engine)
{
  switch (pl_settings_keeper_get_state (engine->keeper))
    {
    case PL_KEPT_UNREAD:
      return FALSE;
    case PL_KEPT_FIRST:
    case PL_KEPT_USABLE:
      return TRUE;
    case PL_KEPT_BROKEN:
      return pl_runner_get_config (engine->runner) != NULL; /* those from before */
    }
  g_return_val_if_reached (FALSE);
}

/* At the start the demo is waited for, so that nobody hears meanwhile that Immich is down. */
static gboolean
is_waiting_for_demo (PlEngine *engine, const PlSettings *settings)
{
  PlDemoState state = pl_demo_host_get_state (engine->demo);

  return pl_engine_is_demo_wanted (settings) && pl_runner_get_config (engine->runner) == NULL
         && (state == PL_DEMO_OFF || state == PL_DEMO_STARTING);
}

static void
clear_refusal (PlEngine *engine)
{
  pl_refusal_clear (engine->refusal);
  pl_engine_tell_refusal (engine);
}

static void
note (PlEngine *engine, PlRunResult result, const PlConfig *config, const GError *error)
{
  switch (result)
    {
    case PL_RUN_TAKEN:
      clear_refusal (engine);
      break;
    case PL_RUN_KEPT:
    case PL_RUN_REFUSED:
      pl_refusal_set (engine->refusal, config, error);
      pl_engine_tell_refusal (engine);
      break;
    }
}

PlRunResult
pl_engine_run (PlEngine *engine, const PlSettings *settings, PlConfig *config, GError **error)
{
  g_autoptr (GError) refused = NULL;

  if (!has_usable_settings (engine) || is_waiting_for_demo (engine, settings))
    return PL_RUN_TAKEN;
  PlRunResult result = pl_runner_try (engine->runner, config, &refused);
  note (engine, result, config, refused);
  if (refused != NULL)
    g_propagate_error (error, g_steal_pointer (&refused));
  return result;
}

/* The settings in force were usable when they were taken over. */
void
pl_engine_rerun (PlEngine *engine)
{
  const PlSettings *settings = pl_engine_get_settings (engine);
  g_autoptr (PlConfig) config = pl_engine_new_config (engine, settings, NULL);

  if (config != NULL)
    pl_engine_run (engine, settings, config, NULL);
  pl_engine_update_upstreams (engine);
  pl_engine_update_renewal (engine);
  pl_engine_update_state (engine);
}

/* The demo */

void
pl_engine_demo_started_cb (const GError *error, gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_troubles_set (engine->troubles, PL_TROUBLE_NO_DEMO,
                   error != NULL ? pl_diagnosis_new_demo (error) : NULL);
  pl_engine_rerun (engine);
}

void
pl_engine_update_demo (PlEngine *engine)
{
  gboolean is_wanted = has_usable_settings (engine)
                       && pl_engine_is_demo_wanted (pl_engine_get_settings (engine))
                       && pl_runner_get_state (engine->runner) != PL_RUN_ENDED;

  pl_demo_host_set_wanted (engine->demo, is_wanted);
  if (!is_wanted)
    pl_troubles_set (engine->troubles, PL_TROUBLE_NO_DEMO, NULL);
}

/* Trying again */

static void
look_who_is_home (PlEngine *engine)
{
  g_autoptr (PlTrust) home = pl_home_networks_read ();

  pl_runner_set_home (engine->runner, home);
}

void
pl_engine_network_changed_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  look_who_is_home (engine);
  pl_opening_keeper_look (engine->opening);
  pl_certificate_keeper_look (engine->certificates);
  pl_acme_renewer_look (engine->renewer);
  if (pl_runner_get_state (engine->runner) == PL_RUN_SHUT)
    pl_engine_rerun (engine);
  else
    pl_engine_update_state (engine);
}

static void
use_port (PlEngine *engine, guint16 port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);
  g_autoptr (GError) error = NULL;

  if (!pl_engine_set_setting (engine, "listen", "port", text, &error))
    g_info ("Port %s: %s", text, error->message);
}

static void
retry (PlEngine *engine)
{
  if (pl_engine_find_trouble (engine, PL_TROUBLE_NOT_SAVED) != NULL)
    pl_settings_keeper_save (engine->keeper);
  pl_engine_update_demo (engine);
  pl_engine_rerun (engine);
}

void
pl_engine_remedy (PlEngine *engine, const PlRemedy *remedy)
{
  switch (remedy->kind)
    {
    case PL_REMEDY_USE_PORT:
      use_port (engine, remedy->port);
      break;
    case PL_REMEDY_RETRY:
      retry (engine);
      break;
    case PL_REMEDY_RESTORE_SETTINGS:
      pl_settings_keeper_restore (engine->keeper);
      break;
    case PL_REMEDY_CHOOSE_PORT:
    case PL_REMEDY_OPEN_SETTINGS:
    case PL_REMEDY_CHANGE_IMMICH:
    case PL_REMEDY_OPEN_IMMICH:
      break; /* the window's */
    }
}

/* Start, pause and end */

void
pl_engine_start (PlEngine *engine)
{
  g_return_if_fail (pl_settings_keeper_get_state (engine->keeper) == PL_KEPT_UNREAD);

  pl_models_load (engine->models);
  pl_doorplate_follow (engine->doorplate);
  look_who_is_home (engine);
  pl_opening_keeper_load (engine->opening);
  pl_settings_keeper_load (engine->keeper);
}

void
pl_engine_resume (PlEngine *engine)
{
  g_autoptr (GError) error = NULL;
  PlRunResult result = pl_runner_resume (engine->runner, &error);
  const PlConfig *config = pl_runner_get_config (engine->runner);

  note (engine, result, config, error);
}

void
pl_engine_set_paused (PlEngine *engine, gboolean paused)
{
  if (pl_engine_get_paused (engine) == paused
      || pl_runner_get_state (engine->runner) == PL_RUN_ENDED)
    return;
  if (paused)
    {
      pl_runner_pause (engine->runner);
      clear_refusal (engine);
    }
  else
    pl_engine_resume (engine);
  pl_engine_update_upstreams (engine);
  pl_engine_update_renewal (engine);
  pl_engine_notify (engine, PL_ENGINE_PAUSED);
  pl_engine_update_state (engine);
}

/* What an authority was shown has been taken away, or is not waited for any longer. */
static void
finish_stopping (PlEngine *engine)
{
  g_autoptr (GTask) stopping = g_steal_pointer (&engine->stopping);

  g_clear_handle_id (&engine->stop_timer, g_source_remove);
  g_task_return_boolean (stopping, TRUE);
}

static void
patience_over_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  engine->stop_timer = 0;
  finish_stopping (engine);
}

void
pl_engine_continue_stopping (PlEngine *engine)
{
  if (engine->stop_timer != 0 && !pl_acme_renewer_is_under_way (engine->renewer))
    finish_stopping (engine);
}

static void
ended_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  engine->stop_timer = g_timeout_add_once (RENEWAL_END_MS, patience_over_cb, engine);
  pl_engine_continue_stopping (engine);
}

void
pl_engine_stop_async (PlEngine *engine,
                      guint timeout_ms,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (engine->stopping == NULL);

  engine->stopping = g_task_new (engine, NULL, callback, user_data);
  pl_settings_keeper_stop (engine->keeper);
  pl_engine_update_renewal (engine);
  pl_models_save (engine->models);
  pl_runner_end (engine->runner, timeout_ms, ended_cb, engine);
  pl_engine_update_state (engine);
}

void
pl_engine_stop_finish (PlEngine *engine, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  pl_settings_keeper_flush (engine->keeper);
  pl_models_flush (engine->models);
}
