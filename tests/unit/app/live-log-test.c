/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands on a terminal: lines of finished exchanges, and the rows of running ones as a
 * terminal would show them after drawing them over. */

#include "app/log/live_log.h"
#include "app/log/spool.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/log/live_line.h"

static const PlTerminal file = { .has_unicode = TRUE };
static const PlTerminal narrow = { .is_interactive = TRUE, .has_unicode = TRUE, .width = 80 };
static const PlTerminal wide = { .is_interactive = TRUE, .has_unicode = TRUE, .width = 120 };
static const PlTerminal coloured
    = { .is_interactive = TRUE, .has_colour = TRUE, .has_unicode = TRUE, .width = 120 };
static const PlTerminal ascii = { .is_interactive = TRUE, .width = 80 };

#define THUMBNAIL "/api/assets/8f8a3f5c-1d7e-4d56-9f0a-6a5c1c1f3b2e/thumbnail?size=preview"

/* 14:03:07 UTC */
#define STARTED_US (G_GINT64_CONSTANT (1718978587) * G_USEC_PER_SEC)

static PlRecord
make_finished (void)
{
  return (PlRecord){
    .id = 1,
    .state = PL_RECORD_FINISHED,
    .reason = PL_CLOSE_DONE,
    .protocol = PL_PROTOCOL_HTTP_1_1,
    .client = pl_address_from_ipv4 ((const guint8[4]){ 192, 168, 1, 23 }, 50000),
    .started_us = STARTED_US,
    .duration_us = 12000,
    .down_bytes = 18250,
    .up_total_bytes = -1,
    .down_total_bytes = 18250,
    .status = 200,
    .method = "GET",
    .target = THUMBNAIL,
    .user_agent = "Immich_Android_1.135.0",
  };
}

static PlRecord
make_upload (void)
{
  PlRecord record = make_finished ();

  record.reason = PL_CLOSE_CLIENT_GONE;
  record.up_bytes = 340000000;
  record.up_total_bytes = 512000000;
  record.down_bytes = 0;
  record.duration_us = 18000000;
  record.status = 0;
  record.method = "POST";
  record.target = "/api/assets";
  return record;
}

/**
 * LineCase:
 * @bytes_per_s: of a running one
 */
typedef struct
{
  const PlTerminal *terminal;
  PlRecord (*make) (void);
  gboolean is_running;
  double bytes_per_s;
  const char *line;
} LineCase;

static const LineCase lines[] = {
  { &file, make_finished, FALSE, 0,
    "14:03:07 192.168.1.23    Immich app (Android) 200   18 kB    12 ms  GET " THUMBNAIL "\n" },
  { &narrow, make_finished, FALSE, 0,
    "14:03:07 192.168.1.23    200   18 kB    12 ms  GET /api/assets…ail?size=preview\n" },
  { &ascii, make_finished, FALSE, 0,
    "14:03:07 192.168.1.23    200   18 kB    12 ms  GET /api/assets..il?size=preview\n" },
  { &wide, make_upload, FALSE, 0,
    "14:03:07 192.168.1.23    Immich app (Android) -   ↑340 MB     18 s  POST /api/assets  the "
    "device went away at 340 MB\n" },
  { &coloured, make_finished, FALSE, 0,
    "\033[2m14:03:07 \033[0m192.168.1.23    Immich app (Android) \033[32m200\033[0m   18 kB    12 "
    "ms  GET /api/assets/8f8a3f5c-…2e/thumbnail?size=preview\n" },
  { &narrow, make_upload, TRUE, 18000000,
    "14:03:07 192.168.1.23    66% ↑340 MB     18 s  POST …assets  of 512 MB, 18 MB/s\n" },
  { &wide, make_upload, TRUE, 18000000,
    "14:03:07 192.168.1.23    Immich app (Android) 66% ↑340 MB     18 s  POST /api/assets  "
    "▓▓▓▓▓▓░░░░ of 512 MB, 18 MB/s\n" },
  { &ascii, make_upload, TRUE, 0,
    "14:03:07 192.168.1.23    66% ^340 MB     18 s  POST /api/assets  of 512 MB\n" },
};

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      PlRecord record = lines[i].make ();
      g_autoptr (GString) text = g_string_new (NULL);

      if (lines[i].is_running)
        pl_live_line_append_running (text, lines[i].terminal, &record, lines[i].bytes_per_s);
      else
        pl_live_line_append_finished (text, lines[i].terminal, &record);
      g_assert_cmpstr (text->str, ==, lines[i].line);
    }
}

