/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the relay tells, on its way to the models. */

#include "app/engine/engine_private.h"

#include "app/engine/diagnosis.h"

/* A response time that is a little old is no worse than one that flickers. */
#define REFRESH_S 5

/* Records */

/* Once for all of them: a scanner on the internet may be hundreds of devices in a batch. */
static void
note_arrivals (PlEngine *engine)
{
  if (engine->has_new_devices)
    pl_engine_save_devices (engine);
  if (engine->has_arrivals)
    pl_engine_update_state (engine);
  engine->has_new_devices = FALSE;
  engine->has_arrivals = FALSE;
}

void
pl_engine_take_records (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
  PlEngine *engine = user_data;
  PlTrafficSecond sum = { 0 };

  pl_access_keeper_add (engine->access_log, records, n_dropped);
  pl_request_log_add (engine->log, records, n_dropped);
  pl_transfer_list_add (engine->transfers, records, n_dropped);
  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = records->pdata[i];
      PlProgressStep step = pl_progress_add (engine->progress, record);
      sum.requests += step.is_first;
      sum.up_bytes += step.up_bytes;
      sum.down_bytes += step.down_bytes;
      pl_device_list_note (engine->devices, record, step.up_bytes, step.down_bytes);
    }
  pl_traffic_count (engine->traffic, sum.requests, sum.up_bytes, sum.down_bytes);
  pl_device_list_tell (engine->devices);
  note_arrivals (engine);
}

/* Immich */

static void
add_status (const PlEndpointStatus *status, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, *status);
}

/* Where nothing runs nothing is asked, either. */
static void
add_unknown (GArray *statuses, const PlConfig *config)
{
  for (guint i = 0; i < config->n_upstreams; i++)
    for (guint k = 0; k < config->upstreams[i].n_endpoints; k++)
      {
        PlEndpointStatus status = {
          .upstream = config->upstreams[i].name,
          .endpoint = config->upstreams[i].endpoints[k].label,
          .health = PL_HEALTH_UNKNOWN,
          .response_us = -1,
        };
        g_array_append_val (statuses, status);
      }
}

void
pl_engine_note_health (PlEngine *engine)
{
  PlUpstreamItem *dead = pl_upstream_list_find_dead (engine->upstreams);

  pl_engine_set_trouble (engine, PL_TROUBLE_IMMICH_DOWN,
                         dead != NULL ? pl_diagnosis_of_upstream (dead) : NULL);
}

void
pl_engine_update_upstreams (PlEngine *engine)
{
  g_autoptr (GArray) statuses = g_array_new (FALSE, FALSE, sizeof (PlEndpointStatus));

  if (engine->is_listening)
    pl_proxy_foreach_endpoint (engine->proxy, add_status, statuses);
  else if (engine->config != NULL)
    add_unknown (statuses, engine->config);
  pl_upstream_list_set (engine->upstreams, (const PlEndpointStatus *) (void *) statuses->data,
                        statuses->len);
  pl_versions_refresh (engine->versions, engine->upstreams);
  pl_engine_note_health (engine);
}

static gboolean
upstreams_idle_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  engine->upstreams_idle = 0;
  pl_engine_update_upstreams (engine);
  pl_engine_update_state (engine);
  return G_SOURCE_REMOVE;
}

/* Not at once: whoever is told may want to change the settings, which must not happen in here. */
void
pl_engine_take_status (const PlEndpointStatus *status, gpointer user_data)
{
  PlEngine *engine = user_data;

  if (engine->upstreams_idle == 0)
    engine->upstreams_idle = g_idle_add (upstreams_idle_cb, engine);
}

static gboolean
watch_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  pl_engine_update_upstreams (engine);
  pl_engine_update_state (engine);
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

static void
capture (PlEngine *engine, gboolean is_wanted)
{
  if (engine->proxy != NULL)
    pl_proxy_set_capture (engine->proxy, is_wanted);
}

void
pl_engine_watch_heads (PlEngine *engine)
{
  if (engine->n_watching_heads++ == 0)
    capture (engine, TRUE);
}

void
pl_engine_unwatch_heads (PlEngine *engine)
{
  g_return_if_fail (engine->n_watching_heads > 0);

  if (--engine->n_watching_heads == 0)
    capture (engine, FALSE);
}
