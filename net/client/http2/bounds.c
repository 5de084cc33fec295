/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/bounds.h"

/* More than what is on its way at any time. */
#define MOST_ALLOWED 100000

typedef struct
{
  gsize limit; /* offset in PlLimits */
  PlCloseReason reason;
} Row;

static const Row rows[PL_HTTP2_N_BOUNDS] = {
  [PL_HTTP2_BOUND_RESETS] = { G_STRUCT_OFFSET (PlLimits, http2_resets), PL_CLOSE_RESET_FLOOD },
  [PL_HTTP2_BOUND_SETTINGS]
  = { G_STRUCT_OFFSET (PlLimits, http2_settings), PL_CLOSE_SETTINGS_FLOOD },
  [PL_HTTP2_BOUND_PINGS] = { G_STRUCT_OFFSET (PlLimits, http2_pings), PL_CLOSE_PING_FLOOD },
  [PL_HTTP2_BOUND_WINDOW_UPDATES]
  = { G_STRUCT_OFFSET (PlLimits, http2_window_updates), PL_CLOSE_WINDOW_FLOOD },
  [PL_HTTP2_BOUND_EMPTY_FRAMES]
  = { G_STRUCT_OFFSET (PlLimits, http2_empty_frames), PL_CLOSE_EMPTY_FRAME_FLOOD },
  [PL_HTTP2_BOUND_PRIORITIES]
  = { G_STRUCT_OFFSET (PlLimits, http2_priorities), PL_CLOSE_PRIORITY_FLOOD },
};

static void
begin_period (PlHttp2Bounds *bounds, gint64 now_us)
{
  bounds->since_us = now_us;
  for (guint i = 0; i < PL_HTTP2_N_BOUNDS; i++)
    bounds->counts[i] = MIN (bounds->counts[i], 0);
}

PlCloseReason
pl_http2_bounds_count (PlHttp2Bounds *bounds,
                       PlHttp2Bound bound,
                       const PlLimits *limits,
                       gint64 now_us)
{
  guint most = G_STRUCT_MEMBER (guint, limits, rows[bound].limit);

  if (now_us - bounds->since_us > PL_HTTP2_BOUNDS_PERIOD_MS * G_GINT64_CONSTANT (1000))
    begin_period (bounds, now_us);
  return ++bounds->counts[bound] > (gint) most ? rows[bound].reason : PL_CLOSE_NONE;
}

void
pl_http2_bounds_allow (PlHttp2Bounds *bounds, PlHttp2Bound bound, guint n)
{
  bounds->counts[bound] = MAX (bounds->counts[bound] - (gint) n, -MOST_ALLOWED);
}
