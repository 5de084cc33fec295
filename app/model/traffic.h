/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much went through, second by second, for the last five minutes. */

#pragma once

#include <glib-object.h>

/** PL_TRAFFIC_SECONDS: as far back as is known. */
#define PL_TRAFFIC_SECONDS 300

/**
 * PlTrafficSecond:
 * @requests: that ended, or began to last
 * @up_bytes: from devices to Immich
 * @down_bytes: from Immich to devices
 */
typedef struct
{
  guint requests;
  guint64 up_bytes;
  guint64 down_bytes;
} PlTrafficSecond;

#define PL_TYPE_TRAFFIC (pl_traffic_get_type ())
G_DECLARE_FINAL_TYPE (PlTraffic, pl_traffic, PL, TRAFFIC, GObject)

/**
 * PlTraffic::changed:
 *
 * Another second is over. Comes once a second while somebody watches, and never while nobody does
 * or while there is nothing but silence to show.
 */

PlTraffic *pl_traffic_new (void);

/** pl_traffic_count: adds to the second of now. */
void pl_traffic_count (PlTraffic *traffic, guint requests, guint64 up_bytes, guint64 down_bytes);

/** pl_traffic_get_now_us: the clock this goes by: it does not go back, and goes on while the
 * computer sleeps where there is such a one. */
gint64 pl_traffic_get_now_us (void);

/** pl_traffic_count_at: the same, at @now_us of that clock. */
void pl_traffic_count_at (PlTraffic *traffic, gint64 now_us, const PlTrafficSecond *amount);

/** pl_traffic_get: @seconds_ago: 0 for the last second that is over, to PL_TRAFFIC_SECONDS - 1. */
PlTrafficSecond pl_traffic_get (PlTraffic *traffic, guint seconds_ago);

/** pl_traffic_get_peak: for the scale of a graph: the greatest of each in the time known. */
PlTrafficSecond pl_traffic_get_peak (PlTraffic *traffic);

/** pl_traffic_watch, pl_traffic_unwatch: a graph is to be seen now, and is no longer (map and
 * unmap). They are counted. */
void pl_traffic_watch (PlTraffic *traffic);
void pl_traffic_unwatch (PlTraffic *traffic);
