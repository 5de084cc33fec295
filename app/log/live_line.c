/* SPDX-License-Identifier: GPL-3.0-or-later */

/* time  address  device  status  size  took  method path  ending
 *
 * What varies in length stands at the end, so that the columns before it align without knowing
 * any other line. */

#include "app/log/live_line.h"

#include <string.h>

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"
#include "app/model/device.h"

#define ADDRESS_COLUMNS 15
#define DEVICE_COLUMNS  20
#define STATUS_COLUMNS  4
#define SIZE_COLUMNS    7
#define TOOK_COLUMNS    8
#define BAR_COLUMNS     10

/* From this width on there is room for the device. */
#define WIDE 110
/* Never cut a request shorter; the line then wraps. */
#define LEAST_REQUEST 6

/* SGR parameters (ECMA-48 §8.3.117) */
#define FAINT  "2"
#define RED    "31"
#define GREEN  "32"
#define YELLOW "33"
#define BLUE   "34"
#define CYAN   "36"

static void
append_coloured (GString *text, const PlTerminal *terminal, const char *value, const char *colour)
{
  if (terminal->has_colour)
    g_string_append_printf (text, "\033[%sm%s\033[0m", colour, value);
  else
    g_string_append (text, value);
}

static gboolean
shows_device (const PlTerminal *terminal)
{
  return terminal->width == 0 || terminal->width >= WIDE;
}

/* Colours take no room: from ESC to `m` nothing is shown. */
static guint
columns_of (const char *text)
{
  guint columns = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (*text == '\033')
      text = strchr (text, 'm');
    else
      columns++;
  return columns;
}

static void
append_spaces (GString *text, guint n_spaces)
{
  g_string_append_printf (text, "%*s", (int) n_spaces, "");
}

/* Cut in the middle: the beginning says what it is, the end which one. */
static void
append_shortened (GString *text, const PlTerminal *terminal, const char *value, guint columns)
{
  const char *gap = terminal->has_unicode ? "…" : "..";
  guint length = columns_of (value);

  if (terminal->width == 0 || length <= columns)
    {
      g_string_append (text, value);
      return;
    }
  guint kept = columns - columns_of (gap);
  const char *head_end = g_utf8_offset_to_pointer (value, kept / 2);
  const char *tail = g_utf8_offset_to_pointer (value, length - (kept - kept / 2));
  g_string_append_len (text, value, head_end - value);
  g_string_append (text, gap);
  g_string_append (text, tail);
}

static void
append_left (GString *text, const PlTerminal *terminal, const char *value, guint columns)
{
  append_shortened (text, terminal, value, columns);
  append_spaces (text, columns - MIN (columns, columns_of (value)) + 1);
}

static void
append_right (GString *text, const char *value, guint columns)
{
  append_spaces (text, columns - MIN (columns, columns_of (value)));
  g_string_append (text, value);
  g_string_append_c (text, ' ');
}

static void
append_time (GString *text, const PlTerminal *terminal, const PlRecord *record)
{
  g_autoptr (GDateTime) time = pl_local_time_new (record->started_us);
  g_autofree char *clock
      = g_strdup_printf ("%02d:%02d:%02d ", g_date_time_get_hour (time),
                         g_date_time_get_minute (time), g_date_time_get_second (time));

  append_coloured (text, terminal, clock, FAINT);
}

static void
append_who (GString *text, const PlTerminal *terminal, const PlRecord *record)
{
  g_autoptr (GString) address = g_string_new (NULL);

  pl_words_append_address (address, &record->client);
  append_left (text, terminal, address->str, ADDRESS_COLUMNS);
  if (shows_device (terminal))
    {
      g_autofree char *device = pl_device_dup_words (record->user_agent);
      append_left (text, terminal, device, DEVICE_COLUMNS);
    }
}

/* An upload is told from a download by an arrow: most lines are downloads and go without. */
static void
append_size (GString *text, const PlTerminal *terminal, const PlWordsProgress *progress)
{
  g_autoptr (GString) size = g_string_new (NULL);

  if (progress->is_upload)
    g_string_append (size, terminal->has_unicode ? "↑" : "^");
  pl_words_append_size (size, progress->bytes);
  append_right (text, size->str, SIZE_COLUMNS);
}

static void
append_took (GString *text, const PlRecord *record)
{
  g_autoptr (GString) took = g_string_new (NULL);

  pl_words_append_duration (took, record->duration_us);
  append_right (text, took->str, TOOK_COLUMNS);
}

/* A malformed request may have brought anything as its method. */
static char *
dup_request (const PlRecord *record)
{
  g_autofree char *request
      = g_strdup_printf ("%s %s", *record->method != '\0' ? record->method : "-", record->target);

  for (char *at = request; *at != '\0'; at++)
    *at = g_ascii_isprint (*at) ? *at : '?';
  return g_steal_pointer (&request);
}

