/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/snapshot.h"

PlSnapshot *
pl_snapshot_new (PlConfig *config, const PlSnapshot *before)
{
  PlSnapshot *snapshot = g_new0 (PlSnapshot, 1);

  snapshot->ref_count = 1;
  snapshot->config = pl_config_ref (config);
  snapshot->upstreams = g_new (PlUpstream, config->n_upstreams);
  for (guint i = 0; i < config->n_upstreams; i++)
    pl_upstream_init (&snapshot->upstreams[i], &config->upstreams[i],
                      before != NULL ? before->upstreams : NULL,
                      before != NULL ? before->config->n_upstreams : 0);
  return snapshot;
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
  for (guint i = 0; i < snapshot->config->n_upstreams; i++)
    pl_upstream_clear (&snapshot->upstreams[i]);
  g_free (snapshot->upstreams);
  pl_config_unref (snapshot->config);
  g_free (snapshot);
}
