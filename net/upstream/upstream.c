/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/upstream.h"

/* By both names: two upstreams may share an address, and yet be checked in different ways. */
PlEndpoint *
pl_upstream_find_endpoint (const PlUpstream *upstreams,
                           guint n_upstreams,
                           const char *name,
                           const char *label)
{
  for (guint i = 0; i < n_upstreams; i++)
    for (guint j = 0; j < upstreams[i].config->n_endpoints; j++)
      if (g_str_equal (upstreams[i].config->name, name)
          && g_str_equal (upstreams[i].endpoints[j]->label, label))
        return upstreams[i].endpoints[j];
  return NULL;
}

void
pl_upstream_init (PlUpstream *upstream,
                  const PlUpstreamConfig *config,
                  const PlUpstream *before,
                  guint n_before)
{
  *upstream = (PlUpstream){ .config = config };
  upstream->endpoints = g_new (PlEndpoint *, config->n_endpoints);
  for (guint i = 0; i < config->n_endpoints; i++)
    {
      PlEndpoint *known
          = pl_upstream_find_endpoint (before, n_before, config->name, config->endpoints[i].label);

      PlProof *proof = config->endpoints[i].encrypts ? config->proof : NULL;

      /* What is kept of one that showed less of itself is not to be used. */
      if (known != NULL && pl_proof_equal (known->proof, proof))
        upstream->endpoints[i] = pl_endpoint_ref (known);
      else
        upstream->endpoints[i] = pl_endpoint_new (&config->endpoints[i], proof);
    }
}

void
pl_upstream_clear (PlUpstream *upstream)
{
  for (guint i = 0; i < upstream->config->n_endpoints; i++)
    pl_endpoint_unref (upstream->endpoints[i]);
  g_free (upstream->endpoints);
}

typedef gboolean (*EndpointPredicate) (const PlEndpoint *endpoint, gint64 now_us);

static gboolean
is_good (const PlEndpoint *endpoint, gint64 now_us)
{
  return pl_health_is_usable (endpoint->health) && !pl_endpoint_is_passed_over (endpoint, now_us);
}

/* One that leads back here would only ask this program again. */
static gboolean
is_worth_a_try (const PlEndpoint *endpoint, gint64 now_us)
{
  return endpoint->health != PL_HEALTH_LOOP && pl_endpoint_may_retry (endpoint, now_us);
}

/* Index of the best endpoint that is not tried and fulfils @predicate, or -1. All three ways of
 * balancing are one walk from where to begin, and whether a less busy one is better. */
static int
find_best (const PlUpstream *upstream,
           PlEndpointSet tried,
           EndpointPredicate predicate,
           gint64 now_us)
{
  guint n_endpoints = upstream->config->n_endpoints;
  guint begin = upstream->config->balance == PL_BALANCE_FIRST ? 0 : upstream->next;
  int best = -1;

  for (guint i = 0; i < n_endpoints; i++)
    {
      guint index = (begin + i) % n_endpoints;
      const PlEndpoint *endpoint = upstream->endpoints[index];

      if ((tried & ((PlEndpointSet) 1 << index)) != 0 || !predicate (endpoint, now_us))
        continue;
      if (upstream->config->balance != PL_BALANCE_LEAST_USED)
        return (int) index;
      if (best < 0 || endpoint->n_running < upstream->endpoints[best]->n_running)
        best = (int) index;
    }
  return best;
}

PlEndpoint *
pl_upstream_pick (PlUpstream *upstream, PlEndpointSet *tried, gint64 now_us)
{
  int index = find_best (upstream, *tried, is_good, now_us);

  if (index < 0)
    index = find_best (upstream, *tried, is_worth_a_try, now_us);
  if (index < 0)
    return NULL;
  upstream->next = ((guint) index + 1) % upstream->config->n_endpoints;
  *tried |= (PlEndpointSet) 1 << index;
  return upstream->endpoints[index];
}

gboolean
pl_upstream_is_loop (const PlUpstream *upstream)
{
  for (guint i = 0; i < upstream->config->n_endpoints; i++)
    if (upstream->endpoints[i]->health != PL_HEALTH_LOOP)
      return FALSE;
  return TRUE;
}
