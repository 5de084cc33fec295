/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch is one write: at thirty batches a second at most, nothing more need be buffered, and
 * nobody who watches the file waits. Who counts on the log must know when it is not whole. */

#include "app/log/access_log.h"

#include "app/i18n.h"
#include "app/settings/location.h"

/* Gaps are told at most this often. */
#define GAP_INTERVAL_US (10 * G_USEC_PER_SEC)

/**
 * PlAccessLog:
 * @output: (nullable): %NULL: no log is wanted
 * @path: of @output; empty: there is none
 * @lines: of the batch; kept for its room
 * @n_missing: requests the log lacks and nobody was told of yet
 * @has_gap: somebody was told, and not yet that it goes on without one
 * @gap_told_us: when somebody was last told; monotonic
 */
struct _PlAccessLog
{
  PlOutput *output;
  char *path;
  PlLogFormat format;
  GString *lines;
  guint64 n_missing;
  gboolean has_gap;
  gint64 gap_told_us;
  PlOutputReportFunc report;
  gpointer user_data;
};

PlAccessLog *
pl_access_log_new (PlOutputReportFunc report, gpointer user_data)
{
  PlAccessLog *log = g_new0 (PlAccessLog, 1);

  log->path = g_strdup ("");
  log->lines = g_string_new (NULL);
  log->gap_told_us = -GAP_INTERVAL_US;
  log->report = report;
  log->user_data = user_data;
  return log;
}

void
pl_access_log_free (PlAccessLog *log)
{
  g_clear_pointer (&log->output, pl_output_free);
  g_string_free (log->lines, TRUE);
  g_free (log->path);
  g_free (log);
}

/* Settings */

static gboolean
change (PlAccessLog *log, const char *path, GError **error)
{
  PlOutput *output = NULL;

  if (*path != '\0')
    {
      output = pl_output_new (path, log->report, log->user_data, error);
      if (output == NULL)
        return FALSE;
    }
  g_clear_pointer (&log->output, pl_output_free);
  log->output = output;
  log->has_gap = FALSE;
  g_free (log->path);
  log->path = g_strdup (path);
  return TRUE;
}

gboolean
pl_access_log_apply (PlAccessLog *log,
                     const PlSettings *settings,
                     const char *settings_path,
                     GError **error)
{
  g_autofree char *path = pl_location_dup_access_log (settings, settings_path);

  if (!g_str_equal (path, log->path))
    {
      if (!change (log, path, error))
        return FALSE;
    }
  else if (log->output != NULL)
    pl_output_reopen (log->output);
  log->format = (PlLogFormat) pl_settings_get_choice (settings, "log", "format");
  return TRUE;
}

gboolean
pl_access_log_is_standard_output (const PlAccessLog *log)
{
  return pl_location_is_standard_output (log->path);
}

gboolean
pl_access_log_is_failing (const PlAccessLog *log)
{
  return log->output != NULL && (log->has_gap || pl_output_is_failing (log->output));
}

/* Gaps */

static void
tell_gap (PlAccessLog *log)
{
  gint64 now_us = g_get_monotonic_time ();

  if (log->n_missing == 0 || now_us - log->gap_told_us < GAP_INTERVAL_US)
    return;

  g_autofree char *message = g_strdup_printf (
      ngettext ("The access log lacks %u request: more came than could be written.",
                "The access log lacks %u requests: more came than could be written.",
                (gulong) log->n_missing),
      (guint) log->n_missing);
  log->n_missing = 0;
  log->has_gap = TRUE;
  log->gap_told_us = now_us;
  log->report (message, FALSE, log->user_data);
}

static void
tell_end_of_gap (PlAccessLog *log)
{
  gboolean is_over = log->has_gap && log->n_missing == 0
                     && g_get_monotonic_time () - log->gap_told_us >= GAP_INTERVAL_US;

  if (!is_over || pl_output_is_failing (log->output))
    return;
  log->has_gap = FALSE;
  log->report (_ ("The access log has every request again."), TRUE, log->user_data);
}

/* Records */

static void
write_finished (PlAccessLog *log, GPtrArray *records)
{
  g_string_truncate (log->lines, 0);
  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = g_ptr_array_index (records, i);
      if (record->state == PL_RECORD_FINISHED)
        pl_log_format_append (log->lines, log->format, record);
    }
  pl_output_write (log->output, log->lines->str, log->lines->len);
}

void
pl_access_log_add (PlAccessLog *log, GPtrArray *records, guint64 n_dropped)
{
  if (log->output == NULL)
    return;
  write_finished (log, records);
  log->n_missing += n_dropped;
  tell_gap (log);
  tell_end_of_gap (log);
}
