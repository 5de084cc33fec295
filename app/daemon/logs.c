/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which logs there are is decided here; how they look, in app/log. */

#include "app/daemon/logs.h"

#include "app/daemon/say.h"
#include "app/log/access_log.h"
#include "app/log/live_log.h"

struct _PlLogs
{
  PlAccessLog *access_log;
  PlLiveLog *live_log; /* (nullable) */
  PlOutputReportFunc report;
  gpointer user_data;
};

static void
make_room_cb (gpointer user_data)
{
  PlLogs *logs = user_data;

  if (logs->live_log != NULL)
    pl_live_log_hide (logs->live_log);
}

PlLogs *
pl_logs_new (PlOutputReportFunc report, gpointer user_data)
{
  PlLogs *logs = g_new0 (PlLogs, 1);
  logs->access_log = pl_access_log_new (report, user_data);
  logs->report = report;
  logs->user_data = user_data;
  pl_say_set_make_room (make_room_cb, logs);
  return logs;
}

void
pl_logs_free (PlLogs *logs)
{
  pl_access_log_free (logs->access_log);
  g_clear_pointer (&logs->live_log, pl_live_log_free);
  pl_say_set_make_room (NULL, NULL);
  g_free (logs);
}

static void
apply_live_log (PlLogs *logs)
{
  if (pl_access_log_is_standard_output (logs->access_log))
    g_clear_pointer (&logs->live_log, pl_live_log_free);
  else if (logs->live_log == NULL)
    {
      PlTerminal terminal = pl_terminal_look ();
      PlOutput *output = pl_output_new_standard (logs->report, logs->user_data);
      logs->live_log = pl_live_log_new (output, &terminal);
    }
}

gboolean
pl_logs_apply (PlLogs *logs, const PlSettings *settings, const char *path, GError **error)
{
  if (!pl_access_log_apply (logs->access_log, settings, path, error))
    return FALSE;
  apply_live_log (logs);
  return TRUE;
}

void
pl_logs_add (PlLogs *logs, GPtrArray *records, guint64 n_dropped)
{
  pl_access_log_add (logs->access_log, records, n_dropped);
  if (logs->live_log != NULL)
    pl_live_log_add (logs->live_log, records, n_dropped);
}

void
pl_logs_resize (PlLogs *logs)
{
  if (logs->live_log != NULL)
    pl_live_log_resize (logs->live_log, pl_terminal_look ().width);
}
