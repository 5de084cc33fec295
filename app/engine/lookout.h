/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is at addresses of Immich that nobody has looked at: those of a file that was only read, or
 * of one whose health says no more than that something is wrong. Looks in the background, and again
 * as long as it finds no Immich. */

#pragma once

#include "app/finder/judge.h"
#include "net/proxy/proxy.h"

typedef struct _PlLookout PlLookout;

/** PlLookoutFunc: @judgment: on who is at @url, which is news; borrowed for the call. */
typedef void (*PlLookoutFunc) (const char *url, const PlJudgment *judgment, gpointer user_data);

PlLookout *pl_lookout_new (PlLookoutFunc on_judged, gpointer user_data);

/** pl_lookout_free: nothing is told of what is still being asked. */
void pl_lookout_free (PlLookout *lookout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlLookout, pl_lookout_free)

/**
 * PlLookoutScope: which addresses are looked at.
 * @PL_LOOKOUT_NOT_WELL: those whose health check says that something is wrong
 * @PL_LOOKOUT_UNASKED: those too that have no health check
 */
typedef enum
{
  PL_LOOKOUT_NOT_WELL,
  PL_LOOKOUT_UNASKED,
} PlLookoutScope;

/**
 * pl_lookout_set:
 * @config: (nullable): what runs
 * @statuses: (element-type PlEndpointStatus): what is known of its endpoints
 *
 * Looks from now on at those that are doubtful, at new ones at once. What is known of others is
 * forgotten, and of all where nothing runs.
 */
void pl_lookout_set (PlLookout *lookout,
                     PlLookoutScope scope,
                     const PlConfig *config,
                     const GArray *statuses);

/** pl_lookout_get_kind: what is known of @url; %PL_VERDICT_NONE where it is not looked at, or no
 * answer is there yet. */
PlVerdictKind pl_lookout_get_kind (const PlLookout *lookout, const char *url);

/** pl_lookout_get_words: (transfer none) (nullable): the same as a sentence, until it is asked
 * again. */
const char *pl_lookout_get_words (const PlLookout *lookout, const char *url);
