/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with Immich, from what the health checks say and who was seen at its addresses. */

#pragma once

#include "app/engine/lookout.h"
#include "app/engine/troubles.h"
#include "app/model/upstream_list.h"

/** pl_immich_troubles_update: sets, or ends, %PL_TROUBLE_LEADS_BACK, %PL_TROUBLE_NOT_IMMICH,
 * %PL_TROUBLE_IMMICH_DOWN and %PL_TROUBLE_MAINTENANCE. What is wrong with one address of several is
 * harmless. */
void pl_immich_troubles_update (PlTroubles *troubles,
                                PlUpstreamList *upstreams,
                                const PlLookout *lookout);

/** pl_immich_troubles_clear: ends them all: nobody is to hear of Immich. */
void pl_immich_troubles_clear (PlTroubles *troubles);
