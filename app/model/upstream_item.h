/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address of Immich and how it does. */

#pragma once

#include <glib-object.h>

#include "net/proxy/proxy.h"

#define PL_TYPE_UPSTREAM_ITEM (pl_upstream_item_get_type ())
G_DECLARE_FINAL_TYPE (PlUpstreamItem, pl_upstream_item, PL, UPSTREAM_ITEM, GObject)

/** PlUpstreamItem::changed: anything but upstream and endpoint may be another. */

/** pl_upstream_item_new: for the list. */
PlUpstreamItem *pl_upstream_item_new (const PlEndpointStatus *status);

/** pl_upstream_item_update: for the list: emits #PlUpstreamItem::changed if there is a change. */
void pl_upstream_item_update (PlUpstreamItem *item, const PlEndpointStatus *status);

/** pl_upstream_item_get_upstream: (transfer none): the name in the settings: `immich`, `web`. */
const char *pl_upstream_item_get_upstream (PlUpstreamItem *item);

/** pl_upstream_item_get_endpoint: (transfer none): `127.0.0.1:2283`. */
const char *pl_upstream_item_get_endpoint (PlUpstreamItem *item);

/** pl_upstream_item_dup_url: (transfer full): `http://127.0.0.1:2283`. */
char *pl_upstream_item_dup_url (PlUpstreamItem *item);

PlEndpointHealth pl_upstream_item_get_health (PlUpstreamItem *item);

/** pl_upstream_item_get_since_us: wall clock of the last change of health; 0: none yet. */
gint64 pl_upstream_item_get_since_us (PlUpstreamItem *item);

/** pl_upstream_item_set_version: @version: (nullable): `1.135.3`, from whoever has asked Immich. */
void pl_upstream_item_set_version (PlUpstreamItem *item, const char *version);

/** pl_upstream_item_get_version: (transfer none) (nullable): while it is not known %NULL. */
const char *pl_upstream_item_get_version (PlUpstreamItem *item);

/** pl_upstream_item_dup_words: (transfer full): `1.135.3 · healthy · 12 ms`, `does not answer since
 * 14:03: connection refused`, `not checked`. */
char *pl_upstream_item_dup_words (PlUpstreamItem *item);
