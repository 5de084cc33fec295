/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs: the proxy, and the demo behind it. A proxy that is to let nobody in any more retires:
 * what is under way in it may finish, while another one already lets people in again. */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"
#include "app/settings/build.h"
#include "app/settings/destination.h"

/* How long what was under way when a pause began may go on. A long video over a slow line. */
#define PAUSE_DRAIN_MS (3600 * 1000)

/* Configurations */

static gboolean
wants_demo (const PlSettings *settings)
{
  return pl_settings_get_switch (settings, "window", "demo");
}

static PlConfig *
build (PlEngine *engine, const PlSettings *settings, PlProblems *problems)
{
  if (engine->demo == NULL || !wants_demo (settings))
    return pl_settings_build_config (settings, problems);

  g_autoptr (PlSettings) copy = pl_settings_copy (settings);
  pl_settings_point_at (copy, pl_demo_get_url (engine->demo), PL_SETTINGS_PING);
  return pl_settings_build_config (copy, problems);
}

PlConfig *
pl_engine_build (PlEngine *engine, const PlSettings *settings, GError **error)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  PlConfig *config = build (engine, settings, problems);

  if (config == NULL)
    {
      g_autofree char *words = pl_diagnosis_dup_problems (problems);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
    }
  return config;
}

/* The proxy */

typedef struct
{
  PlEngine *engine;
  PlProxy *proxy;
} Retired;

static void
retired_free (gpointer data)
{
  Retired *retired = data;

  pl_proxy_free (retired->proxy);
  g_free (retired);
}

static void
tell_if_stopped (PlEngine *engine)
{
  if (engine->stopping == NULL || engine->retired->len > 0)
    return;
  g_autoptr (GTask) stopping = g_steal_pointer (&engine->stopping);
  g_task_return_boolean (stopping, TRUE);
}

static void
drained_cb (gpointer user_data)
{
  Retired *retired = user_data;
  PlEngine *engine = retired->engine;

  g_ptr_array_remove_fast (engine->retired, retired);
  tell_if_stopped (engine);
}

static void
retire (PlEngine *engine, guint timeout_ms)
{
  Retired *retired = g_new (Retired, 1);

  *retired = (Retired){ engine, g_steal_pointer (&engine->proxy) };
  engine->is_listening = FALSE;
  g_ptr_array_add (engine->retired, retired);
  pl_proxy_drain (retired->proxy, timeout_ms, drained_cb, retired);
}

void
pl_engine_end_running (PlEngine *engine)
{
  engine->is_listening = FALSE; /* the last records come on the way */
  g_clear_pointer (&engine->retired, g_ptr_array_unref);
  g_clear_pointer (&engine->proxy, pl_proxy_free);
}

void
pl_engine_init_running (PlEngine *engine)
{
  engine->retired = g_ptr_array_new_with_free_func (retired_free);
}

static void
make_proxy (PlEngine *engine)
{
  engine->proxy = pl_proxy_new (pl_engine_take_records, engine);
  pl_proxy_set_status_func (engine->proxy, pl_engine_take_status, engine);
  pl_proxy_set_capture (engine->proxy, engine->n_watching_heads > 0);
}

static gboolean
let_in (PlEngine *engine, PlConfig *config, GError **error)
{
  if (engine->proxy == NULL)
    make_proxy (engine);
  if (!pl_proxy_apply (engine->proxy, config, error))
    return FALSE;
  engine->is_listening = TRUE;
  return TRUE;
}

/* What a pause has left under way may not be welcome any more. */
static void
set_config (PlEngine *engine, PlConfig *config)
{
  pl_config_ref (config);
  g_clear_pointer (&engine->config, pl_config_unref);
  engine->config = config;
  for (guint i = 0; i < engine->retired->len; i++)
    pl_proxy_turn_away (((Retired *) engine->retired->pdata[i])->proxy, config);
}

static gboolean
is_to_run (PlEngine *engine)
{
  return engine->is_started && !engine->is_paused;
}

