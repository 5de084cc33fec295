/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was turned away at the door: connections that the exposure did not admit, counted by address.
 * Bounded, so that a flood of them costs next to nothing. */

#pragma once

#include "net/route/address.h"

/** PL_TURNED_AWAY_PLACES: how many addresses are remembered. */
#define PL_TURNED_AWAY_PLACES 32

/**
 * PlTurnedAway:
 * @address: without a port
 * @n_connections: that came from there and were refused
 * @last_us: wall clock of the last, microseconds since the epoch
 */
typedef struct
{
  PlAddress address;
  guint64 n_connections;
  gint64 last_us;
} PlTurnedAway;

/**
 * PlTurnedAwayList:
 * @places: those remembered, in no order
 * @n_places: how many of @places are taken
 * @n_connections: of all, also of those that were forgotten
 *
 * Zeroed it is empty; may be copied.
 */
typedef struct
{
  PlTurnedAway places[PL_TURNED_AWAY_PLACES];
  guint n_places;
  guint64 n_connections;
} PlTurnedAwayList;

/** pl_turned_away_add: @n_connections more from @address, whose port does not matter. Where all
 * places are taken, the address that has been quiet the longest is forgotten. */
void pl_turned_away_add (PlTurnedAwayList *list,
                         const PlAddress *address,
                         guint64 n_connections,
                         gint64 last_us);

/** pl_turned_away_add_all: adds what is in @more: so that batches become a whole. */
void pl_turned_away_add_all (PlTurnedAwayList *list, const PlTurnedAwayList *more);
