/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A ring of seconds, indexed by a clock that does not go back. Time passes for it only when it is
 * used; a timer runs while somebody watches and there is something to see. */

#include "app/model/traffic.h"

#include "app/system/clock.h"

/* One more, for the second that is not over. */
#define N_PLACES (PL_TRAFFIC_SECONDS + 1)

/* The timer comes a little into the next second, or rounding would let it come twice in one. */
#define AFTER_THE_SECOND_MS 5

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * PlTraffic:
 * @seconds: a second's place is its number modulo %N_PLACES
 * @now_s: the second that is not over
 * @timer: 0: none runs
 */
struct _PlTraffic
{
  GObject parent_instance;
  PlTrafficSecond seconds[N_PLACES];
  gint64 now_s;
  guint n_watching;
  guint timer;
};

G_DEFINE_FINAL_TYPE (PlTraffic, pl_traffic, G_TYPE_OBJECT)

/* Of a clock that stands still while the computer sleeps, what was before would seem to be of now.
 */
gint64
pl_traffic_get_now_us (void)
{
  return pl_clock_get_us ();
}

static void
advance (PlTraffic *traffic, gint64 now_us)
{
  gint64 now_s = now_us / G_USEC_PER_SEC;

  /* After a long silence all places are cleared, but none twice. */
  traffic->now_s = MAX (traffic->now_s, now_s - N_PLACES);
  while (traffic->now_s < now_s)
    traffic->seconds[++traffic->now_s % N_PLACES] = (PlTrafficSecond){ 0 };
}

static PlTrafficSecond
get_second (PlTraffic *traffic, guint seconds_ago)
{
  if (traffic->now_s <= seconds_ago)
    return (PlTrafficSecond){ 0 };
  return traffic->seconds[(traffic->now_s - 1 - seconds_ago) % N_PLACES];
}

PlTrafficSecond
pl_traffic_get (PlTraffic *traffic, guint seconds_ago)
{
  g_return_val_if_fail (seconds_ago < PL_TRAFFIC_SECONDS, (PlTrafficSecond){ 0 });

  advance (traffic, pl_traffic_get_now_us ());
  return get_second (traffic, seconds_ago);
}

PlTrafficSecond
pl_traffic_get_peak (PlTraffic *traffic)
{
  PlTrafficSecond peak = { 0 };

  advance (traffic, pl_traffic_get_now_us ());
  for (guint i = 0; i < PL_TRAFFIC_SECONDS; i++)
    {
      PlTrafficSecond second = get_second (traffic, i);
      peak.requests = MAX (peak.requests, second.requests);
      peak.up_bytes = MAX (peak.up_bytes, second.up_bytes);
      peak.down_bytes = MAX (peak.down_bytes, second.down_bytes);
    }
  return peak;
}

static gboolean
is_silent (PlTraffic *traffic)
{
  for (guint i = 0; i < N_PLACES; i++)
    if (traffic->seconds[i].requests > 0 || traffic->seconds[i].up_bytes > 0
        || traffic->seconds[i].down_bytes > 0)
      return FALSE;
  return TRUE;
}

/* The timer */

static void start_timer (PlTraffic *traffic);

static gboolean
second_over_cb (gpointer user_data)
{
  PlTraffic *traffic = user_data;
  gboolean was_silent = is_silent (traffic);

  traffic->timer = 0;
  advance (traffic, pl_traffic_get_now_us ());
  if (!was_silent)
    {
      start_timer (traffic);
      g_signal_emit (traffic, signals[CHANGED], 0);
    }
  return G_SOURCE_REMOVE;
}

static void
start_timer (PlTraffic *traffic)
{
  gint64 into_second_us = pl_traffic_get_now_us () % G_USEC_PER_SEC;

  if (traffic->timer == 0 && traffic->n_watching > 0)
    traffic->timer
        = g_timeout_add ((guint) ((G_USEC_PER_SEC - into_second_us) / 1000) + AFTER_THE_SECOND_MS,
                         second_over_cb, traffic);
}

static void
stop_timer (PlTraffic *traffic)
{
  g_clear_handle_id (&traffic->timer, g_source_remove);
}

void
pl_traffic_count_at (PlTraffic *traffic, gint64 now_us, const PlTrafficSecond *amount)
{
  advance (traffic, now_us);

  PlTrafficSecond *second = &traffic->seconds[traffic->now_s % N_PLACES];
  second->requests += amount->requests;
  second->up_bytes += amount->up_bytes;
  second->down_bytes += amount->down_bytes;
  start_timer (traffic);
}

void
pl_traffic_count (PlTraffic *traffic, guint requests, guint64 up_bytes, guint64 down_bytes)
{
  PlTrafficSecond amount = { requests, up_bytes, down_bytes };
  pl_traffic_count_at (traffic, pl_traffic_get_now_us (), &amount);
}

void
pl_traffic_watch (PlTraffic *traffic)
{
  if (traffic->n_watching++ > 0)
    return;
  advance (traffic, pl_traffic_get_now_us ());
  start_timer (traffic);
  g_signal_emit (traffic, signals[CHANGED], 0);
}

void
pl_traffic_unwatch (PlTraffic *traffic)
{
  g_return_if_fail (traffic->n_watching > 0);

  if (--traffic->n_watching == 0)
    stop_timer (traffic);
}

static void
pl_traffic_finalize (GObject *object)
{
  stop_timer (PL_TRAFFIC (object));
  G_OBJECT_CLASS (pl_traffic_parent_class)->finalize (object);
}

PlTraffic *
pl_traffic_new (void)
{
  return g_object_new (PL_TYPE_TRAFFIC, NULL);
}

static void
pl_traffic_class_init (PlTrafficClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_traffic_finalize;
  signals[CHANGED] = g_signal_new ("changed", PL_TYPE_TRAFFIC, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
pl_traffic_init (PlTraffic *traffic)
{
}
