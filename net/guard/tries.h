/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has tried to log in and failed, and how long who failed often has to wait: a table of
 * addresses with a bound. One thread's; for several there is guard.h. */

#pragma once

#include "net/guard/login.h"
#include "net/route/door.h"

/** PL_TRIES_FREE: so many may fail within %PL_TRIES_WINDOW_US before anybody has to wait. */
#define PL_TRIES_FREE 5

/** PL_TRIES_WINDOW_US: ten minutes: what is older is no reason to begin waiting. */
#define PL_TRIES_WINDOW_US (G_GINT64_CONSTANT (10) * 60 * G_USEC_PER_SEC)

/** PL_TRIES_MEMORY_US: a day: for so long after the last failure the next wait is longer than the
 * one before. */
#define PL_TRIES_MEMORY_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/** PL_TRIES_PLACES: how many addresses are remembered at once: 2 MB at most. Those that have been
 * quiet the longest go first, and who had to wait goes last. */
#define PL_TRIES_PLACES 8192

/** PL_TRIES_OF_NETWORK: when so many addresses of a /24, or /64s of a /48, have failed, they count
 * as one from then on. */
#define PL_TRIES_OF_NETWORK 32

/**
 * PlTry:
 * @login: each kind is counted by itself: who knows the password of a link may still guess that of
 * an account
 * @circle: those at home wait for seconds only; not of this computer, which never waits
 * @address: whose it is; of IPv6 its /64 counts
 * @secret: which API key, see pl_login_hash_key(). The same one again is a program that was not
 * told of a change, and no guess
 */
typedef struct
{
  PlLogin login;
  PlCircle circle;
  PlAddress address;
  guint32 secret;
} PlTry;

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
