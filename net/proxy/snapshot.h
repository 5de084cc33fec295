/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A configuration as one worker runs it: the immutable part, which all workers share, and this
 * worker's upstreams. Exchanges hold the one they began with. */

#pragma once

#include "net/proxy/config.h"
#include "net/upstream/upstream.h"

/**
 * PlSnapshot:
 * @config: shared with other threads
 * @upstreams: one for each of the configuration, in its order; this thread's
 */
typedef struct
{
  PlConfig *config;
  PlUpstream *upstreams;
  guint ref_count; /* private; one thread's */
} PlSnapshot;

/** pl_snapshot_new: (transfer full): @before: (nullable): the one in force until now, whose
 * connections are taken over. */
PlSnapshot *pl_snapshot_new (PlConfig *config, const PlSnapshot *before);
PlSnapshot *pl_snapshot_ref (PlSnapshot *snapshot);
void pl_snapshot_unref (PlSnapshot *snapshot);
