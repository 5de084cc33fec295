/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The addresses of Immich, in the order of the settings: a #GListModel of #PlUpstreamItem. */

#pragma once

#include <gio/gio.h>

#include "app/model/upstream_item.h"

#define PL_TYPE_UPSTREAM_LIST (pl_upstream_list_get_type ())
G_DECLARE_FINAL_TYPE (PlUpstreamList, pl_upstream_list, PL, UPSTREAM_LIST, GObject)

/**
 * PlUpstreamList::health-changed:
 * @item: went down, or is well again; not when it is asked for the first time and is well
 */

PlUpstreamList *pl_upstream_list_new (void);

/**
 * pl_upstream_list_set:
 * @statuses: (element-type PlEndpointStatus): all there are now
 *
 * Items of endpoints that stay are kept and updated.
 */
void
pl_upstream_list_set (PlUpstreamList *list, const PlEndpointStatus *statuses, guint n_statuses);

/** pl_upstream_list_find: (transfer none) (nullable): the item of an endpoint. */
PlUpstreamItem *
pl_upstream_list_find (PlUpstreamList *list, const char *upstream, const char *endpoint);

/** pl_upstream_list_find_dead: (transfer none) (nullable): an item of an upstream of which no
 * endpoint answers; %NULL where each has one that may. */
PlUpstreamItem *pl_upstream_list_find_dead (PlUpstreamList *list);
