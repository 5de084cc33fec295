/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which logs there are, and that gaps of the access log are told, but not again and again. */

#include "app/daemon/logs.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "app/log/spool.h"

/**
 * Fixture:
 * @output: what standard output goes to meanwhile
 * @kept_output: a copy of the real one
 */
typedef struct
{
  char *folder;
  char *output;
  char *access_log;
  int kept_output;
  GPtrArray *told;
  PlSettings *settings;
  PlLogs *logs;
} Fixture;

static void
told_cb (const char *message, gboolean is_over, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_ptr_array_add (fixture->told, g_strdup (message));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porchlight-logs-XXXXXX", NULL);
  fixture->output = g_build_filename (fixture->folder, "output", NULL);
  fixture->access_log = g_build_filename (fixture->folder, "access.log", NULL);
  fixture->kept_output = dup (STDOUT_FILENO);
  int output = g_open (fixture->output, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  dup2 (output, STDOUT_FILENO);
  close (output);
  fixture->told = g_ptr_array_new_with_free_func (g_free);
  fixture->settings = pl_settings_new ();
  fixture->logs = pl_logs_new (told_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pl_logs_free (fixture->logs);
  pl_settings_free (fixture->settings);
  g_ptr_array_unref (fixture->told);
  dup2 (fixture->kept_output, STDOUT_FILENO);
  close (fixture->kept_output);
  g_remove (fixture->output);
  g_remove (fixture->access_log);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->output);
  g_free (fixture->access_log);
  g_free (fixture->folder);
}

static void
apply (Fixture *fixture, const char *access_log, const char *format)
{
  g_autoptr (GError) error = NULL;

  pl_settings_set (fixture->settings, "log", "access-log", access_log, NULL);
  pl_settings_set (fixture->settings, "log", "format", format, NULL);
  g_assert_true (pl_logs_apply (fixture->logs, fixture->settings, fixture->output, &error));
  g_assert_no_error (error);
}

static void
add (Fixture *fixture, const char *target, guint64 n_dropped)
{
  PlRecordText text = { .method = PL_SLICE ("GET"), .target = pl_slice_from_string (target) };
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  PlRecord *record = pl_record_new (&text);

  record->state = PL_RECORD_FINISHED;
  record->reason = PL_CLOSE_DONE;
  record->status = 200;
  g_ptr_array_add (batch, record);
  pl_logs_add (fixture->logs, batch, n_dropped);
}

static guint
count (const char *path, const char *part)
{
  g_autofree char *text = NULL;
  guint n_found = 0;

  pl_spool_settle_all (10000);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n_found++;
  return n_found;
}

static void
test_live_log_alone (Fixture *fixture, gconstpointer data)
{
  apply (fixture, "", "combined");
  add (fixture, "/one", 0);
  g_assert_cmpuint (count (fixture->output, "GET /one\n"), ==, 1);
}

static void
test_both (Fixture *fixture, gconstpointer data)
{
  apply (fixture, fixture->access_log, "combined");
  add (fixture, "/one", 0);
  g_assert_cmpuint (count (fixture->output, "GET /one\n"), ==, 1);
  g_assert_cmpuint (count (fixture->access_log, "\"GET /one HTTP/1.0\" 200"), ==, 1);
}

static void
test_access_log_takes_standard_output (Fixture *fixture, gconstpointer data)
{
  apply (fixture, "-", "json");
  add (fixture, "/one", 0);
  g_assert_cmpuint (count (fixture->output, "\"target\":\"/one\""), ==, 1);
  g_assert_cmpuint (count (fixture->output, "GET /one"), ==, 0);
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  apply (fixture, fixture->access_log, "combined");
  add (fixture, "/one", 0);
  apply (fixture, fixture->access_log, "json");
  add (fixture, "/two", 0);
  apply (fixture, "", "json");
  add (fixture, "/three", 0);
  g_assert_cmpuint (count (fixture->access_log, "GET /one HTTP"), ==, 1);
  g_assert_cmpuint (count (fixture->access_log, "\"target\":\"/two\""), ==, 1);
  g_assert_cmpuint (count (fixture->access_log, "/three"), ==, 0);
  g_assert_cmpuint (count (fixture->output, "GET /three\n"), ==, 1);
}

static void
test_relative (Fixture *fixture, gconstpointer data)
{
  apply (fixture, "access.log", "combined");
  add (fixture, "/one", 0);
  g_assert_cmpuint (count (fixture->access_log, "GET /one HTTP"), ==, 1);
}

static void
test_cannot_be_opened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  apply (fixture, fixture->access_log, "combined");
  pl_settings_set (fixture->settings, "log", "access-log", fixture->folder, NULL);
  g_assert_false (pl_logs_apply (fixture->logs, fixture->settings, fixture->output, &error));
  g_assert_nonnull (error);
  add (fixture, "/one", 0);
  g_assert_cmpuint (count (fixture->access_log, "GET /one HTTP"), ==, 1);
}

static void
test_gaps (Fixture *fixture, gconstpointer data)
{
  apply (fixture, fixture->access_log, "combined");
  add (fixture, "/one", 3);
  add (fixture, "/two", 4);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->told, 0), ==,
                   "The access log lacks 3 requests: more came than could be written.");
}

static void
test_gap_ends (Fixture *fixture, gconstpointer data)
{
  apply (fixture, fixture->access_log, "combined");
  add (fixture, "/one", 3);
  add (fixture, "/two", 0);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_usleep (10 * G_USEC_PER_SEC + 1);
  add (fixture, "/three", 0);
  add (fixture, "/four", 0);
  g_assert_cmpuint (fixture->told->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->told, 1), ==,
                   "The access log has every request again.");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/logs/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("live-log-alone", test_live_log_alone);
  ADD ("both", test_both);
  ADD ("access-log-takes-standard-output", test_access_log_takes_standard_output);
  ADD ("changed", test_changed);
  ADD ("relative", test_relative);
  ADD ("cannot-be-opened", test_cannot_be_opened);
  ADD ("gaps", test_gaps);
  ADD ("gap-ends", test_gap_ends);
  return g_test_run ();
}
