/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one table of tries for all workers. Requests that are no logins never touch it. */

#pragma once

#include "net/guard/tries.h"

/** PlGuard: a #PlTries under a mutex; all is from any thread. */
typedef struct _PlGuard PlGuard;

PlGuard *pl_guard_new (void);
void pl_guard_free (PlGuard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlGuard, pl_guard_free)

/** pl_guard_begin: as pl_tries_begin(). Programs with API keys cost no lock while nobody has
 * failed. */
guint pl_guard_begin (PlGuard *guard, const PlTry *try, gint64 now_us);

/** pl_guard_end: as pl_tries_end(). */
void pl_guard_end (PlGuard *guard, const PlTry *try, PlLoginOutcome outcome, gint64 now_us);

/** pl_guard_forgive: as pl_tries_forgive(). */
void pl_guard_forgive (PlGuard *guard, const PlNetwork *network);

/** pl_guard_dup_waiting: (transfer full) (element-type PlWaiting): as pl_tries_dup_waiting(). */
GArray *pl_guard_dup_waiting (PlGuard *guard, gint64 now_us);
