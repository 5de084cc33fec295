/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has tried to log in and failed, and how long who failed often has to wait: a table of
 * addresses with a bound. One thread's; for several there is guard.h. */

#pragma once

#include "net/guard/try.h"

/**
 * PlWaiting: somebody who must wait.
 * @network: an address, a /64, or more of them that count as one
 * @login: what was tried
 * @circle: of whoever failed last
 * @since_us: how long ago the first try failed that is counted
 * @left_us: how long from now until the next try
 * @n_failed: tries that failed
 * @n_refused: tries that came too early, of which Immich has seen nothing
 */
typedef struct
{
  PlNetwork network;
  PlLogin login;
  PlCircle circle;
  gint64 since_us;
  gint64 left_us;
  guint n_failed;
  guint n_refused;
} PlWaiting;

/** PlTries: the table. Time is monotonic, and handed in; one that goes back stands still. */
typedef struct _PlTries PlTries;

PlTries *pl_tries_new (void);
void pl_tries_free (PlTries *tries);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTries, pl_tries_free)

/**
 * pl_tries_begin:
 *
 * Somebody tries. Tries that run count as if they had failed, so that no more run at once than may
 * fail; but those with API keys, of which programs send many at once.
 *
 * Returns: 0: Immich may see it, and pl_tries_end() is to follow; else in how many seconds to try
 *   again
 */
guint pl_tries_begin (PlTries *tries, const PlTry *try, gint64 now_us);

/**
 * pl_tries_end:
 *
 * A success forgives all that failed before; but not more often than every ten minutes, since who
 * has an account of their own could else go on guessing others' for ever.
 */
void pl_tries_end (PlTries *tries, const PlTry *try, PlLoginOutcome outcome, gint64 now_us);

/** pl_tries_forgive: all that failed within @network is forgotten. */
void pl_tries_forgive (PlTries *tries, const PlNetwork *network);

/** pl_tries_get_n: how many addresses are remembered. */
guint pl_tries_get_n (const PlTries *tries);

/** pl_tries_dup_waiting: (transfer full) (element-type PlWaiting): who must wait now, in no order.
 */
GArray *pl_tries_dup_waiting (PlTries *tries, gint64 now_us);
