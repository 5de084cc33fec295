/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which logs there are is decided here; how they look, in app/log. */

#include "app/daemon/logs.h"

#include "app/i18n.h"
#include "app/log/access_log.h"
#include "app/log/live_log.h"

#define STANDARD_OUTPUT "-"

/* Gaps of the access log are told at most this often. */
#define GAP_INTERVAL_US (10 * G_USEC_PER_SEC)

/**
 * PlLogs:
 * @access_path: of @access_log; empty: there is none
 * @n_missing: requests the access log lacks and nobody was told of yet
 * @gap_told_us: when somebody was last; monotonic
 */
struct _PlLogs
{
  PlAccessLog *access_log;
  PlLiveLog *live_log;
  char *access_path;
  PlLogFormat access_format;
  guint64 n_missing;
  gint64 gap_told_us;
  PlOutputReportFunc report;
  gpointer user_data;
};

PlLogs *
pl_logs_new (PlOutputReportFunc report, gpointer user_data)
{
  PlLogs *logs = g_new0 (PlLogs, 1);
  logs->access_path = g_strdup ("");
  logs->gap_told_us = -GAP_INTERVAL_US;
  logs->report = report;
  logs->user_data = user_data;
  return logs;
}

void
pl_logs_free (PlLogs *logs)
{
  g_clear_pointer (&logs->access_log, pl_access_log_free);
  g_clear_pointer (&logs->live_log, pl_live_log_free);
  g_free (logs->access_path);
  g_free (logs);
}

static gboolean
apply_access_log (PlLogs *logs, const char *path, PlLogFormat format, GError **error)
{
  if (g_str_equal (path, logs->access_path) && format == logs->access_format)
    {
      if (logs->access_log != NULL)
        pl_access_log_reopen (logs->access_log);
      return TRUE;
    }

  PlAccessLog *access_log = NULL;
  if (*path != '\0')
    {
      PlOutput *output = pl_output_new (path, logs->report, logs->user_data, error);
      if (output == NULL)
        return FALSE;
      access_log = pl_access_log_new (output, format);
    }
  g_clear_pointer (&logs->access_log, pl_access_log_free);
  logs->access_log = access_log;
  g_free (logs->access_path);
  logs->access_path = g_strdup (path);
  logs->access_format = format;
  return TRUE;
}

static void
apply_live_log (PlLogs *logs)
{
  if (g_str_equal (logs->access_path, STANDARD_OUTPUT))
    g_clear_pointer (&logs->live_log, pl_live_log_free);
  else if (logs->live_log == NULL)
    {
      PlTerminal terminal = pl_terminal_look ();
      PlOutput *output = pl_output_new (STANDARD_OUTPUT, logs->report, logs->user_data, NULL);
      logs->live_log = pl_live_log_new (output, &terminal);
    }
}

gboolean
pl_logs_apply (PlLogs *logs, const PlSettings *settings, GError **error)
{
  g_autofree char *path = pl_settings_dup_text (settings, "log", "access-log");
  PlLogFormat format = (PlLogFormat)pl_settings_get_choice (settings, "log", "format");

  if (!apply_access_log (logs, path, format, error))
    return FALSE;
  apply_live_log (logs);
  return TRUE;
}

/* Who counts on the access log must know when it is not whole. */
static void
tell_gap (PlLogs *logs)
{
  gint64 now_us = g_get_monotonic_time ();

  if (logs->n_missing == 0 || now_us - logs->gap_told_us < GAP_INTERVAL_US)
    return;

  g_autofree char *message = g_strdup_printf (
      ngettext ("The access log lacks %u request: more came than could be written.",
                "The access log lacks %u requests: more came than could be written.",
                (gulong)logs->n_missing),
      (guint)logs->n_missing);
  logs->n_missing = 0;
  logs->gap_told_us = now_us;
  logs->report (message, logs->user_data);
}

static void
add_to_access_log (PlLogs *logs, GPtrArray *records, guint64 n_dropped)
{
  pl_access_log_add (logs->access_log, records);
  logs->n_missing += n_dropped;
  tell_gap (logs);
}

void
pl_logs_add (PlLogs *logs, GPtrArray *records, guint64 n_dropped)
{
  if (logs->access_log != NULL)
    add_to_access_log (logs, records, n_dropped);
  if (logs->live_log != NULL)
    pl_live_log_add (logs->live_log, records, n_dropped);
}

void
pl_logs_resize (PlLogs *logs)
{
  if (logs->live_log != NULL)
    pl_live_log_resize (logs->live_log, pl_terminal_look ().width);
}

void
pl_logs_make_room (PlLogs *logs)
{
  if (logs->live_log != NULL)
    pl_live_log_hide (logs->live_log);
}
