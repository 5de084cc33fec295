/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what is so to what is told: nothing here changes what runs, but that an address which has
 * come is tried again. */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"
#include "app/engine/port_advice.h"
#include "app/engine/reachable.h"
#include "app/i18n.h"

/* A network comes up in many steps; the last one counts. */
#define NETWORK_SETTLE_MS 400

/* Troubles */

/* One that is known already stays, so that nobody is told of it again. */
void
pl_engine_set_trouble (PlEngine *engine, PlTroubleKind kind, PlTrouble *trouble)
{
  g_autoptr (PlTrouble) now = trouble;
  PlTrouble *known = engine->troubles[kind];

  if (known == NULL || now == NULL || !pl_trouble_is_same (known, now))
    g_set_object (&engine->troubles[kind], now);
}

static PlTrouble *
find_gravest (PlEngine *engine)
{
  for (guint kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    if (engine->troubles[kind] != NULL)
      return engine->troubles[kind];
  return NULL;
}

static gboolean
has_fault (PlEngine *engine)
{
  for (guint kind = 0; kind < PL_TROUBLE_COUNT; kind++)
    if (engine->troubles[kind] != NULL && pl_trouble_is_fault (engine->troubles[kind]))
      return TRUE;
  return FALSE;
}

static void
set_refusal (PlEngine *engine, const char *owner)
{
  PlTrouble *trouble
      = pl_diagnosis_of_listening (engine->listen_error, engine->refused_port, owner);

  if (engine->is_listening)
    pl_trouble_set_harmless (trouble);
  pl_engine_set_trouble (engine, pl_trouble_get_kind (trouble), trouble);
}

static void
owner_task_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, pl_port_dup_owner_words ((guint16) GPOINTER_TO_UINT (data)), g_free);
}

static void
owner_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlEngine *engine = PL_ENGINE (source);
  guint16 port = (guint16) GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result)));
  g_autofree char *owner = g_task_propagate_pointer (G_TASK (result), NULL);

  if (engine->troubles[PL_TROUBLE_PORT_TAKEN] == NULL || engine->refused_port != port)
    return;
  set_refusal (engine, owner);
  pl_engine_update_state (engine);
}

void
pl_engine_clear_refusal (PlEngine *engine)
{
  g_clear_error (&engine->listen_error);
  pl_engine_set_trouble (engine, PL_TROUBLE_PORT_TAKEN, NULL);
  pl_engine_set_trouble (engine, PL_TROUBLE_PORT_FORBIDDEN, NULL);
  pl_engine_set_trouble (engine, PL_TROUBLE_NOT_LISTENING, NULL);
}

void
pl_engine_refuse (PlEngine *engine, const PlConfig *config, const GError *error)
{
  pl_engine_clear_refusal (engine);
  engine->listen_error = g_error_copy (error);
  engine->refused_port = config->port;
  set_refusal (engine, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_autoptr (GTask) task = g_task_new (engine, NULL, owner_found_cb, NULL);
      g_task_set_task_data (task, GUINT_TO_POINTER (config->port), NULL);
      g_task_run_in_thread (task, owner_task_cb);
    }
}

/* Addresses */

static void
set_local_url (PlEngine *engine, const char *listening)
{
  g_autofree char *url = listening != NULL
                             ? g_strdup (listening)
                             : g_strdup_printf ("http://127.0.0.1:%u", pl_engine_get_port (engine));

  if (g_strcmp0 (url, engine->local_url) == 0)
    return;
  g_free (engine->local_url);
  engine->local_url = g_steal_pointer (&url);
}

static void
update_addresses (PlEngine *engine)
{
  g_autoptr (GArray) own = pl_reachable_dup_own ();
  g_auto (GStrv) listening
      = engine->is_listening ? pl_proxy_dup_addresses (engine->proxy) : g_new0 (char *, 1);
  PlExposure exposure = pl_engine_get_exposure (engine);
  gboolean is_open = exposure != PL_EXPOSURE_COMPUTER;
  g_auto (GStrv) urls = pl_reachable_dup_urls ((const char *const *) listening, exposure);
  g_auto (GStrv) others
      = is_open ? pl_reachable_dup_others ((const char *const *) urls) : g_new0 (char *, 1);

  pl_device_list_set_own (engine->devices, (const PlAddress *) (void *) own->data, own->len);
  set_local_url (engine, urls[0]);
  pl_engine_set_trouble (
      engine, PL_TROUBLE_NO_NETWORK,
      engine->is_listening && is_open && others[0] == NULL ? pl_diagnosis_of_network () : NULL);
  if (g_strv_equal ((const char *const *) engine->addresses, (const char *const *) others))
    return;
  g_strfreev (engine->addresses);
  engine->addresses = g_steal_pointer (&others);
  pl_engine_notify (engine, PL_ENGINE_ADDRESSES);
}

