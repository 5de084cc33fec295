/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/runner.h"

#include "app/engine/refusal.h"

/* How long what was under way when a pause began may go on. A long video over a slow line. */
#define PAUSE_DRAIN_MS (3600 * 1000)

/**
 * PlRunner:
 * @config: (nullable): what runs, or is to
 * @home: the networks that are home; what runs is @config with them
 * @proxy: (nullable): there is none before the first start of one, nor in a pause
 * @retired: (element-type Retired): those in which something is still under way
 * @on_ended: (nullable): who waits for the end
 */
struct _PlRunner
{
  PlRunState state;
  PlConfig *config;
  PlTrust *home;
  PlProxy *proxy;
  GPtrArray *retired;
  gboolean captures;
  PlRecordsFunc on_records;
  PlEndpointStatusFunc on_status;
  PlTurnedAwayFunc on_turned_away;
  gpointer user_data;
  GSourceOnceFunc on_ended;
  gpointer ended_data;
};

/* Those that let nobody in any more */

typedef struct
{
  PlRunner *runner;
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
tell_if_ended (PlRunner *runner)
{
  GSourceOnceFunc on_ended = runner->on_ended;

  if (on_ended == NULL || runner->retired->len > 0)
    return;
  runner->on_ended = NULL;
  on_ended (runner->ended_data);
}

static void
drained_cb (gpointer user_data)
{
  Retired *retired = user_data;
  PlRunner *runner = retired->runner;

  g_ptr_array_remove_fast (runner->retired, retired);
  tell_if_ended (runner);
}

static void
retire (PlRunner *runner, guint timeout_ms)
{
  Retired *retired = g_new (Retired, 1);

  *retired = (Retired){ runner, g_steal_pointer (&runner->proxy) };
  g_ptr_array_add (runner->retired, retired);
  pl_proxy_drain (retired->proxy, timeout_ms, drained_cb, retired);
}

/* The one that lets people in */

PlRunner *
pl_runner_new (PlRecordsFunc on_records,
               PlEndpointStatusFunc on_status,
               PlTurnedAwayFunc on_turned_away,
               gpointer user_data)
{
  PlRunner *runner = g_new0 (PlRunner, 1);

  runner->home = pl_trust_new ();
  runner->retired = g_ptr_array_new_with_free_func (retired_free);
  runner->on_records = on_records;
  runner->on_status = on_status;
  runner->on_turned_away = on_turned_away;
  runner->user_data = user_data;
  return runner;
}

/* Their last records come on the way. */
void
pl_runner_stop (PlRunner *runner)
{
  runner->state = PL_RUN_ENDED;
  g_ptr_array_set_size (runner->retired, 0);
  g_clear_pointer (&runner->proxy, pl_proxy_free);
}

void
pl_runner_free (PlRunner *runner)
{
  pl_runner_stop (runner);
  g_ptr_array_unref (runner->retired);
  pl_trust_free (runner->home);
  g_clear_pointer (&runner->config, pl_config_unref);
  g_free (runner);
}

PlRunState
pl_runner_get_state (const PlRunner *runner)
{
  return runner->state;
}

PlConfig *
pl_runner_get_config (const PlRunner *runner)
{
  return runner->config;
}

static gboolean
let_in (PlRunner *runner, PlConfig *config, GError **error)
{
  g_autoptr (PlConfig) here = pl_config_dup_with_home (config, runner->home);
  const PlConfig *before = runner->state == PL_RUN_OPEN ? runner->config : NULL;

  if (runner->proxy == NULL)
    {
      runner->proxy = pl_proxy_new (runner->on_records, runner->user_data);
      pl_proxy_set_status_func (runner->proxy, runner->on_status, runner->user_data);
      pl_proxy_set_turned_away_func (runner->proxy, runner->on_turned_away, runner->user_data);
      pl_proxy_set_capture (runner->proxy, runner->captures);
    }
  return pl_port_check (here, before, error) && pl_proxy_apply (runner->proxy, here, error);
}

/* What a pause has left under way may not be welcome any more. */
static void
turn_away (PlRunner *runner)
{
  g_autoptr (PlConfig) here = pl_config_dup_with_home (runner->config, runner->home);

  for (guint i = 0; i < runner->retired->len; i++)
    pl_proxy_turn_away (((Retired *) runner->retired->pdata[i])->proxy, here);
}

static void
set_config (PlRunner *runner, PlConfig *config)
{
  pl_config_ref (config);
  g_clear_pointer (&runner->config, pl_config_unref);
  runner->config = config;
  turn_away (runner);
}

static PlRunResult
open_door (PlRunner *runner, PlConfig *config, GError **error)
{
  if (let_in (runner, config, error))
    {
      runner->state = PL_RUN_OPEN;
      set_config (runner, config);
      return PL_RUN_TAKEN;
    }
  if (runner->state == PL_RUN_OPEN)
    return PL_RUN_KEPT;
  runner->state = PL_RUN_SHUT;
  set_config (runner, config);
  return PL_RUN_REFUSED;
}

PlRunResult
pl_runner_try (PlRunner *runner, PlConfig *config, GError **error)
{
  switch (runner->state)
    {
    case PL_RUN_PAUSED:
    case PL_RUN_ENDED:
      set_config (runner, config);
      return PL_RUN_TAKEN;
    case PL_RUN_IDLE:
    case PL_RUN_OPEN:
    case PL_RUN_SHUT:
      return open_door (runner, config, error);
    }
  g_return_val_if_reached (PL_RUN_TAKEN);
}

/* The listeners stay what they are, so that nothing can be refused. */
void
pl_runner_set_home (PlRunner *runner, const PlTrust *home)
{
  if (pl_trust_equal (runner->home, home))
    return;
  pl_trust_free (runner->home);
  runner->home = pl_trust_dup (home);
  if (runner->state == PL_RUN_OPEN)
    let_in (runner, runner->config, NULL);
  if (runner->config != NULL)
    turn_away (runner);
}

void
pl_runner_pause (PlRunner *runner)
{
  PlRunState before = runner->state;

  g_return_if_fail (before != PL_RUN_ENDED);

  runner->state = PL_RUN_PAUSED;
  if (before == PL_RUN_OPEN)
    retire (runner, PAUSE_DRAIN_MS);
}

PlRunResult
pl_runner_resume (PlRunner *runner, GError **error)
{
  g_autoptr (PlConfig) config = NULL;

  g_return_val_if_fail (runner->state == PL_RUN_PAUSED, PL_RUN_TAKEN);

  runner->state = PL_RUN_IDLE;
  if (runner->config == NULL)
    return PL_RUN_TAKEN;
  config = pl_config_ref (runner->config);
  return open_door (runner, config, error);
}

void
pl_runner_end (PlRunner *runner, guint timeout_ms, GSourceOnceFunc on_ended, gpointer user_data)
{
  PlRunState before = runner->state;

  runner->state = PL_RUN_ENDED;
  runner->on_ended = on_ended;
  runner->ended_data = user_data;
  g_ptr_array_set_size (runner->retired, 0);
  if (before == PL_RUN_OPEN)
    retire (runner, timeout_ms);
  tell_if_ended (runner);
}

GArray *
pl_runner_dup_waiting (const PlRunner *runner)
{
  return runner->proxy != NULL ? pl_proxy_dup_waiting (runner->proxy)
                               : g_array_new (FALSE, FALSE, sizeof (PlWaiting));
}

void
pl_runner_let_try_again (PlRunner *runner, const PlNetwork *network)
{
  if (runner->proxy != NULL)
    pl_proxy_let_try_again (runner->proxy, network);
}

void
pl_runner_set_capture (PlRunner *runner, gboolean captures)
{
  runner->captures = captures;
  if (runner->proxy != NULL)
    pl_proxy_set_capture (runner->proxy, captures);
}

/* What is to be seen of it */

char **
pl_runner_dup_addresses (const PlRunner *runner)
{
  return runner->state == PL_RUN_OPEN ? pl_proxy_dup_addresses (runner->proxy) : g_new0 (char *, 1);
}

static void
tell_unknown (const PlUpstreamConfig *upstream, PlEndpointStatusFunc func, gpointer user_data)
{
  for (guint i = 0; i < upstream->n_endpoints; i++)
    {
      const PlEndpointStatus status = {
        .upstream = upstream->name,
        .endpoint = upstream->endpoints[i].label,
        .health = PL_HEALTH_UNKNOWN,
        .response_us = -1,
      };
      func (&status, user_data);
    }
}

void
pl_runner_foreach_endpoint (const PlRunner *runner, PlEndpointStatusFunc func, gpointer user_data)
{
  const PlConfig *config = runner->config;

  if (runner->state == PL_RUN_OPEN)
    pl_proxy_foreach_endpoint (runner->proxy, func, user_data);
  else
    for (guint i = 0; config != NULL && i < config->n_upstreams; i++)
      tell_unknown (&config->upstreams[i], func, user_data);
}
