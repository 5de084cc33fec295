/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/log/turned_away_log.h"

#include "app/model/turned_away.h"

/**
 * PlTurnedAwayLog:
 * @untold: who came since the last line
 * @timer: while no line may be said; 0: one may
 */
struct _PlTurnedAwayLog
{
  PlTurnedAwayList untold;
  guint interval_ms;
  guint timer;
  PlTurnedAwayLogFunc say;
  gpointer user_data;
};

PlTurnedAwayLog *
pl_turned_away_log_new (guint interval_ms, PlTurnedAwayLogFunc say, gpointer user_data)
{
  PlTurnedAwayLog *log = g_new0 (PlTurnedAwayLog, 1);

  log->interval_ms = interval_ms;
  log->say = say;
  log->user_data = user_data;
  return log;
}

void
pl_turned_away_log_free (PlTurnedAwayLog *log)
{
  g_clear_handle_id (&log->timer, g_source_remove);
  g_free (log);
}

static gboolean timer_cb (gpointer user_data);

static void
tell (PlTurnedAwayLog *log)
{
  g_autofree char *line = pl_turned_away_dup_line (&log->untold);

  log->untold = (PlTurnedAwayList){ 0 };
  log->timer = g_timeout_add (log->interval_ms, timer_cb, log);
  log->say (line, log->user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  PlTurnedAwayLog *log = user_data;

  log->timer = 0;
  if (log->untold.n_places > 0)
    tell (log);
  return G_SOURCE_REMOVE;
}

void
pl_turned_away_log_add (PlTurnedAwayLog *log, const PlTurnedAwayList *batch)
{
  pl_turned_away_add_all (&log->untold, batch);
  if (log->timer == 0 && log->untold.n_places > 0)
    tell (log);
}
