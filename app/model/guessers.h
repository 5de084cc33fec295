/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is known to guess passwords, so that each of them is told of once. */

#pragma once

#include "net/proxy/proxy.h"

/** PL_GUESSERS_PLACES: so many are remembered; when all of those guess at once, who comes beside
 * them is no news. */
#define PL_GUESSERS_PLACES 1024

/** PL_GUESSERS_MEMORY_US: a day after they had to wait last they are news again. */
#define PL_GUESSERS_MEMORY_US G_TIME_SPAN_DAY

typedef struct _PlGuessers PlGuessers;

PlGuessers *pl_guessers_new (void);
void pl_guessers_free (PlGuessers *guessers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlGuessers, pl_guessers_free)

/**
 * pl_guessers_note:
 * @waiting: (element-type PlWaiting): who has to wait now
 * @now_us: monotonic
 * @last: (out caller-allocates): the last of those who are new; untouched where nobody is
 *
 * Those at home do not count: they have mistyped more likely than not, and wait for seconds.
 *
 * Returns: how many are new; they are known from now on
 */
guint
pl_guessers_note (PlGuessers *guessers, const GArray *waiting, gint64 now_us, PlWaiting *last);
