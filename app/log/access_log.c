/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A batch is one write: at thirty batches a second at most, nothing more need be buffered, and
 * nobody who watches the file waits. */

#include "app/log/access_log.h"

struct _PlAccessLog
{
  PlOutput *output;
  PlLogFormat format;
  GString *lines; /* of the batch; kept for its room */
};

PlAccessLog *
pl_access_log_new (PlOutput *output, PlLogFormat format)
{
  PlAccessLog *log = g_new0 (PlAccessLog, 1);
  log->output = output;
  log->format = format;
  log->lines = g_string_new (NULL);
  return log;
}

void
pl_access_log_free (PlAccessLog *log)
{
  pl_output_free (log->output);
  g_string_free (log->lines, TRUE);
  g_free (log);
}

void
pl_access_log_add (PlAccessLog *log, GPtrArray *records)
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

gboolean
pl_access_log_is_failing (const PlAccessLog *log)
{
  return pl_output_is_failing (log->output);
}

void
pl_access_log_reopen (PlAccessLog *log)
{
  pl_output_reopen (log->output);
}