/* What is left of a line for the request, between what stands there and what will stand behind. */
static guint
columns_for_request (const PlTerminal *terminal, const char *line, const char *ending)
{
  guint taken = columns_of (line) + (*ending != '\0' ? 2 + columns_of (ending) : 0);

  /* One column stays free: a terminal may wrap a line that fills its last. */
  return MAX (terminal->width, taken + 1 + LEAST_REQUEST) - taken - 1;
}

static void
append_request (GString *line,
                const PlTerminal *terminal,
                const PlRecord *record,
                const char *ending,
                const char *ending_colour)
{
  g_autofree char *request = dup_request (record);

  g_string_append_c (line, ' ');
  append_shortened (line, terminal, request, columns_for_request (terminal, line->str, ending));
  if (*ending != '\0')
    {
      g_string_append (line, "  ");
      append_coloured (line, terminal, ending, ending_colour);
    }
  g_string_append_c (line, '\n');
}

static void
append_columns (GString *text,
                const PlTerminal *terminal,
                const PlRecord *record,
                const char *state,
                const char *state_colour)
{
  PlWordsProgress progress = pl_words_get_progress (record);

  append_time (text, terminal, record);
  append_who (text, terminal, record);
  append_coloured (text, terminal, state, state_colour);
  append_spaces (text, STATUS_COLUMNS - MIN (STATUS_COLUMNS, columns_of (state)));
  append_size (text, terminal, &progress);
  append_took (text, record);
}

static const char *
status_colour (guint status)
{
  static const char *const by_class[] = { RED, BLUE, GREEN, CYAN, YELLOW, RED };
  return by_class[MIN (status / 100, G_N_ELEMENTS (by_class) - 1)];
}

static const char *
reason_colour (PlCloseReason reason)
{
  static const char *const by_side[] = { FAINT, YELLOW, RED, RED };
  return by_side[pl_close_get_side (reason)];
}

void
pl_live_line_append_finished (GString *text, const PlTerminal *terminal, const PlRecord *record)
{
  g_autofree char *status
      = record->status != 0 ? g_strdup_printf ("%u", record->status) : g_strdup ("-");
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) ending = g_string_new (NULL);

  if (record->reason != PL_CLOSE_DONE)
    pl_words_append_reason (ending, record);
  append_columns (line, terminal, record, status, status_colour (record->status));
  append_request (line, terminal, record, ending->str, reason_colour (record->reason));
  g_string_append_len (text, line->str, (gssize) line->len);
}

static guint
percent_of (const PlWordsProgress *progress)
{
  double part = (double) progress->bytes / (double) MAX (progress->total_bytes, 1);
  return MIN ((guint) (part * 100), 99); /* it is running: all of it is not there yet */
}

static void
append_bar (GString *text, const PlTerminal *terminal, guint percent)
{
  for (guint i = 0; i < BAR_COLUMNS; i++)
    {
      if (terminal->has_unicode)
        g_string_append (text, i < percent * BAR_COLUMNS / 100 ? "▓" : "░");
      else
        g_string_append_c (text, i < percent * BAR_COLUMNS / 100 ? '#' : '-');
    }
}

/* ▓▓▓▓▓▓░░░░ of 512 MB, 18 MB/s */
static char *
dup_prospect (const PlTerminal *terminal, const PlWordsProgress *progress, double bytes_per_s)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (progress->total_bytes > 0)
    {
      if (shows_device (terminal))
        {
          append_bar (text, terminal, percent_of (progress));
          g_string_append_c (text, ' ');
        }
      g_autoptr (GString) total = g_string_new (NULL);
      pl_words_append_size (total, (guint64) progress->total_bytes);
      /* Translators: behind the size moved so far: "of 512 MB" */
      g_string_append_printf (text, _ ("of %s"), total->str);
    }
  if (bytes_per_s >= 1)
    {
      g_string_append (text, text->len > 0 ? ", " : "");
      pl_words_append_size (text, (guint64) bytes_per_s);
      g_string_append (text, _ ("/s"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
pl_live_line_append_running (GString *text,
                             const PlTerminal *terminal,
                             const PlRecord *record,
                             double bytes_per_s)
{
  PlWordsProgress progress = pl_words_get_progress (record);
  g_autofree char *prospect = dup_prospect (terminal, &progress, bytes_per_s);
  g_autofree char *percent = progress.total_bytes > 0
                                 ? g_strdup_printf ("%u%%", percent_of (&progress))
                                 : g_strdup ("-");
  g_autoptr (GString) line = g_string_new (NULL);

  append_columns (line, terminal, record, percent, BLUE);
  append_request (line, terminal, record, prospect, BLUE);
  g_string_append_len (text, line->str, (gssize) line->len);
}