/* Drawn over by counting rows: a line that wrapped would leave its first half behind. */
static void
test_running_lines_take_one_row (void)
{
  static const guint8 octets[16] = { 0x20, 1, 0x0d, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9 };
  PlRecord record = make_upload ();

  record.client = pl_address_from_ipv6 (octets, 1);
  record.target = THUMBNAIL;
  record.up_bytes = 999000000000;
  record.up_total_bytes = 999400000000;
  record.duration_us = G_GINT64_CONSTANT (59) * 3600 * G_USEC_PER_SEC;
  for (guint width = PL_LIVE_LINE_LEAST_WIDTH; width < 200; width++)
    {
      PlTerminal terminal = { .is_interactive = TRUE, .has_unicode = TRUE, .width = width };
      g_autoptr (GString) text = g_string_new (NULL);
      pl_live_line_append_running (text, &terminal, &record, 999000000);
      g_assert_cmpint (g_utf8_strlen (text->str, -1) - 1, <, width);
    }
}

static void
test_nothing_from_outside_moves_the_cursor (void)
{
  PlRecord record = make_finished ();
  g_autoptr (GString) text = g_string_new (NULL);

  record.method = "G\033[2J";
  record.target = "/\r\n\x80";
  pl_live_line_append_finished (text, &file, &record);
  g_assert_true (g_str_has_suffix (text->str, "  G?[2J /???\n"));
}

/**
 * Fixture: a live log that writes to a file.
 * @rows: what a terminal would show of all that was written: one string a row
 */
typedef struct
{
  char *path;
  PlLiveLog *log;
  guint64 next_id;
} Fixture;

static void
report_cb (const char *message, gboolean is_over, gpointer user_data)
{
  g_assert_not_reached ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  int descriptor = g_file_open_tmp ("porchlight-live-XXXXXX", &fixture->path, NULL);
  g_close (descriptor, NULL);
  PlOutput *output = pl_output_new (fixture->path, report_cb, NULL, NULL);
  fixture->log = pl_live_log_new (output, data);
  fixture->next_id = 1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pl_live_log_free (fixture->log);
  g_remove (fixture->path);
  g_free (fixture->path);
}

/* Records of the engine come from its own allocator; here they must only outlive the log. */
static PlRecord *
dup_record (PlRecord value)
{
  PlRecordText text = { .method = pl_slice_from_string (value.method),
                        .target = pl_slice_from_string (value.target),
                        .user_agent = pl_slice_from_string (value.user_agent) };
  PlRecord *record = pl_record_new (&text);

  record->id = value.id;
  record->state = value.state;
  record->reason = value.reason;
  record->protocol = value.protocol;
  record->client = value.client;
  record->started_us = value.started_us;
  record->duration_us = value.duration_us;
  record->up_bytes = value.up_bytes;
  record->down_bytes = value.down_bytes;
  record->up_total_bytes = value.up_total_bytes;
  record->down_total_bytes = value.down_total_bytes;
  record->status = value.status;
  return record;
}

static void
add (Fixture *fixture, PlRecord value)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  g_ptr_array_add (batch, dup_record (value));
  pl_live_log_add (fixture->log, batch, 0);
}

static PlRecord
make_running (guint64 id)
{
  PlRecord record = make_upload ();
  record.id = id;
  record.state = PL_RECORD_RUNNING;
  record.reason = PL_CLOSE_NONE;
  return record;
}

/* Plays what was written to a terminal that knows the two things the log uses: go up, erase down.
 */
static GPtrArray *
play (Fixture *fixture)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  pl_spool_settle_all (10000);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  for (const char *at = text; *at != '\0';)
    {
      guint n_up = 0;
      int length = 0;
      if (sscanf (at, "\033[%uA\033[J%n", &n_up, &length) == 1 && length > 0)
        {
          g_assert_cmpuint (n_up, <=, rows->len);
          g_ptr_array_set_size (rows, (int) (rows->len - n_up));
          at += length;
          continue;
        }
      const char *end = strchr (at, '\n');
      g_assert_nonnull (end);
      g_ptr_array_add (rows, g_strndup (at, (gsize) (end - at)));
      at = end + 1;
    }
  return rows;
}

static void
assert_row (GPtrArray *rows, guint index, const char *part)
{
  g_assert_cmpuint (rows->len, >, index);
  g_assert_nonnull (strstr (g_ptr_array_index (rows, index), part));
}

