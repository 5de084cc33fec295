/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in: for good, as the settings say, and for a while. What is open for a while runs as
 * a copy of what runs already, and goes back as one, whatever has become of the settings and the
 * files they name. */

#include "app/engine/engine_private.h"

#include "app/settings/exposure.h"
#include "app/settings/world.h"

PlWelcome
pl_engine_get_settled_welcome (PlEngine *engine)
{
  return pl_welcome_read (pl_engine_get_settings (engine));
}

static PlWelcome
get_welcome (PlEngine *engine)
{
  PlWelcome settled = pl_engine_get_settled_welcome (engine);

  return pl_opening_keeper_find_welcome (engine->opening, &settled);
}

PlExposure
pl_engine_get_exposure (PlEngine *engine)
{
  return get_welcome (engine).exposure;
}

PlDoorRule
pl_engine_get_world (PlEngine *engine)
{
  return get_welcome (engine).world;
}

const PlOpening *
pl_engine_get_opening (PlEngine *engine)
{
  return pl_opening_keeper_get (engine->opening);
}

const char *
pl_engine_get_open_words (PlEngine *engine)
{
  return engine->open_words;
}

void
pl_engine_welcome (PlEngine *engine, const PlSettings *settings, PlConfig *config)
{
  PlWelcome settled = pl_welcome_read (settings);
  PlWelcome welcome = pl_opening_keeper_find_welcome (engine->opening, &settled);

  pl_welcome_put (&welcome, config);
}

/* For good */

/* Whoever chooses by the switch chooses for good, be it what the settings say already. When it
 * cannot be the switch goes back to where it was; why, is told by the trouble. */
static void
choose (PlEngine *engine, const PlSettings *settings)
{
  g_autofree PlKeptOpening *before = pl_opening_keeper_dup (engine->opening);

  g_object_freeze_notify (G_OBJECT (engine));
  pl_opening_keeper_end (engine->opening);
  if (!pl_engine_apply_settings (engine, settings, NULL))
    pl_opening_keeper_put_back (engine->opening, before);
  pl_engine_notify (engine, PL_ENGINE_EXPOSURE);
  pl_engine_update_state (engine);
  g_object_thaw_notify (G_OBJECT (engine));
}

static void
choose_exposure (PlSettings *settings, PlExposure exposure)
{
  pl_settings_set (settings, "listen", "exposure", pl_exposure_names[exposure], NULL);
}

void
pl_engine_set_exposure (PlEngine *engine, PlExposure exposure)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  if (pl_engine_get_exposure (engine) == exposure && pl_engine_get_opening (engine) == NULL)
    return;
  choose_exposure (settings, exposure);
  choose (engine, settings);
}

/* Where the internet may come in for a while alone, it may see that for as long. */
void
pl_engine_set_world (PlEngine *engine, PlDoorRule sees)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);
  const PlOpening *opening = pl_engine_get_opening (engine);
  PlWelcome welcome = { PL_EXPOSURE_INTERNET, sees };

  if (opening != NULL && opening->before.exposure != PL_EXPOSURE_INTERNET
      && opening->welcome.exposure == PL_EXPOSURE_INTERNET)
    {
      pl_engine_open_until (engine, &welcome, opening->until_s, NULL);
      return;
    }
  pl_world_choose (settings, sees);
  choose (engine, settings);
}

void
pl_engine_let_internet_in (PlEngine *engine, PlDoorRule sees)
{
  g_autoptr (PlSettings) settings = pl_engine_dup_settings (engine);

  pl_world_choose (settings, sees);
  choose_exposure (settings, PL_EXPOSURE_INTERNET);
  choose (engine, settings);
}

/* For a while */

/* What does not run yet is made with what is open already. */
static gboolean
let_in (PlEngine *engine, GError **error)
{
  PlConfig *running = pl_runner_get_config (engine->runner);
  g_autoptr (PlConfig) config = NULL;

  if (running == NULL)
    return TRUE;
  config = pl_config_dup_with_home (running, running->home);
  pl_engine_welcome (engine, pl_engine_get_settings (engine), config);
  return pl_engine_run (engine, pl_engine_get_settings (engine), config, error) != PL_RUN_KEPT;
}

/* Where ports are not shared for a moment (Windows) narrower listeners take the place of wider
 * ones, and may be refused. Rather shut then than open to others than may come in: it is tried
 * again, as any door that cannot be opened. */
static void
go_back (PlEngine *engine)
{
  if (let_in (engine, NULL))
    return;
  pl_runner_pause (engine->runner);
  let_in (engine, NULL);
  pl_engine_resume (engine);
}

static void
tell (PlEngine *engine)
{
  pl_engine_notify (engine, PL_ENGINE_EXPOSURE);
  pl_engine_update_state (engine);
}

gboolean
pl_engine_open_until (PlEngine *engine, const PlWelcome *welcome, gint64 until_s, GError **error)
{
  g_autofree PlKeptOpening *before = pl_opening_keeper_dup (engine->opening);
  PlOpening opening = { *welcome, pl_engine_get_settled_welcome (engine),
                        pl_opening_keeper_get_now_s (engine->opening), until_s };
  gboolean is_open;

  if (!pl_opening_check (&opening, error))
    return FALSE;
  pl_opening_keeper_begin (engine->opening, &opening);
  is_open = let_in (engine, error);
  if (!is_open)
    pl_opening_keeper_put_back (engine->opening, before);
  tell (engine);
  return is_open;
}

void
pl_engine_end_opening (PlEngine *engine)
{
  if (pl_engine_get_opening (engine) == NULL)
    return;
  pl_opening_keeper_end (engine->opening);
  go_back (engine);
  tell (engine);
}

void
pl_engine_opening_cb (const PlOpening *over, gpointer user_data)
{
  PlEngine *engine = user_data;

  if (over == NULL)
    {
      pl_engine_update_state (engine);
      return;
    }
  go_back (engine);
  tell (engine);
}
