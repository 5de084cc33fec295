/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of being reachable from the internet, in steps: each is said as far as it is known,
 * and no more. */

#pragma once

#include "net/proxy/proxy.h"

/** PL_REACH_DAYS: after so many days that somebody came from outside is no sign any more that
 * somebody can: a router may pass on something else by then. */
#define PL_REACH_DAYS 7

/**
 * PlReachStep: in their order.
 * @PL_REACH_LISTENING: whether this program listens
 * @PL_REACH_WAY_IN: whether those outside get as far as to it
 * @PL_REACH_ENCRYPTION: whether others can read along
 * @PL_REACH_SIGHT: who sees what
 */
typedef enum
{
  PL_REACH_LISTENING,
  PL_REACH_WAY_IN,
  PL_REACH_ENCRYPTION,
  PL_REACH_SIGHT,
  PL_REACH_N_STEPS
} PlReachStep;

/**
 * PlReachState:
 * @PL_REACH_IS_SO: well, and known to be
 * @PL_REACH_NOT_KNOWN: it may be so or not
 * @PL_REACH_TO_LOOK_AT: it is not well
 */
typedef enum
{
  PL_REACH_IS_SO,
  PL_REACH_NOT_KNOWN,
  PL_REACH_TO_LOOK_AT,
} PlReachState;

/**
 * PlReachRun:
 * @PL_REACH_RUNS: it listens
 * @PL_REACH_RESTS: on the user's wish
 * @PL_REACH_SHUT: it cannot
 */
typedef enum
{
  PL_REACH_RUNS,
  PL_REACH_RESTS,
  PL_REACH_SHUT,
} PlReachRun;

/**
 * PlReachEncryption: what those outside meet.
 * @PL_REACH_PLAIN: none
 * @PL_REACH_STANDS_IN: a certificate that browsers refuse, until an authority has made another one
 * @PL_REACH_FOR_HOME: one of this computer's own authority
 * @PL_REACH_DOUBTFUL: one that browsers refuse, against what was meant
 * @PL_REACH_TRUSTED: one with which nothing is known to be wrong
 */
typedef enum
{
  PL_REACH_PLAIN,
  PL_REACH_STANDS_IN,
  PL_REACH_FOR_HOME,
  PL_REACH_DOUBTFUL,
  PL_REACH_TRUSTED,
} PlReachEncryption;

/**
 * PlReach: what is so where the internet may come in.
 * @port: where the program listens, or would
 * @caller, @caller_us: who came last from outside, and when (wall clock); 0: nobody did in the last
 *   %PL_REACH_DAYS days
 * @now_us: wall clock
 * @takes_uploads: guests may add photos where their link allows it
 */
typedef struct
{
  PlReachRun run;
  guint16 port;
  PlAddress caller;
  gint64 caller_us;
  gint64 now_us;
  PlReachEncryption encryption;
  PlDoorRule world;
  gboolean takes_uploads;
} PlReach;

PlReachState pl_reach_get_state (const PlReach *reach, PlReachStep step);

/** pl_reach_dup_words: (transfer full): a sentence or more, for people. */
char *pl_reach_dup_words (const PlReach *reach, PlReachStep step);

/** pl_reach_state_get_words: (transfer none): for those who do not see its sign: `not known`. */
const char *pl_reach_state_get_words (PlReachState state);
