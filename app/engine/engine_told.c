/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what is so to what is told of it: nothing here changes what runs. */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"
#include "app/engine/encryption.h"
#include "app/engine/reachable.h"
#include "app/engine/situation.h"
#include "app/engine/strangers.h"

/* A response time that is a little old is no worse than one that flickers. */
#define REFRESH_S 5

static gboolean
is_open (PlEngine *engine)
{
  return pl_runner_get_state (engine->runner) == PL_RUN_OPEN;
}

/* State */

static gboolean
refuses_plain (PlEngine *engine)
{
  return pl_engine_is_encrypted (engine)
         && pl_settings_get_choice (pl_engine_get_settings (engine), "tls", "plain")
                == PL_PLAIN_REFUSE;
}

char *
pl_engine_dup_name_url (PlEngine *engine)
{
  return pl_home_name_dup_url (engine->name, pl_certificate_keeper_get (engine->certificates),
                               refuses_plain (engine));
}

/* Returns: (transfer full) (nullable): as pl_engine_dup_name_url(), now that it was looked at */
static char *
update_name (PlEngine *engine, const char *const *listening)
{
  g_autofree char *label
      = pl_settings_dup_text (pl_engine_get_settings (engine), "listen", "local-name");

  pl_home_name_update (engine->name, label, listening, pl_engine_get_exposure (engine),
                       pl_certificate_keeper_get (engine->certificates), refuses_plain (engine));
  return pl_engine_dup_name_url (engine);
}

static void
update_addresses (PlEngine *engine)
{
  g_autoptr (GArray) own = pl_reachable_dup_own ();
  g_auto (GStrv) listening = pl_runner_dup_addresses (engine->runner);
  PlExposure exposure = pl_engine_get_exposure (engine);
  g_autofree char *name_url = update_name (engine, (const char *const *) listening);
  gboolean is_changed = pl_doorplate_update (
      engine->doorplate, (const char *const *) listening, exposure, pl_engine_get_port (engine),
      name_url, pl_certificate_keeper_get (engine->certificates), refuses_plain (engine));
  gboolean is_alone = is_open (engine) && exposure != PL_EXPOSURE_COMPUTER
                      && pl_doorplate_get_others (engine->doorplate)[0] == NULL;

  pl_models_set_own (engine->models, own);
  pl_troubles_set (engine->troubles, PL_TROUBLE_NO_NETWORK,
                   is_alone ? pl_diagnosis_new_network () : NULL);
  if (is_changed)
    pl_engine_notify (engine, PL_ENGINE_ADDRESSES);
}

static PlSituation
describe (PlEngine *engine, const PlReach *reach)
{
  return (PlSituation){
    .run = pl_runner_get_state (engine->runner),
    .exposure = pl_engine_get_exposure (engine),
    .world = reach->world,
    .is_looking = pl_engine_is_looking (engine),
    .has_demo = pl_engine_get_demo (engine),
    .was_seen_outside = reach->caller_us > 0,
    .is_guessed = pl_engine_look_for_guessers (engine),
    .n_devices_today = pl_models_get_n_devices_today (engine->models),
    .trouble = pl_troubles_get_gravest (engine->troubles),
    .has_fault = pl_troubles_has_fault (engine->troubles),
  };
}

/* @now: (transfer full) */
static void
update_text (PlEngine *engine, char **text, char *now, PlEngineProperty property)
{
  g_autofree char *taken = now;

  if (g_strcmp0 (*text, taken) == 0)
    return;
  g_free (*text);
  *text = g_steal_pointer (&taken);
  pl_engine_notify (engine, property);
}

static char *
dup_encryption_words (PlEngine *engine)
{
  return pl_encryption_dup_state (pl_certificate_keeper_get (engine->certificates),
                                  pl_engine_is_certificate_awaited (engine),
                                  g_get_real_time () / G_USEC_PER_SEC);
}

void
pl_engine_update_state (PlEngine *engine)
{
  g_object_freeze_notify (G_OBJECT (engine));
  update_addresses (engine);

  PlReach reach = pl_engine_describe_reach (engine);
  PlSituation situation = describe (engine, &reach);
  PlLamp lamp = pl_situation_get_lamp (&situation);
  if (lamp != engine->lamp)
    {
      engine->lamp = lamp;
      pl_engine_notify (engine, PL_ENGINE_LAMP);
    }
  if (g_set_object (&engine->trouble, situation.trouble))
    pl_engine_notify (engine, PL_ENGINE_TROUBLE);
  update_text (engine, &engine->state_words, g_strdup (pl_situation_get_words (&situation)),
               PL_ENGINE_STATE_WORDS);
  engine->tells_of_guessers = pl_situation_tells_of_guessers (&situation);
  update_text (engine, &engine->detail_words, pl_situation_dup_detail (&situation),
               PL_ENGINE_DETAIL_WORDS);
  update_text (engine, &engine->open_words, pl_opening_keeper_dup_words (engine->opening),
               PL_ENGINE_OPEN_WORDS);
  update_text (engine, &engine->turned_away_words, pl_models_dup_turned_away (engine->models),
               PL_ENGINE_TURNED_AWAY_WORDS);
  update_text (engine, &engine->firewall_words,
               g_strdup (pl_firewall_watch_get_words (engine->firewall, situation.exposure)),
               PL_ENGINE_FIREWALL_WORDS);
  update_text (engine, &engine->encryption_words, dup_encryption_words (engine),
               PL_ENGINE_ENCRYPTION_WORDS);
  pl_engine_tell_reach (engine, &reach);
  g_object_thaw_notify (G_OBJECT (engine));
}

