/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One quiet line on who was turned away at the door: the first at once, then at most one a minute,
 * with all that came meanwhile. */

#pragma once

#include "net/proxy/proxy.h"

/** PlTurnedAwayLog: what was not said yet, and when something was. */
typedef struct _PlTurnedAwayLog PlTurnedAwayLog;

/** PlTurnedAwayLogFunc: says @line. */
typedef void (*PlTurnedAwayLogFunc) (const char *line, gpointer user_data);

/** pl_turned_away_log_new: (transfer full): @interval_ms: between two lines. */
PlTurnedAwayLog *
pl_turned_away_log_new (guint interval_ms, PlTurnedAwayLogFunc say, gpointer user_data);

/** pl_turned_away_log_free: what was not said yet is not said any more. */
void pl_turned_away_log_free (PlTurnedAwayLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlTurnedAwayLog, pl_turned_away_log_free)

/** pl_turned_away_log_add: as #PlTurnedAwayFunc. */
void pl_turned_away_log_add (PlTurnedAwayLog *log, const PlTurnedAwayList *batch);
