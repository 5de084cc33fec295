/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks many places, so many at a time. */

#pragma once

#include "app/finder/places.h"
#include "app/finder/probe.h"

typedef struct _PlSearch PlSearch;

/**
 * PlSearchFunc:
 * @rank: which place was asked, as an index
 * @probe: (transfer full): who is there
 *
 * May end the search.
 */
typedef void (*PlSearchFunc) (guint rank, PlProbe *probe, gpointer user_data);

/** pl_search_new: (transfer full): @places: (element-type PlPlace): a reference is taken. @answered
 * is called once for each of them, never before this returns. */
PlSearch *pl_search_new (GPtrArray *places, PlSearchFunc answered, gpointer user_data);

/** pl_search_free: its function is not called any more. */
void pl_search_free (PlSearch *search);

/** pl_search_get_place: (transfer none). */
const PlPlace *pl_search_get_place (PlSearch *search, guint rank);

guint pl_search_get_n_places (PlSearch *search);

/** pl_search_get_n_answered: counts the one that is being told of. */
guint pl_search_get_n_answered (PlSearch *search);
