/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The upstreams of one configuration as one worker sees them, and the choice among their endpoints. */

#pragma once

#include "net/upstream/endpoint.h"

/**
 * PlUpstream:
 * @config: borrowed from the configuration
 * @endpoints: as many as in @config, in its order
 */
typedef struct
{
  const PlUpstreamConfig *config;
  PlEndpoint **endpoints;
  guint next; /* private: whose turn it is */
} PlUpstream;

/** PlEndpointSet: some of an upstream's endpoints, as bits by index. */
typedef guint64 PlEndpointSet;

/**
 * pl_upstream_init:
 * @config: borrowed; must outlive @upstream
 * @before, @n_before: upstreams that were in use until now: endpoints with the same label are taken over, with their
 *   connections and what is known of them
 */
void pl_upstream_init (PlUpstream *upstream, const PlUpstreamConfig *config,
                       const PlUpstream *before, guint n_before);
void pl_upstream_clear (PlUpstream *upstream);

/**
 * pl_upstream_pick: (transfer none) (nullable):
 * @tried: (inout): endpoints this request was already offered to; the one picked is added
 *
 * Which endpoint is next, by the upstream's balance, among those not yet tried, not passed over and not down. Where all that
 * are left are passed over or down, one of them that may be retried: what checks and memory say may be wrong,
 * a connection tells. %NULL when there is none to try now.
 */
PlEndpoint *pl_upstream_pick (PlUpstream *upstream, PlEndpointSet *tried, gint64 now_us);
