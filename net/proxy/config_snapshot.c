/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/config_snapshot.h"

PlSnapshot *
pl_config_new_snapshot (PlConfig *config, const PlSnapshot *before)
{
  PlSnapshotSource source = {
    .routes = config->routes,
    .trusted = config->trusted,
    .tls = config->tls,
    .plain = config->plain,
    .hsts = config->hsts,
    .home = config->home,
    .door = config->door,
    .own_pages = config->own_pages,
    .upstreams = config->upstreams,
    .n_upstreams = config->n_upstreams,
    .owner = pl_config_ref (config),
    .free_owner = (GDestroyNotify) pl_config_unref,
  };

  return pl_snapshot_new (&source, before);
}