void
pl_engine_name_changed_cb (gpointer user_data)
{
  PlEngine *engine = user_data;
  const char *host = pl_home_name_get_host (engine->name);

  if (host != NULL)
    pl_certificate_keeper_call (engine->certificates, host);
  pl_engine_update_state (engine);
}

void
pl_engine_firewall_changed_cb (gpointer user_data)
{
  pl_engine_update_state (user_data);
}

/* Refusal */

static const PlTroubleKind refusals[]
    = { PL_TROUBLE_PORT_TAKEN, PL_TROUBLE_PORT_FORBIDDEN, PL_TROUBLE_NOT_LISTENING };

void
pl_engine_tell_refusal (PlEngine *engine)
{
  g_autoptr (PlTrouble) trouble = NULL;

  if (pl_refusal_is_set (engine->refusal))
    trouble = pl_refusal_new_trouble (engine->refusal);
  if (trouble != NULL && is_open (engine))
    pl_trouble_set_harmless (trouble);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      gboolean is_it = trouble != NULL && pl_trouble_get_kind (trouble) == refusals[i];
      pl_troubles_set (engine->troubles, refusals[i], is_it ? g_object_ref (trouble) : NULL);
    }
}

void
pl_engine_owner_known_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_engine_tell_refusal (engine);
  pl_engine_update_state (engine);
}

/* Records and logs */

static gboolean
note_strangers (PlEngine *engine, GPtrArray *records)
{
  const PlConfig *config = pl_runner_get_config (engine->runner);
  PlTurnedAwayList batch;

  if (!pl_strangers_gather (records, config != NULL ? config->home : NULL, &batch))
    return FALSE;
  pl_models_turn_away (engine->models, &batch);
  return TRUE;
}

void
pl_engine_records_cb (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
  PlEngine *engine = user_data;
  const PlConfig *config = pl_runner_get_config (engine->runner);
  gboolean has_strangers = note_strangers (engine, records);
  gboolean has_guesses, has_arrivals;

  pl_access_log_add (engine->access_log, records, n_dropped);
  has_guesses = pl_engine_note_logins (engine, records);
  has_arrivals = pl_models_add (engine->models, records, n_dropped);
  pl_models_watch_phone (engine->models, records, config != NULL ? config->home : NULL);
  if (has_arrivals || has_strangers || has_guesses)
    pl_engine_update_state (engine);
}

void
pl_engine_turned_away_cb (const PlTurnedAwayList *batch, gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_models_turn_away (engine->models, batch);
  pl_engine_update_state (engine);
}

void
pl_engine_access_log_cb (const char *message, gboolean is_over, gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_troubles_set (engine->troubles, PL_TROUBLE_NO_ACCESS_LOG,
                   is_over ? NULL : pl_diagnosis_new_access_log (message));
  pl_engine_update_state (engine);
}

/* Watching */

static gboolean
watch_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_engine_update_upstreams (engine);
  pl_engine_update_state (engine);
  pl_firewall_watch_look (engine->firewall, pl_engine_get_port (engine));
  return G_SOURCE_CONTINUE;
}

void
pl_engine_watch (PlEngine *engine)
{
  if (engine->n_watching++ > 0)
    return;
  engine->watch_timer = g_timeout_add_seconds (REFRESH_S, watch_cb, engine);
  watch_cb (engine);
}

void
pl_engine_unwatch (PlEngine *engine)
{
  g_return_if_fail (engine->n_watching > 0);

  if (--engine->n_watching == 0)
    g_clear_handle_id (&engine->watch_timer, g_source_remove);
}

void
pl_engine_watch_heads (PlEngine *engine)
{
  if (engine->n_watching_heads++ == 0)
    pl_runner_set_capture (engine->runner, TRUE);
}

void
pl_engine_unwatch_heads (PlEngine *engine)
{
  g_return_if_fail (engine->n_watching_heads > 0);

  if (--engine->n_watching_heads == 0)
    pl_runner_set_capture (engine->runner, FALSE);
}
