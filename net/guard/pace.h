/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much strangers may ask for in a while: connections and requests, counted for each address,
 * by all workers in one table with a bound. Those at home never come here. */

#pragma once

#include "net/route/address.h"

/** PL_PACE_PLACES: how many addresses are counted at once: 1 MB at most. Those that ask nothing go
 * first; where all of them have connections, a new one is not counted. */
#define PL_PACE_PLACES 8192

/**
 * PlPaceLimits: for one address, or a /64 of IPv6:
 * @connections: at once
 * @new_connections, @requests: so many may come at a time
 * @new_connections_per_s, @requests_per_s: and so many a second after that
 */
typedef struct
{
  guint connections;
  guint new_connections;
  guint new_connections_per_s;
  guint requests;
  guint requests_per_s;
} PlPaceLimits;

/** PlPace: the table; all is from any thread. Time is monotonic, and handed in. */
typedef struct _PlPace PlPace;

PlPace *pl_pace_new (const PlPaceLimits *limits);
void pl_pace_free (PlPace *pace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlPace, pl_pace_free)

/** pl_pace_admit: whether one more connection of @address may come in now. */
gboolean pl_pace_admit (PlPace *pace, const PlAddress *address, gint64 now_us);

/** pl_pace_enter: a connection of @address is there. Returns: whether it is counted */
gboolean pl_pace_enter (PlPace *pace, const PlAddress *address, gint64 now_us);

/** pl_pace_leave: one that is counted is gone. */
void pl_pace_leave (PlPace *pace, const PlAddress *address, gint64 now_us);

/** pl_pace_ask: whether @address may make a request now. */
gboolean pl_pace_ask (PlPace *pace, const PlAddress *address, gint64 now_us);

/** pl_pace_get_n: how many addresses are counted. */
guint pl_pace_get_n (PlPace *pace);
