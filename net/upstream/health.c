/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When each endpoint is asked, and what its answers amount to. */

#include "net/upstream/health.h"

#include "net/upstream/health-check.h"
#include "net/upstream/timer.h"

/* As the phone app waits for its own ping; no check may outlast its interval. */
#define CHECK_TIMEOUT_MS (5 * 1000)

/* One failed check may be a busy moment: Immich at a big import, a lost packet. One good answer
 * is proof enough of life, so there is no such number for coming up. */
#define FAILURES_UNTIL_DOWN 2

/* A failure is looked into soon, whatever the interval: a server that is gone should be known to
 * be, and requests wait (3 s) for a server that restarts. */
#define INTERVAL_AFTER_FAILURE_MS 1000

/* What lies between the first checks of endpoints that come together, and so between their later
 * ones. */
#define STAGGER_MS 10

struct _PlHealthMonitor
{
  SoupSession *session;
  GPtrArray *endpoints; /* of Endpoint */
  PlEndpointStatusFunc changed;
  gpointer user_data;
};

/* An endpoint that is checked: while it has a path, either its timer runs or a check is under way.
 */
typedef struct
{
  PlHealthMonitor *monitor;
  char *upstream;
  PlEndpointConfig address;
  PlProof *proof; /* (nullable): of one that encrypts */
  char *path;
  guint interval_ms;

  GSource *timer;
  PlHealthCheck *check;

  PlEndpointHealth health;
  guint failures;  /* in a row */
  gint64 asked_us; /* last, monotonic */
  gint64 since_us;
  gint64 response_us;
  char *last_error;
} Endpoint;

static Endpoint *
endpoint_new (PlHealthMonitor *monitor,
              const char *upstream,
              const PlEndpointConfig *config,
              PlProof *proof)
{
  Endpoint *endpoint = g_new (Endpoint, 1);

  *endpoint = (Endpoint){
    .monitor = monitor,
    .upstream = g_strdup (upstream),
    .address = {
      .host = g_strdup (config->host),
      .port = config->port,
      .encrypts = config->encrypts,
      .label = g_strdup (config->label),
    },
    .proof = proof != NULL ? pl_proof_ref (proof) : NULL,
    .response_us = -1,
  };
  return endpoint;
}

static void
stop_asking (Endpoint *endpoint)
{
  pl_timer_stop (&endpoint->timer);
  g_clear_pointer (&endpoint->check, pl_health_check_cancel);
}

static void
endpoint_free (gpointer data)
{
  Endpoint *endpoint = data;

  stop_asking (endpoint);
  g_free (endpoint->upstream);
  g_free (endpoint->address.host);
  g_free (endpoint->address.label);
  g_clear_pointer (&endpoint->proof, pl_proof_unref);
  g_free (endpoint->path);
  g_free (endpoint->last_error);
  g_free (endpoint);
}

static PlEndpointStatus
get_status (const Endpoint *endpoint)
{
  return (PlEndpointStatus){
    .upstream = endpoint->upstream,
    .endpoint = endpoint->address.label,
    .encrypts = endpoint->address.encrypts,
    .health = endpoint->health,
    .since_us = endpoint->since_us,
    .response_us = endpoint->response_us,
    .last_error = endpoint->last_error,
  };
}

static void
set_health (Endpoint *endpoint, PlEndpointHealth health)
{
  PlHealthMonitor *monitor = endpoint->monitor;
  PlEndpointStatus status;

  if (endpoint->health == health)
    return;
  endpoint->health = health;
  endpoint->since_us = g_get_real_time ();
  status = get_status (endpoint);
  monitor->changed (&status, monitor->user_data);
}

static void ask (gpointer user_data);

static void
ask_in (Endpoint *endpoint, guint delay_ms)
{
  pl_timer_stop (&endpoint->timer);
  endpoint->timer = pl_timer_start (delay_ms, ask, endpoint);
}

static void
note_success (Endpoint *endpoint, PlEndpointHealth health, gint64 response_us)
{
  g_clear_pointer (&endpoint->last_error, g_free);
  endpoint->failures = 0;
  endpoint->response_us = response_us;
  ask_in (endpoint, endpoint->interval_ms);
  set_health (endpoint, health);
}

static void
note_failure (Endpoint *endpoint, const char *error)
{
  g_free (endpoint->last_error);
  endpoint->last_error = g_strdup (error);
  endpoint->failures++;
  ask_in (endpoint, MIN (endpoint->interval_ms, INTERVAL_AFTER_FAILURE_MS));
  if (endpoint->failures >= FAILURES_UNTIL_DOWN)
    set_health (endpoint, PL_HEALTH_NOT_WELL);
}

/* A loop does not mend itself within a second, so it is asked no sooner than one that is well. */
static void
note_loop (Endpoint *endpoint)
{
  g_clear_pointer (&endpoint->last_error, g_free);
  endpoint->failures = 0;
  ask_in (endpoint, endpoint->interval_ms);
  set_health (endpoint, PL_HEALTH_LOOP);
}

static void
on_checked (PlEndpointHealth health, gint64 response_us, const char *error, gpointer user_data)
{
  Endpoint *endpoint = user_data;

  endpoint->check = NULL;
  switch (health)
    {
    case PL_HEALTH_WELL:
    case PL_HEALTH_MAINTENANCE:
      note_success (endpoint, health, response_us);
      break;
    case PL_HEALTH_LOOP:
      note_loop (endpoint);
      break;
    case PL_HEALTH_UNKNOWN:
    case PL_HEALTH_NOT_WELL:
      note_failure (endpoint, error);
      break;
    }
}

