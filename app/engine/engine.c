/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The object: its properties, and how its parts come and go. */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"
#include "app/settings/location.h"

enum
{
  SETTINGS_CHANGED,
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

PlTrouble *
pl_engine_get_trouble (PlEngine *engine)
{
  return engine->trouble;
}

PlTrouble *
pl_engine_find_trouble (PlEngine *engine, PlTroubleKind kind)
{
  return engine->troubles[kind];
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
  if (engine->troubles[PL_TROUBLE_NOT_SAVED] != NULL)
    pl_engine_save (engine);
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
      pl_engine_restore (engine);
      break;
    case PL_REMEDY_CHOOSE_PORT:
    case PL_REMEDY_OPEN_SETTINGS:
    case PL_REMEDY_CHANGE_IMMICH:
      break; /* the window's */
    }
}

PlExposure
pl_engine_get_exposure (PlEngine *engine)
{
  return (PlExposure) pl_settings_get_choice (engine->settings, "listen", "exposure");
}

gboolean
pl_engine_get_paused (PlEngine *engine)
{
  return engine->is_paused;
}

gboolean
pl_engine_get_demo (PlEngine *engine)
{
  return pl_settings_get_switch (engine->settings, "window", "demo");
}

const char *const *
pl_engine_get_addresses (PlEngine *engine)
{
  return (const char *const *) engine->addresses;
}

const char *
pl_engine_get_local_url (PlEngine *engine)
{
  return engine->local_url;
}

guint16
pl_engine_get_port (PlEngine *engine)
{
  return (guint16) pl_settings_get_number (engine->settings, "listen", "port");
}

gboolean
pl_engine_is_first_start (PlEngine *engine)
{
  return engine->is_first_start;
}

const PlSettings *
pl_engine_get_settings (PlEngine *engine)
{
  return engine->settings;
}

const char *
pl_engine_get_settings_path (PlEngine *engine)
{
  return engine->path;
}

PlRequestLog *
pl_engine_get_log (PlEngine *engine)
{
  return engine->log;
}

PlTraffic *
pl_engine_get_traffic (PlEngine *engine)
{
  return engine->traffic;
}

PlTransferList *
pl_engine_get_transfers (PlEngine *engine)
{
  return engine->transfers;
}

PlDeviceList *
pl_engine_get_devices (PlEngine *engine)
{
  return engine->devices;
}

PlUpstreamList *
pl_engine_get_upstreams (PlEngine *engine)
{
  return engine->upstreams;
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
    case PL_ENGINE_EXPOSURE:
      g_value_set_uint (value, pl_engine_get_exposure (engine));
      break;
    case PL_ENGINE_PAUSED:
      g_value_set_boolean (value, engine->is_paused);
      break;
    case PL_ENGINE_DEMO:
      g_value_set_boolean (value, pl_engine_get_demo (engine));
      break;
    case PL_ENGINE_ADDRESSES:
      g_value_set_boxed (value, engine->addresses);
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
device_arrived_cb (PlDeviceList *devices,
                   PlDeviceItem *device,
                   gboolean is_other,
                   gboolean is_new,
                   PlEngine *engine)
{
  engine->has_arrivals = TRUE;
  engine->has_new_devices |= is_new;
}

static void
access_log_cb (const char *message, gboolean is_over, gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_engine_set_trouble (engine, PL_TROUBLE_NO_ACCESS_LOG,
                         is_over ? NULL : pl_diagnosis_of_access_log (message));
  pl_engine_update_state (engine);
}

static void
stop_timers (PlEngine *engine)
{
  g_clear_handle_id (&engine->network_timer, g_source_remove);
  g_clear_handle_id (&engine->watch_timer, g_source_remove);
  g_clear_handle_id (&engine->upstreams_idle, g_source_remove);
}

/* The proxies go before what their last records need, the demo after them. */
static void
pl_engine_dispose (GObject *object)
{
  PlEngine *engine = PL_ENGINE (object);

  engine->is_started = FALSE;
  pl_engine_end_running (engine);
  g_clear_pointer (&engine->demo, pl_demo_free);
  pl_engine_stop_reading (engine);
  stop_timers (engine);
  g_signal_handlers_disconnect_by_data (engine->devices, engine);
  g_signal_handlers_disconnect_by_data (engine->upstreams, engine);
  G_OBJECT_CLASS (pl_engine_parent_class)->dispose (object);
}

static void
pl_engine_finalize (GObject *object)
{
  PlEngine *engine = PL_ENGINE (object);

  g_clear_object (&engine->network);
  pl_engine_end_writing (engine);
  g_clear_pointer (&engine->access_log, pl_access_keeper_free);
  g_clear_pointer (&engine->progress, pl_progress_free);
  g_clear_pointer (&engine->config, pl_config_unref);
  g_clear_pointer (&engine->settings, pl_settings_free);
  g_clear_error (&engine->listen_error);
  for (guint kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    g_clear_object (&engine->troubles[kind]);
  g_clear_object (&engine->trouble);
  g_clear_object (&engine->log);
  g_clear_object (&engine->traffic);
  g_clear_object (&engine->transfers);
  g_clear_object (&engine->devices);
  g_clear_object (&engine->upstreams);
  g_clear_pointer (&engine->versions, pl_versions_free);
  g_free (engine->path);
  g_free (engine->known_data);
  g_free (engine->state_words);
  g_free (engine->detail_words);
  g_free (engine->local_url);
  g_strfreev (engine->addresses);
  G_OBJECT_CLASS (pl_engine_parent_class)->finalize (object);
}

PlEngine *
pl_engine_new (const char *settings_path)
{
  PlEngine *engine = g_object_new (PL_TYPE_ENGINE, NULL);

  engine->path = settings_path != NULL ? g_strdup (settings_path) : pl_location_find ();
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
}

static void
pl_engine_init (PlEngine *engine)
{
  engine->settings = pl_settings_new ();
  engine->log = pl_request_log_new (pl_settings_get_number (engine->settings, "log", "keep"));
  engine->traffic = pl_traffic_new ();
  engine->transfers = pl_transfer_list_new ();
  engine->devices = pl_device_list_new ();
  engine->upstreams = pl_upstream_list_new ();
  engine->versions = pl_versions_new ();
  engine->progress = pl_progress_new ();
  engine->access_log = pl_access_keeper_new (access_log_cb, engine);
  engine->addresses = g_new0 (char *, 1);
  engine->state_words = g_strdup ("");
  engine->detail_words = g_strdup ("");
  pl_engine_init_running (engine);
  g_signal_connect (engine->devices, "device-arrived", G_CALLBACK (device_arrived_cb), engine);
  g_signal_connect_swapped (engine->upstreams, "health-changed", G_CALLBACK (pl_engine_note_health),
                            engine);
}
