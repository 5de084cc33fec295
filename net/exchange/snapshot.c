/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/snapshot.h"

PlSnapshot *
pl_snapshot_new (const PlSnapshotSource *source, const PlSnapshot *before)
{
  PlSnapshot *snapshot = g_new0 (PlSnapshot, 1);

  snapshot->ref_count = 1;
  snapshot->routes = source->routes;
  snapshot->trusted = source->trusted;
  snapshot->tls = source->tls;
  snapshot->plain = source->plain;
  snapshot->hsts = source->hsts;
  snapshot->home = source->home;
  snapshot->door = source->door;
  snapshot->own_pages = source->own_pages;
  snapshot->owner = source->owner;
  snapshot->free_owner = source->free_owner;
  snapshot->n_upstreams = source->n_upstreams;
  snapshot->upstreams = g_new (PlUpstream, source->n_upstreams);
  for (guint i = 0; i < source->n_upstreams; i++)
    pl_upstream_init (&snapshot->upstreams[i], &source->upstreams[i],
                      before != NULL ? before->upstreams : NULL,
                      before != NULL ? before->n_upstreams : 0);
  return snapshot;
}

gboolean
pl_snapshot_limits (const PlSnapshot *snapshot, const PlAddress *address)
{
  return snapshot->door != NULL && pl_door_limits (snapshot->door)
         && pl_circle_find (address, snapshot->home) == PL_CIRCLE_WORLD
         && !pl_trust_contains (snapshot->trusted, address);
}

PlSnapshot *
pl_snapshot_ref (PlSnapshot *snapshot)
{
  snapshot->ref_count++;
  return snapshot;
}

void
pl_snapshot_unref (PlSnapshot *snapshot)
{
  if (--snapshot->ref_count > 0)
    return;
  for (guint i = 0; i < snapshot->n_upstreams; i++)
    pl_upstream_clear (&snapshot->upstreams[i]);
  g_free (snapshot->upstreams);
  if (snapshot->free_owner != NULL)
    snapshot->free_owner (snapshot->owner);
  g_free (snapshot);
}
