/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames that are honest one by one and an attack by the thousand: each costs its sender less than
 * us. Counted by kind, over a few seconds; the numbers are rows of limits.h. */

#pragma once

#include "net/exchange/close.h"
#include "net/exchange/limits.h"

/** PL_HTTP2_BOUNDS_PERIOD_MS: what numbers "in ten seconds" are counted over. */
#define PL_HTTP2_BOUNDS_PERIOD_MS 10000

/** PlHttp2Bound: what is counted. */
typedef enum
{
  PL_HTTP2_BOUND_RESETS,
  PL_HTTP2_BOUND_SETTINGS,
  PL_HTTP2_BOUND_PINGS,
  PL_HTTP2_BOUND_WINDOW_UPDATES,
  PL_HTTP2_BOUND_EMPTY_FRAMES,
  PL_HTTP2_BOUND_PRIORITIES,
  PL_HTTP2_N_BOUNDS
} PlHttp2Bound;

/** PlHttp2Bounds: zeroed nothing is counted. */
typedef struct
{
  gint counts[PL_HTTP2_N_BOUNDS]; /* below 0: what may come besides */
  gint64 since_us;
} PlHttp2Bounds;

/** pl_http2_bounds_count: one more of @bound. Returns: %PL_CLOSE_NONE, or why the connection is to
 * be ended */
PlCloseReason pl_http2_bounds_count (PlHttp2Bounds *bounds,
                                     PlHttp2Bound bound,
                                     const PlLimits *limits,
                                     gint64 now_us);

/** pl_http2_bounds_allow: we have done what @n of @bound may answer. */
void pl_http2_bounds_allow (PlHttp2Bounds *bounds, PlHttp2Bound bound, guint n);
