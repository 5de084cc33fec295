/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which version of Immich answers, asked for now and then: far from the relay, as health checks
 * are.
 */

#pragma once

#include "app/model/upstream_list.h"
#include "net/proxy/proxy.h"

/** PlVersions: who asks. */
typedef struct _PlVersions PlVersions;

PlVersions *pl_versions_new (void);

/** pl_versions_free: nothing is told of what is still being asked. */
void pl_versions_free (PlVersions *versions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlVersions, pl_versions_free)

/** pl_versions_refresh: asks those of @upstreams that have come up since they were asked, as an
 * update restarts them, or were asked long ago; the items learn of it. @config: (nullable): what
 * runs: it says by whom those that encrypt are vouched for. */
void pl_versions_refresh (PlVersions *versions, PlUpstreamList *upstreams, const PlConfig *config);
