/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The object: its properties, and how its parts come and go. */

#include "app/engine/engine_private.h"

#include "app/engine/two_addresses.h"
#include "app/settings/location.h"

enum
{
  SETTINGS_CHANGED,
  WAITING_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[PL_ENGINE_N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlEngine, pl_engine, G_TYPE_OBJECT)

void
pl_engine_notify (PlEngine *engine, PlEngineProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (engine), properties[property]);
}

void
pl_engine_emit_settings_changed (PlEngine *engine)
{
  g_signal_emit (engine, signals[SETTINGS_CHANGED], 0);
}

void
pl_engine_emit_waiting_changed (PlEngine *engine)
{
  g_signal_emit (engine, signals[WAITING_CHANGED], 0);
}

/* State */

PlLamp
pl_engine_get_lamp (PlEngine *engine)
{
  return engine->lamp;
}

const char *
pl_engine_get_state_words (PlEngine *engine)
{
  return engine->state_words;
}

const char *
pl_engine_get_detail_words (PlEngine *engine)
{
  return engine->detail_words;
}

gboolean
pl_engine_tells_of_guessers (PlEngine *engine)
{
  return engine->tells_of_guessers;
}

const char *
pl_engine_get_turned_away_words (PlEngine *engine)
{
  return engine->turned_away_words;
}

const char *
pl_engine_get_firewall_words (PlEngine *engine)
{
  return engine->firewall_words;
}

char *
pl_engine_dup_firewall_commands (PlEngine *engine)
{
  return pl_firewall_watch_dup_commands (engine->firewall, pl_engine_get_exposure (engine));
}

PlTrouble *
pl_engine_get_trouble (PlEngine *engine)
{
  return engine->trouble;
}

PlTrouble *
pl_engine_find_trouble (PlEngine *engine, PlTroubleKind kind)
{
  return pl_troubles_get (engine->troubles, kind);
}

gboolean
pl_engine_get_paused (PlEngine *engine)
{
  return pl_runner_get_state (engine->runner) == PL_RUN_PAUSED;
}

gboolean
pl_engine_get_demo (PlEngine *engine)
{
  return pl_engine_is_demo_wanted (pl_engine_get_settings (engine));
}

const char *const *
pl_engine_get_addresses (PlEngine *engine)
{
  return pl_doorplate_get_others (engine->doorplate);
}

PlLocalNameState
pl_engine_get_name_state (PlEngine *engine)
{
  return pl_home_name_get_state (engine->name);
}

char *
pl_engine_dup_name_words (PlEngine *engine)
{
  return pl_home_name_dup_words (engine->name);
}

const char *
pl_engine_get_home_address (PlEngine *engine)
{
  return pl_two_addresses_get_home (pl_engine_get_addresses (engine));
}

const char *
pl_engine_get_outside_address (PlEngine *engine)
{
  return pl_two_addresses_get_outside (pl_engine_get_addresses (engine),
                                       pl_engine_get_exposure (engine),
                                       pl_engine_get_world (engine));
}

const char *
pl_engine_get_local_url (PlEngine *engine)
{
  return pl_doorplate_get_local_url (engine->doorplate);
}

guint16
pl_engine_get_port (PlEngine *engine)
{
  return (guint16) pl_settings_get_number (pl_engine_get_settings (engine), "listen", "port");
}

gboolean
pl_engine_is_first_start (PlEngine *engine)
{
  return pl_settings_keeper_get_state (engine->keeper) == PL_KEPT_FIRST;
}

const PlSettings *
pl_engine_get_settings (PlEngine *engine)
{
  return pl_settings_keeper_get (engine->keeper);
}

const char *
pl_engine_get_settings_path (PlEngine *engine)
{
  return pl_settings_keeper_get_path (engine->keeper);
}

PlRequestLog *
pl_engine_get_log (PlEngine *engine)
{
  return pl_models_get_log (engine->models);
}

PlTraffic *
pl_engine_get_traffic (PlEngine *engine)
{
  return pl_models_get_traffic (engine->models);
}

PlTransferList *
pl_engine_get_transfers (PlEngine *engine)
{
  return pl_models_get_transfers (engine->models);
}

PlDeviceList *
pl_engine_get_devices (PlEngine *engine)
{
  return pl_models_get_devices (engine->models);
}

PlUpstreamList *
pl_engine_get_upstreams (PlEngine *engine)
{
  return pl_models_get_upstreams (engine->models);
}

PlPhoneWatch *
pl_engine_get_phone_watch (PlEngine *engine)
{
  return pl_models_get_phone_watch (engine->models);
}

/* The object */