/* Words */

static PlLamp
get_lamp (PlEngine *engine)
{
  static const PlLamp lamps[] = {
    [PL_EXPOSURE_COMPUTER] = PL_LAMP_COMPUTER,
    [PL_EXPOSURE_NETWORK] = PL_LAMP_NETWORK,
    [PL_EXPOSURE_INTERNET] = PL_LAMP_INTERNET,
  };

  if (has_fault (engine))
    return PL_LAMP_FAULT;
  return engine->is_started && !engine->is_paused ? lamps[pl_engine_get_exposure (engine)]
                                                  : PL_LAMP_PAUSED;
}

static const char *
get_fault_words (PlEngine *engine)
{
  if (pl_trouble_get_kind (find_gravest (engine)) == PL_TROUBLE_NO_NETWORK)
    return _ ("Other devices cannot reach your photos now");
  return _ ("Your photos cannot be reached");
}

static const char *
get_state_words (PlEngine *engine)
{
  switch (engine->lamp)
    {
    case PL_LAMP_PAUSED:
      return _ ("Paused: nobody can open your photos");
    case PL_LAMP_COMPUTER:
      return _ ("Your photos can be opened on this computer");
    case PL_LAMP_NETWORK:
      return _ ("Your photos can be reached from your network");
    case PL_LAMP_INTERNET:
      return _ ("Your photos can be reached from the internet");
    case PL_LAMP_FAULT:
      return get_fault_words (engine);
    }
  g_return_val_if_reached ("");
}

static gint64
get_midnight_us (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                               g_date_time_get_day_of_month (now), 0, 0, 0);

  return midnight != NULL ? g_date_time_to_unix (midnight) * G_USEC_PER_SEC : 0;
}

static char *
dup_devices_words (PlEngine *engine)
{
  guint n = pl_device_list_get_n_others_since (engine->devices, get_midnight_us ());

  if (n == 0)
    return g_strdup (_ ("All well; no other device was here today"));
  return g_strdup_printf (ngettext ("%u device today, all well", "%u devices today, all well", n),
                          n);
}

static char *
dup_detail_words (PlEngine *engine)
{
  PlTrouble *trouble = find_gravest (engine);

  if (trouble != NULL)
    return g_strdup (pl_trouble_get_words (trouble));
  if (engine->lamp == PL_LAMP_PAUSED)
    return g_strdup (engine->is_paused ? _ ("Your settings stay as they are") : "");
  if (pl_engine_get_demo (engine))
    return g_strdup (_ ("The built-in demo stands in for your Immich"));
  return dup_devices_words (engine);
}

static void
update_text (PlEngine *engine, char **text, char *now, PlEngineProperty property)
{
  if (g_strcmp0 (*text, now) == 0)
    {
      g_free (now);
      return;
    }
  g_free (*text);
  *text = now;
  pl_engine_notify (engine, property);
}

void
pl_engine_update_state (PlEngine *engine)
{
  g_object_freeze_notify (G_OBJECT (engine));
  update_addresses (engine);

  PlLamp lamp = get_lamp (engine);
  if (lamp != engine->lamp)
    {
      engine->lamp = lamp;
      pl_engine_notify (engine, PL_ENGINE_LAMP);
    }
  if (g_set_object (&engine->trouble, find_gravest (engine)))
    pl_engine_notify (engine, PL_ENGINE_TROUBLE);
  update_text (engine, &engine->state_words, g_strdup (get_state_words (engine)),
               PL_ENGINE_STATE_WORDS);
  update_text (engine, &engine->detail_words, dup_detail_words (engine), PL_ENGINE_DETAIL_WORDS);
  g_object_thaw_notify (G_OBJECT (engine));
}

/* The network */

static gboolean
network_settled_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  engine->network_timer = 0;
  if (engine->listen_error != NULL && !engine->is_listening)
    pl_engine_rerun (engine);
  else
    pl_engine_update_state (engine);
  return G_SOURCE_REMOVE;
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean is_available, PlEngine *engine)
{
  g_clear_handle_id (&engine->network_timer, g_source_remove);
  engine->network_timer = g_timeout_add (NETWORK_SETTLE_MS, network_settled_cb, engine);
}

void
pl_engine_listen_to_network (PlEngine *engine)
{
  engine->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (engine->network, "network-changed", G_CALLBACK (network_changed_cb),
                           engine, 0);
}
