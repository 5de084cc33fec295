/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of Immich: its health, who is where it should be, and what is wrong with that. */

#include "app/engine/engine_private.h"

#include "app/engine/immich_troubles.h"

/* The first start */

static gboolean
has_immich (PlEngine *engine)
{
  GListModel *upstreams = G_LIST_MODEL (pl_engine_get_upstreams (engine));
  g_autoptr (PlUpstreamItem) item = g_list_model_get_item (upstreams, 0);

  if (item == NULL)
    return FALSE;
  switch (pl_upstream_item_get_health (item))
    {
    case PL_HEALTH_WELL:
    case PL_HEALTH_MAINTENANCE:
      return TRUE;
    case PL_HEALTH_UNKNOWN:
    case PL_HEALTH_LOOP:
    case PL_HEALTH_NOT_WELL:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
pl_engine_is_looking (PlEngine *engine)
{
  const PlSettings *settings = pl_engine_get_settings (engine);
  g_autofree char *urls = pl_settings_dup_text (settings, "upstream immich", "urls");

  return pl_engine_is_first_start (engine) && !pl_engine_is_demo_wanted (settings)
         && g_str_equal (urls, PL_SETTINGS_IMMICH) && !has_immich (engine);
}

/* Who is there */

static void
look_out (PlEngine *engine, const GArray *statuses)
{
  gboolean is_running = pl_runner_get_state (engine->runner) == PL_RUN_OPEN;

  pl_lookout_set (engine->lookout, PL_LOOKOUT_UNASKED,
                  is_running ? pl_runner_get_config (engine->runner) : NULL, statuses);
}

static void
note_immich (PlEngine *engine)
{
  if (pl_engine_is_looking (engine))
    pl_immich_troubles_clear (engine->troubles);
  else
    pl_immich_troubles_update (engine->troubles, pl_engine_get_upstreams (engine), engine->lookout);
}

void
pl_engine_note_health (PlEngine *engine)
{
  note_immich (engine);
  pl_engine_update_state (engine);
}

void
pl_engine_judged_cb (const char *url, const PlJudgment *judgment, gpointer user_data)
{
  pl_engine_note_health (PL_ENGINE (user_data));
}

/* Health */

static void
add_status (const PlEndpointStatus *status, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, *status);
}

void
pl_engine_update_upstreams (PlEngine *engine)
{
  g_autoptr (GArray) statuses = g_array_new (FALSE, FALSE, sizeof (PlEndpointStatus));

  pl_runner_foreach_endpoint (engine->runner, add_status, statuses);
  pl_models_set_upstreams (engine->models, pl_runner_get_config (engine->runner), statuses);
  look_out (engine, statuses);
  note_immich (engine);
}

static gboolean
status_idle_cb (gpointer user_data)
{
  PlEngine *engine = user_data;

  engine->status_idle = 0;
  pl_engine_update_upstreams (engine);
  pl_engine_update_state (engine);
  return G_SOURCE_REMOVE;
}

/* Not at once: whoever is told may want to change the settings, which must not happen in here. */
void
pl_engine_status_cb (const PlEndpointStatus *status, gpointer user_data)
{
  PlEngine *engine = user_data;

  if (engine->status_idle == 0)
    engine->status_idle = g_idle_add (status_idle_cb, engine);
}
