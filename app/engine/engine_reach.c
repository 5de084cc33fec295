/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of being reachable from the internet. */

#include "app/engine/engine_private.h"

static PlReachRun
get_run (PlEngine *engine)
{
  switch (pl_runner_get_state (engine->runner))
    {
    case PL_RUN_OPEN:
      return PL_REACH_RUNS;
    case PL_RUN_PAUSED:
      return PL_REACH_RESTS;
    case PL_RUN_IDLE:
    case PL_RUN_SHUT:
    case PL_RUN_ENDED:
      return PL_REACH_SHUT;
    }
  g_return_val_if_reached (PL_REACH_SHUT);
}

static PlReachEncryption
get_encryption (PlEngine *engine)
{
  const PlGathering *gathering = pl_certificate_keeper_get (engine->certificates);

  if (gathering->certificates->len == 0)
    return PL_REACH_PLAIN;
  if (pl_engine_is_certificate_awaited (engine))
    return PL_REACH_STANDS_IN;
  if (gathering->authority != NULL)
    return PL_REACH_FOR_HOME;
  return pl_gathering_find_grave (gathering) != NULL ? PL_REACH_DOUBTFUL : PL_REACH_TRUSTED;
}

PlReach
pl_engine_describe_reach (PlEngine *engine)
{
  const PlConfig *config = pl_runner_get_config (engine->runner);
  const PlSettings *settings = pl_engine_get_settings (engine);
  PlReach reach = {
    .run = get_run (engine),
    .port = pl_engine_get_port (engine),
    .now_us = g_get_real_time (),
    .encryption = get_encryption (engine),
    .world = pl_engine_get_world (engine),
    .takes_uploads = pl_settings_get_switch (settings, "door", "guest-uploads"),
  };

  reach.caller_us = pl_models_find_caller_from_outside (
      engine->models, config != NULL ? config->home : NULL, &reach.caller);
  return reach;
}

void
pl_engine_tell_reach (PlEngine *engine, const PlReach *reach)
{
  gboolean is_other = FALSE;

  for (PlReachStep step = 0; step < PL_REACH_N_STEPS; step++)
    {
      char *words = pl_reach_dup_words (reach, step);
      is_other |= g_strcmp0 (words, engine->reach_words[step]) != 0;
      g_free (engine->reach_words[step]);
      engine->reach_words[step] = words;
      engine->reach_states[step] = pl_reach_get_state (reach, step);
    }
  if (is_other)
    pl_engine_notify (engine, PL_ENGINE_REACH_WORDS);
}

const char *const *
pl_engine_get_reach_words (PlEngine *engine)
{
  return (const char *const *) engine->reach_words;
}

PlReachState
pl_engine_get_reach_state (PlEngine *engine, PlReachStep step)
{
  return engine->reach_states[step];
}
