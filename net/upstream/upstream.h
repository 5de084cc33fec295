/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The upstreams of one configuration as one worker sees them, and the choice among their endpoints.
 */

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
 * @before, @n_before: upstreams that were in use until now: an endpoint with the same label in one
 * of the same name is taken over, with its connections and what is known of it
 */
void pl_upstream_init (PlUpstream *upstream,
                       const PlUpstreamConfig *config,
                       const PlUpstream *before,
                       guint n_before);
void pl_upstream_clear (PlUpstream *upstream);

/** pl_upstream_find_endpoint: (transfer none) (nullable): the one called @label in the upstream
 * called @name. */
PlEndpoint *pl_upstream_find_endpoint (const PlUpstream *upstreams,
                                       guint n_upstreams,
                                       const char *name,
                                       const char *label);

/**
 * pl_upstream_pick: (transfer none) (nullable):
 * @tried: (inout): endpoints this request was already offered to; the one picked is added
 *
 * Which endpoint is next, by the upstream's balance, among those not yet tried, not passed over and
 * not unwell. Where all that are left are passed over or unwell, one of them that may be retried:
 * what checks and memory say may be wrong, a connection tells. %NULL when there is none to try now.
 */
PlEndpoint *pl_upstream_pick (PlUpstream *upstream, PlEndpointSet *tried, gint64 now_us);

/** pl_upstream_is_loop: every endpoint leads back to this program: there is nothing to wait for. */
gboolean pl_upstream_is_loop (const PlUpstream *upstream);
