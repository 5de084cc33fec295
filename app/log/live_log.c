/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every change is composed whole and leaves in one write: the rows of the running exchanges are
 * cleared, finished lines take their place, and the rows are drawn again below. So nothing
 * flickers, and a terminal that scrolls keeps the finished lines alone. */

#include "app/log/live_log.h"

#include "app/i18n.h"
#include "app/log/live_line.h"
#include "app/log/running.h"

#define MOST_RUNNING 8

/* Lines of one batch, which comes at most 30 times a second: more could neither be read nor
 * afforded. What went wrong is shown for longer. */
#define MOST_FINISHED       64
#define MOST_FINISHED_WRONG 256

/* Cursor up by that many rows, then erase to the end of the screen (ECMA-48 §8.3.22, §8.3.39). */
#define ERASE_ROWS "\033[%uA\033[J"

/**
 * PlLiveLog:
 * @text: what the next write will bring; kept for its room
 * @n_rows: of running exchanges on the terminal now, right above the cursor
 */
struct _PlLiveLog
{
  PlOutput *output;
  PlTerminal terminal;
  PlRunning *running;
  GString *text;
  guint n_rows;
};

PlLiveLog *
pl_live_log_new (PlOutput *output, const PlTerminal *terminal)
{
  PlLiveLog *log = g_new0 (PlLiveLog, 1);
  log->output = output;
  log->terminal = *terminal;
  log->running = pl_running_new ();
  log->text = g_string_new (NULL);
  return log;
}

void
pl_live_log_free (PlLiveLog *log)
{
  pl_live_log_hide (log);
  pl_running_free (log->running);
  pl_output_free (log->output);
  g_string_free (log->text, TRUE);
  g_free (log);
}

void
pl_live_log_resize (PlLiveLog *log, guint width)
{
  log->terminal.width = width;
}

static void
append_erasure (PlLiveLog *log, GString *text)
{
  if (log->n_rows > 0)
    g_string_append_printf (text, ERASE_ROWS, log->n_rows);
  log->n_rows = 0;
}

/* A change that is lost leaves the rows of before: @n_rows_before. */
static void
write_change (PlLiveLog *log, const GString *text, guint n_rows_before)
{
  if (!pl_output_write (log->output, text->str, text->len))
    log->n_rows = n_rows_before;
}

static void
draw_row (const PlRecord *record, double bytes_per_s, gpointer user_data)
{
  PlLiveLog *log = user_data;

  pl_live_line_append_running (log->text, &log->terminal, record, bytes_per_s);
  log->n_rows++;
}

static void
draw_rows (PlLiveLog *log)
{
  guint n_running = pl_running_get_n (log->running);

  if (!log->terminal.is_interactive || log->terminal.width < PL_LIVE_LINE_LEAST_WIDTH)
    return;
  pl_running_foreach (log->running, MOST_RUNNING, draw_row, log);
  if (n_running <= MOST_RUNNING)
    return;
  g_string_append_printf (
      log->text,
      ngettext ("and %u more is running\n", "and %u more are running\n", n_running - MOST_RUNNING),
      n_running - MOST_RUNNING);
  log->n_rows++;
}

/* Told by the status as well: a 502 that reached its client is a request that was "finished". What
 * is refused by a rule went as it should, and there may be thousands. */
static gboolean
went_wrong (const PlRecord *record)
{
  return !pl_close_is_refusal (record->reason)
         && (record->status >= 400 || pl_close_get_side (record->reason) != PL_FAULT_NOBODY);
}

/* Returns: how many were left out */
static guint64
append_finished (PlLiveLog *log, GPtrArray *records)
{
  guint n_shown = 0;
  guint64 n_left_out = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const PlRecord *record = g_ptr_array_index (records, i);
      if (record->state != PL_RECORD_FINISHED)
        continue;
      if (n_shown < (went_wrong (record) ? MOST_FINISHED_WRONG : MOST_FINISHED))
        {
          pl_live_line_append_finished (log->text, &log->terminal, record);
          n_shown++;
        }
      else
        n_left_out++;
    }
  return n_left_out;
}

static void
append_numbers (PlLiveLog *log, guint64 n_left_out, guint64 n_dropped)
{
  if (n_left_out > 0)
    g_string_append_printf (
        log->text,
        ngettext ("and %u more request\n", "and %u more requests\n", (gulong) n_left_out),
        (guint) n_left_out);
  if (n_dropped > 0)
    g_string_append_printf (log->text,
                            ngettext ("and %u more request than could be noted\n",
                                      "and %u more requests than could be noted\n",
                                      (gulong) n_dropped),
                            (guint) n_dropped);
}

void
pl_live_log_add (PlLiveLog *log, GPtrArray *records, guint64 n_dropped)
{
  if (n_dropped > 0)
    pl_running_forget (log->running);
  for (guint i = 0; i < records->len; i++)
    pl_running_add (log->running, g_ptr_array_index (records, i));

  guint n_rows_before = log->n_rows;
  append_erasure (log, log->text);
  guint64 n_left_out = append_finished (log, records);
  append_numbers (log, n_left_out, n_dropped);
  draw_rows (log);
  write_change (log, log->text, n_rows_before);
  g_string_truncate (log->text, 0);
}

void
pl_live_log_hide (PlLiveLog *log)
{
  guint n_rows_before = log->n_rows;
  g_autoptr (GString) text = g_string_new (NULL);

  append_erasure (log, text);
  write_change (log, text, n_rows_before);
}