static void
pl_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlEngine *engine = PL_ENGINE (object);

  switch ((PlEngineProperty) id)
    {
    case PL_ENGINE_LAMP:
      g_value_set_enum (value, (gint) engine->lamp);
      break;
    case PL_ENGINE_STATE_WORDS:
      g_value_set_string (value, engine->state_words);
      break;
    case PL_ENGINE_DETAIL_WORDS:
      g_value_set_string (value, engine->detail_words);
      break;
    case PL_ENGINE_OPEN_WORDS:
      g_value_set_string (value, engine->open_words);
      break;
    case PL_ENGINE_TURNED_AWAY_WORDS:
      g_value_set_string (value, engine->turned_away_words);
      break;
    case PL_ENGINE_FIREWALL_WORDS:
      g_value_set_string (value, engine->firewall_words);
      break;
    case PL_ENGINE_ENCRYPTION_WORDS:
      g_value_set_string (value, engine->encryption_words);
      break;
    case PL_ENGINE_ACME_WORDS:
      g_value_set_string (value, engine->acme_words);
      break;
    case PL_ENGINE_REACH_WORDS:
      g_value_set_boxed (value, engine->reach_words);
      break;
    case PL_ENGINE_EXPOSURE:
      g_value_set_uint (value, pl_engine_get_exposure (engine));
      break;
    case PL_ENGINE_PAUSED:
      g_value_set_boolean (value, pl_engine_get_paused (engine));
      break;
    case PL_ENGINE_DEMO:
      g_value_set_boolean (value, pl_engine_get_demo (engine));
      break;
    case PL_ENGINE_ADDRESSES:
      g_value_set_boxed (value, pl_engine_get_addresses (engine));
      break;
    case PL_ENGINE_TROUBLE:
      g_value_set_object (value, engine->trouble);
      break;
    case PL_ENGINE_N_PROPERTIES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
pl_engine_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlEngine *engine = PL_ENGINE (object);

  if (id == PL_ENGINE_EXPOSURE)
    pl_engine_set_exposure (engine, (PlExposure) g_value_get_uint (value));
  else if (id == PL_ENGINE_PAUSED)
    pl_engine_set_paused (engine, g_value_get_boolean (value));
  else if (id == PL_ENGINE_DEMO)
    pl_engine_set_demo (engine, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stop_timers (PlEngine *engine)
{
  g_clear_handle_id (&engine->watch_timer, g_source_remove);
  g_clear_handle_id (&engine->status_idle, g_source_remove);
  g_clear_handle_id (&engine->guessing_timer, g_source_remove);
  g_clear_handle_id (&engine->stop_timer, g_source_remove);
}

/* The last records come while the runner stops, so that everything else must still be there. */
static void
pl_engine_dispose (GObject *object)
{
  PlEngine *engine = PL_ENGINE (object);

  pl_runner_stop (engine->runner);
  pl_demo_host_set_wanted (engine->demo, FALSE);
  pl_settings_keeper_stop (engine->keeper);
  pl_refusal_clear (engine->refusal);
  pl_lookout_set (engine->lookout, PL_LOOKOUT_NOT_WELL, NULL, NULL);
  stop_timers (engine);
  g_signal_handlers_disconnect_by_data (pl_engine_get_upstreams (engine), engine);
  g_signal_handlers_disconnect_by_data (engine->certificates, engine);
  g_signal_handlers_disconnect_by_data (engine->renewer, engine);
  pl_acme_renewer_want (engine->renewer, NULL, NULL);
  G_OBJECT_CLASS (pl_engine_parent_class)->dispose (object);
}

static void
pl_engine_finalize (GObject *object)
{
  PlEngine *engine = PL_ENGINE (object);

  pl_doorplate_free (engine->doorplate);
  pl_home_name_free (engine->name);
  pl_settings_keeper_free (engine->keeper);
  pl_opening_keeper_free (engine->opening);
  pl_access_log_free (engine->access_log);
  pl_runner_free (engine->runner);
  g_object_unref (engine->certificates);
  g_object_unref (engine->renewer);
  pl_demo_host_free (engine->demo);
  pl_lookout_free (engine->lookout);
  pl_models_free (engine->models);
  pl_firewall_watch_free (engine->firewall);
  pl_refusal_free (engine->refusal);
  pl_troubles_free (engine->troubles);
  g_clear_object (&engine->trouble);
  g_free (engine->state_words);
  g_free (engine->detail_words);
  g_free (engine->open_words);
  g_free (engine->turned_away_words);
  g_free (engine->firewall_words);
  g_free (engine->encryption_words);
  g_free (engine->acme_words);
  for (PlReachStep step = 0; step < PL_REACH_N_STEPS; step++)
    g_free (engine->reach_words[step]);
  G_OBJECT_CLASS (pl_engine_parent_class)->finalize (object);
}

PlEngine *
pl_engine_new (const char *settings_path)
{
  PlEngine *engine = g_object_new (PL_TYPE_ENGINE, NULL);
  g_autofree char *path
      = settings_path != NULL ? g_strdup (settings_path) : pl_location_dup_settings_path ();

  engine->keeper = pl_settings_keeper_new (path, &pl_engine_keeper_funcs, engine);
  engine->opening = pl_opening_keeper_new (path, &pl_opening_clock, pl_engine_opening_cb, engine);
  return engine;
}

static void
install_properties (GObjectClass *class)
{
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PL_ENGINE_LAMP]
      = g_param_spec_enum ("lamp", NULL, NULL, PL_TYPE_LAMP, PL_LAMP_PAUSED, read);
  properties[PL_ENGINE_STATE_WORDS] = g_param_spec_string ("state-words", NULL, NULL, NULL, read);
  properties[PL_ENGINE_DETAIL_WORDS] = g_param_spec_string ("detail-words", NULL, NULL, NULL, read);
  properties[PL_ENGINE_OPEN_WORDS] = g_param_spec_string ("open-words", NULL, NULL, NULL, read);
  properties[PL_ENGINE_TURNED_AWAY_WORDS]
      = g_param_spec_string ("turned-away-words", NULL, NULL, NULL, read);
  properties[PL_ENGINE_FIREWALL_WORDS]
      = g_param_spec_string ("firewall-words", NULL, NULL, NULL, read);
  properties[PL_ENGINE_ENCRYPTION_WORDS]
      = g_param_spec_string ("encryption-words", NULL, NULL, NULL, read);
  properties[PL_ENGINE_ACME_WORDS] = g_param_spec_string ("acme-words", NULL, NULL, NULL, read);
  properties[PL_ENGINE_REACH_WORDS]
      = g_param_spec_boxed ("reach-words", NULL, NULL, G_TYPE_STRV, read);
  properties[PL_ENGINE_EXPOSURE]
      = g_param_spec_uint ("exposure", NULL, NULL, PL_EXPOSURE_COMPUTER, PL_EXPOSURE_INTERNET,
                           PL_EXPOSURE_COMPUTER, write);
  properties[PL_ENGINE_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, write);
  properties[PL_ENGINE_DEMO] = g_param_spec_boolean ("demo", NULL, NULL, FALSE, write);
  properties[PL_ENGINE_ADDRESSES] = g_param_spec_boxed ("addresses", NULL, NULL, G_TYPE_STRV, read);
  properties[PL_ENGINE_TROUBLE]
      = g_param_spec_object ("trouble", NULL, NULL, PL_TYPE_TROUBLE, read);
  g_object_class_install_properties (class, PL_ENGINE_N_PROPERTIES, properties);
}

static void
pl_engine_class_init (PlEngineClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = pl_engine_get_property;
  object_class->set_property = pl_engine_set_property;
  object_class->dispose = pl_engine_dispose;
  object_class->finalize = pl_engine_finalize;
  install_properties (object_class);
  signals[SETTINGS_CHANGED] = g_signal_new ("settings-changed", PL_TYPE_ENGINE, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WAITING_CHANGED] = g_signal_new ("waiting-changed", PL_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pl_engine_init (PlEngine *engine)
{
  g_autoptr (PlSettings) initial = pl_settings_new ();

  engine->runner
      = pl_runner_new (pl_engine_records_cb, pl_engine_status_cb, pl_engine_turned_away_cb, engine);
  engine->certificates = pl_certificate_keeper_new ();
  g_signal_connect (engine->certificates, "changed", G_CALLBACK (pl_engine_certificates_changed_cb),
                    engine);
  engine->renewer = pl_engine_new_renewer (engine);
  engine->demo = pl_demo_host_new (pl_engine_demo_started_cb, engine);
  engine->models = pl_models_new (pl_settings_get_number (initial, "log", "keep"));
  engine->lookout = pl_lookout_new (pl_engine_judged_cb, engine);
  engine->doorplate = pl_doorplate_new (pl_engine_network_changed_cb, engine);
  engine->name = pl_home_name_new (pl_engine_name_changed_cb, engine);
  engine->access_log = pl_access_log_new (pl_engine_access_log_cb, engine);
  engine->firewall = pl_firewall_watch_new (pl_engine_firewall_changed_cb, engine);
  engine->refusal = pl_refusal_new (pl_engine_owner_known_cb, engine);
  engine->troubles = pl_troubles_new ();
  engine->state_words = g_strdup ("");
  engine->detail_words = g_strdup ("");
  engine->encryption_words = g_strdup ("");
  for (PlReachStep step = 0; step < PL_REACH_N_STEPS; step++)
    engine->reach_words[step] = g_strdup ("");
  g_signal_connect_swapped (pl_engine_get_upstreams (engine), "health-changed",
                            G_CALLBACK (pl_engine_note_health), engine);
}
