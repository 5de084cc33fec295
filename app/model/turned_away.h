/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was turned away at the door, in words, and as a file that is kept from run to run. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * pl_turned_away_dup_words: (transfer full) (nullable):
 * @since_us: wall clock; who came before does not count
 *
 * For the window: `3 callers from outside were turned away today (203.0.113.5 and 2 more)`.
 *
 * Returns: %NULL where nobody was
 */
char *pl_turned_away_dup_words (const PlTurnedAwayList *list, gint64 since_us);

/** pl_turned_away_dup_line: (transfer full): for a log: `turned away: 12 connections from
 * 203.0.113.5 and 2 more`. @list is not empty. */
char *pl_turned_away_dup_line (const PlTurnedAwayList *list);

/** pl_turned_away_dup_data: (transfer full): what is to be remembered for the next run. */
char *pl_turned_away_dup_data (const PlTurnedAwayList *list, gsize *length);

/** pl_turned_away_load: adds what pl_turned_away_dup_data() gave; what cannot be read is passed
 * over. @since_us: wall clock; who came before is forgotten. */
void pl_turned_away_load (PlTurnedAwayList *list, const char *data, gsize length, gint64 since_us);