static void
test_running_stays_below (Fixture *fixture, gconstpointer data)
{
  add (fixture, make_running (2));
  add (fixture, make_finished ());
  add (fixture, make_running (3));
  g_autoptr (GPtrArray) rows = play (fixture);

  g_assert_cmpuint (rows->len, ==, 3);
  assert_row (rows, 0, " 200 ");
  assert_row (rows, 1, "66%");
  assert_row (rows, 2, "66%");
}

static void
test_running_ends (Fixture *fixture, gconstpointer data)
{
  PlRecord end = make_upload ();

  add (fixture, make_running (2));
  end.id = 2;
  add (fixture, end);
  g_autoptr (GPtrArray) rows = play (fixture);

  g_assert_cmpuint (rows->len, ==, 1);
  assert_row (rows, 0, "the device went away at 340 MB");
}

static void
test_many_run (Fixture *fixture, gconstpointer data)
{
  for (guint id = 10; id < 30; id++)
    add (fixture, make_running (id));
  g_autoptr (GPtrArray) rows = play (fixture);

  g_assert_cmpuint (rows->len, ==, 9);
  assert_row (rows, 8, "and 12 more are running");
}

static void
test_tunnels_are_not_shown_running (Fixture *fixture, gconstpointer data)
{
  PlRecord record = make_running (2);

  add (fixture, record);
  record.protocol = PL_PROTOCOL_TUNNEL;
  add (fixture, record);
  g_autoptr (GPtrArray) rows = play (fixture);
  g_assert_cmpuint (rows->len, ==, 0);
}

static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  add (fixture, make_running (2));
  pl_live_log_hide (fixture->log);
  pl_live_log_hide (fixture->log);
  g_autoptr (GPtrArray) hidden = play (fixture);
  g_assert_cmpuint (hidden->len, ==, 0);

  add (fixture, make_finished ());
  g_autoptr (GPtrArray) rows = play (fixture);
  g_assert_cmpuint (rows->len, ==, 2);
}

static void
test_lost_records_forget_what_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  add (fixture, make_running (2));
  pl_live_log_add (fixture->log, none, 5);
  g_autoptr (GPtrArray) rows = play (fixture);

  g_assert_cmpuint (rows->len, ==, 1);
  assert_row (rows, 0, "and 5 more requests than could be noted");
}

static void
test_flood (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  PlRecord bad = make_finished (), at_door = make_finished ();

  bad.status = 502;
  at_door.status = 404;
  at_door.reason = PL_CLOSE_NOT_SHARED;
  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (batch, dup_record (make_finished ()));
  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (batch, dup_record (at_door));
  g_ptr_array_add (batch, dup_record (bad));
  pl_live_log_add (fixture->log, batch, 0);
  g_autoptr (GPtrArray) rows = play (fixture);

  g_assert_cmpuint (rows->len, ==, 66);
  assert_row (rows, 64, " 502 ");
  assert_row (rows, 65, "and 936 more requests");
}

static void
test_a_file_has_no_rows (Fixture *fixture, gconstpointer data)
{
  add (fixture, make_running (2));
  add (fixture, make_finished ());
  g_autofree char *text = NULL;
  pl_spool_settle_all (10000);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_null (strchr (text, '\033'));
  g_autoptr (GPtrArray) rows = play (fixture);
  g_assert_cmpuint (rows->len, ==, 1);
}

#define ADD(name, terminal, function)                                                              \
  g_test_add ("/app/live-log/" name, Fixture, &(terminal), set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/live-log/lines", test_lines);
  g_test_add_func ("/app/live-log/running-lines-take-one-row", test_running_lines_take_one_row);
  g_test_add_func ("/app/live-log/nothing-from-outside-moves-the-cursor",
                   test_nothing_from_outside_moves_the_cursor);
  ADD ("running-stays-below", narrow, test_running_stays_below);
  ADD ("running-ends", narrow, test_running_ends);
  ADD ("many-run", narrow, test_many_run);
  ADD ("tunnels-are-not-shown-running", narrow, test_tunnels_are_not_shown_running);
  ADD ("hidden", narrow, test_hidden);
  ADD ("lost-records", narrow, test_lost_records_forget_what_runs);
  ADD ("flood", narrow, test_flood);
  ADD ("a-file-has-no-rows", file, test_a_file_has_no_rows);
  return g_test_run ();
}
