/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Those who came in at the door, but were not shown what they asked for: turned away as are those
 * who did not come in. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * pl_strangers_gather:
 * @records: (element-type PlRecord)
 * @home: (nullable): networks that are home beside the private addresses
 * @batch: (out caller-allocates): who of those from outside was turned away
 *
 * Guests are none of them: the page of a link may ask for something that is not known of such
 * pages.
 *
 * Returns: whether there is anybody
 */
gboolean pl_strangers_gather (GPtrArray *records, const PlTrust *home, PlTurnedAwayList *batch);