gboolean
pl_engine_try (PlEngine *engine, PlConfig *config, GError **error)
{
  g_autoptr (GError) refused = NULL;

  if (!is_to_run (engine) || let_in (engine, config, &refused))
    {
      pl_engine_clear_refusal (engine);
      set_config (engine, config);
      return TRUE;
    }
  if (engine->is_listening)
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  set_config (engine, config);
  pl_engine_refuse (engine, config, refused);
  return TRUE;
}

/* The settings in force were usable when they were taken over. */
void
pl_engine_rerun (PlEngine *engine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlConfig) config = pl_engine_build (engine, engine->settings, &error);

  if (config != NULL && !pl_engine_try (engine, config, &error))
    pl_engine_refuse (engine, config, error);
  pl_engine_update_upstreams (engine);
  pl_engine_update_state (engine);
}

/* The demo. It is made on another thread, as it waits for its own. */

static void
demo_task_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  PlDemo *demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &error);

  if (demo != NULL)
    g_task_return_pointer (task, demo, (GDestroyNotify) pl_demo_free);
  else
    g_task_return_error (task, error);
}

static void
demo_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlEngine *engine = PL_ENGINE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlDemo) demo = g_task_propagate_pointer (G_TASK (result), &error);

  engine->is_demo_starting = FALSE;
  if (!engine->is_started || !wants_demo (engine->settings))
    return;
  engine->demo = g_steal_pointer (&demo);
  pl_engine_set_trouble (engine, PL_TROUBLE_NO_DEMO,
                         error != NULL ? pl_diagnosis_of_demo (error) : NULL);
  pl_engine_rerun (engine);
}

void
pl_engine_update_demo (PlEngine *engine)
{
  gboolean is_wanted = engine->is_started && wants_demo (engine->settings);

  if (is_wanted && engine->demo == NULL && !engine->is_demo_starting)
    {
      g_autoptr (GTask) task = g_task_new (engine, NULL, demo_started_cb, NULL);
      engine->is_demo_starting = TRUE;
      g_task_run_in_thread (task, demo_task_cb);
    }
  if (!is_wanted)
    {
      g_clear_pointer (&engine->demo, pl_demo_free);
      pl_engine_set_trouble (engine, PL_TROUBLE_NO_DEMO, NULL);
    }
}

/* Start, pause and end */

void
pl_engine_start (PlEngine *engine)
{
  g_return_if_fail (!engine->is_started);

  gboolean is_usable = pl_engine_load (engine);
  pl_engine_load_devices (engine);
  pl_engine_listen_to_network (engine);
  if (!is_usable)
    {
      pl_engine_update_state (engine);
      return;
    }
  engine->is_started = TRUE;
  pl_engine_update_demo (engine);
  if (!engine->is_demo_starting)
    pl_engine_rerun (engine);
}

void
pl_engine_set_paused (PlEngine *engine, gboolean paused)
{
  if (engine->is_paused == paused)
    return;
  engine->is_paused = paused;
  if (!paused && engine->is_started)
    pl_engine_rerun (engine);
  else if (engine->is_listening)
    retire (engine, PAUSE_DRAIN_MS);
  if (paused)
    pl_engine_clear_refusal (engine);
  pl_engine_update_upstreams (engine);
  pl_engine_notify (engine, PL_ENGINE_PAUSED);
  pl_engine_update_state (engine);
}

void
pl_engine_stop_async (PlEngine *engine,
                      guint timeout_ms,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (engine->stopping == NULL);

  engine->is_started = FALSE;
  engine->stopping = g_task_new (engine, NULL, callback, user_data);
  pl_engine_stop_reading (engine);
  pl_engine_save_devices (engine);
  /* Those that a pause has left may go on for much longer: they end now. */
  g_ptr_array_set_size (engine->retired, 0);
  if (engine->is_listening)
    retire (engine, timeout_ms);
  tell_if_stopped (engine);
  pl_engine_update_state (engine);
}

void
pl_engine_stop_finish (PlEngine *engine, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  pl_engine_end_writing (engine);
}