static void
ask (gpointer user_data)
{
  Endpoint *endpoint = user_data;

  pl_timer_stop (&endpoint->timer);
  endpoint->asked_us = g_get_monotonic_time ();
  endpoint->check = pl_health_check_start (
      endpoint->monitor->session, &endpoint->address, endpoint->proof, endpoint->path,
      MIN (endpoint->interval_ms, CHECK_TIMEOUT_MS), on_checked, endpoint);
}

PlHealthMonitor *
pl_health_monitor_new (PlEndpointStatusFunc changed, gpointer user_data)
{
  PlHealthMonitor *monitor = g_new (PlHealthMonitor, 1);

  *monitor = (PlHealthMonitor){
    .session = pl_health_check_new_session (),
    .endpoints = g_ptr_array_new_with_free_func (endpoint_free),
    .changed = changed,
    .user_data = user_data,
  };
  return monitor;
}

void
pl_health_monitor_free (PlHealthMonitor *monitor)
{
  g_ptr_array_unref (monitor->endpoints);
  g_object_unref (monitor->session);
  g_free (monitor);
}

/* What is no longer asked is no longer known; whoever passes over an endpoint is told so. */
static void
forget (gpointer data, gpointer user_data)
{
  Endpoint *endpoint = data;

  stop_asking (endpoint);
  g_clear_pointer (&endpoint->last_error, g_free);
  endpoint->failures = 0;
  endpoint->response_us = -1;
  set_health (endpoint, PL_HEALTH_UNKNOWN);
}

/* A new interval begins with a check; unless one is under way, which then ends the old one. */
static void
set_checks (Endpoint *endpoint, const char *path, guint interval_ms, guint delay_ms)
{
  gboolean same_path = g_strcmp0 (endpoint->path, path) == 0;
  gboolean same_interval = endpoint->interval_ms == interval_ms;

  endpoint->interval_ms = interval_ms;
  if (!same_path)
    {
      g_free (endpoint->path);
      endpoint->path = g_strdup (path);
      forget (endpoint, NULL);
    }
  if (path != NULL && endpoint->check == NULL && !(same_path && same_interval))
    ask_in (endpoint, delay_ms);
}

/* Where it stands in @endpoints, or how many there are. */
static guint
find_endpoint (const GPtrArray *endpoints, const char *upstream, const char *label)
{
  for (guint i = 0; i < endpoints->len; i++)
    {
      const Endpoint *endpoint = endpoints->pdata[i];

      if (g_str_equal (endpoint->upstream, upstream)
          && g_str_equal (endpoint->address.label, label))
        return i;
    }
  return endpoints->len;
}

static Endpoint *
take_endpoint (GPtrArray *endpoints, const char *upstream, const char *label)
{
  guint index = find_endpoint (endpoints, upstream, label);

  return index < endpoints->len ? g_ptr_array_steal_index_fast (endpoints, index) : NULL;
}

static void
add_upstream (PlHealthMonitor *monitor, GPtrArray *former, const PlUpstreamConfig *upstream)
{
  for (guint i = 0; i < upstream->n_endpoints; i++)
    {
      const PlEndpointConfig *config = &upstream->endpoints[i];
      Endpoint *endpoint = take_endpoint (former, upstream->name, config->label);
      PlProof *proof = config->encrypts ? upstream->proof : NULL;

      /* What shows itself in another way has to be asked anew. */
      if (endpoint != NULL && !pl_proof_equal (endpoint->proof, proof))
        {
          forget (endpoint, NULL);
          g_clear_pointer (&endpoint, endpoint_free);
        }
      if (endpoint == NULL)
        endpoint = endpoint_new (monitor, upstream->name, config, proof);
      g_ptr_array_add (monitor->endpoints, endpoint);
      set_checks (endpoint, upstream->health_path, upstream->health_interval_ms,
                  (monitor->endpoints->len - 1) * STAGGER_MS);
    }
}

void
pl_health_monitor_set_upstreams (PlHealthMonitor *monitor,
                                 const PlUpstreamConfig *upstreams,
                                 guint n_upstreams)
{
  g_autoptr (GPtrArray) former = g_steal_pointer (&monitor->endpoints);

  monitor->endpoints = g_ptr_array_new_with_free_func (endpoint_free);
  for (guint i = 0; i < n_upstreams; i++)
    add_upstream (monitor, former, &upstreams[i]);
  g_ptr_array_foreach (former, forget, NULL);
}

/* An endpoint that is asked just now will say itself how it is, and one known to be unwell is asked
 * every second.
 */
void
pl_health_monitor_doubt (PlHealthMonitor *monitor, const char *upstream, const char *label)
{
  guint index = find_endpoint (monitor->endpoints, upstream, label);
  Endpoint *endpoint;
  gint64 since_us;

  if (index == monitor->endpoints->len)
    return;
  endpoint = monitor->endpoints->pdata[index];
  if (endpoint->path == NULL || endpoint->check != NULL || !pl_health_is_usable (endpoint->health))
    return;
  endpoint->failures = MAX (endpoint->failures, 1);
  since_us = g_get_monotonic_time () - endpoint->asked_us;
  ask_in (endpoint, (guint) MAX (0, INTERVAL_AFTER_FAILURE_MS - since_us / 1000));
}

void
pl_health_monitor_foreach (PlHealthMonitor *monitor, PlEndpointStatusFunc func, gpointer user_data)
{
  for (guint i = 0; i < monitor->endpoints->len; i++)
    {
      PlEndpointStatus status = get_status (monitor->endpoints->pdata[i]);

      func (&status, user_data);
    }
}
