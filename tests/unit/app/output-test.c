/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing that fails and recovers, against the real thing: /dev/full, a full pipe, a rotation. */

#include "app/log/output.h"
#include "app/log/spool.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  GPtrArray *told;
} Fixture;

static void
told_cb (const char *message, gboolean is_over, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpint (is_over, ==, strstr (message, "cannot") == NULL);
  g_ptr_array_add (fixture->told, g_strdup (message));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porchlight-output-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "access.log", NULL);
  fixture->told = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
  g_ptr_array_unref (fixture->told);
}

static PlOutput *
open_output (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  PlOutput *output = pl_output_new (fixture->path, told_cb, fixture, &error);
  g_assert_no_error (error);
  return output;
}

static void
write_line (PlOutput *output, const char *line)
{
  pl_output_write (output, line, strlen (line));
}

/* Until all is written that can be, and its fate is told. */
static void
settle (void)
{
  pl_spool_settle_all (10000);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
assert_file (const char *path, const char *text)
{
  g_autofree char *read = NULL;

  settle ();
  g_assert_true (g_file_get_contents (path, &read, NULL, NULL));
  g_assert_cmpstr (read, ==, text);
}

static void
test_appends (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->path, "old\n", -1, NULL));
  g_autoptr (PlOutput) output = open_output (fixture);

  write_line (output, "new\n");
  write_line (output, "");
  assert_file (fixture->path, "old\nnew\n");
  g_assert_cmpuint (fixture->told->len, ==, 0);
}

static void
test_cannot_be_opened (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none", "access.log", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (pl_output_new (path, told_cb, fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_pipe_without_reader (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_null (pl_output_new (fixture->path, told_cb, fixture, &error));
  g_assert_nonnull (strstr (error->message, "nobody reads it"));
}

static void
test_reopened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlOutput) output = open_output (fixture);
  g_autofree char *rotated = g_strconcat (fixture->path, ".1", NULL);

  write_line (output, "first\n");
  g_assert_cmpint (g_rename (fixture->path, rotated), ==, 0);
  write_line (output, "second\n");
  pl_output_reopen (output);
  write_line (output, "third\n");
  assert_file (rotated, "first\nsecond\n");
  assert_file (fixture->path, "third\n");
  g_remove (rotated);
}

static void
test_reopening_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlOutput) output = open_output (fixture);
  g_autofree char *moved = g_build_filename (fixture->folder, "moved", NULL);

  g_assert_cmpint (g_rename (fixture->path, moved), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  pl_output_reopen (output);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  write_line (output, "still\n");
  assert_file (moved, "still\n");
  g_remove (moved);
}

/* /dev/full is a disk that is always full; a symbolic link lets the disk be "emptied". */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (symlink ("/dev/full", fixture->path), ==, 0);
  g_autoptr (PlOutput) output = open_output (fixture);

  for (guint i = 0; i < 3; i++)
    write_line (output, "lost\n");
  settle ();
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->told, 0), g_strerror (ENOSPC)));

  g_remove (fixture->path);
  pl_output_reopen (output);
  write_line (output, "kept\n");
  write_line (output, "too\n");
  assert_file (fixture->path, "kept\ntoo\n");
  g_assert_cmpuint (fixture->told->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->told, 1), "can be written again"));
}

static char *
read_all (int descriptor)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char piece[4096];
  gssize n_read;

  while ((n_read = read (descriptor, piece, sizeof piece)) > 0)
    g_string_append_len (text, piece, n_read);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Writes whole lines until no more are taken. */
static guint
fill (PlOutput *output)
{
  g_autofree char *line = g_strnfill (100000, 'x');
  guint n_taken = 0;

  line[99999] = '\n';
  while (pl_output_write (output, line, 100000))
    n_taken++;
  return n_taken;
}

static void
wait_until_told (Fixture *fixture, guint n)
{
  while (fixture->told->len < n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->told->len, ==, n);
}

/* Nobody waits for a reader that sleeps; what is lost meanwhile is counted, and what it then gets
 * are whole lines. */
static void
test_sleeping_reader (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  int reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  g_autoptr (PlOutput) output = open_output (fixture);

  gint64 before_us = g_get_monotonic_time ();
  guint n_taken = fill (output);
  g_assert_cmpuint (fill (output), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 2 * G_USEC_PER_SEC);
  wait_until_told (fixture, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->told, 0), "nobody reads it"));

  gsize n_read = 0;
  while (n_read < n_taken * 100000)
    {
      g_autofree char *text = read_all (reader);
      n_read += strlen (text);
    }
  wait_until_told (fixture, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->told, 1), "2 lines were lost"));
  write_line (output, "awake\n");
  settle ();
  g_autofree char *rest = read_all (reader);
  g_assert_cmpstr (rest, ==, "awake\n");
  close (reader);
}

/* A reader that has gone away is a failure; the next one begins with a line. */
static void
test_reader_goes (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  int reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  g_autoptr (PlOutput) output = open_output (fixture);
  g_autofree char *line = g_strnfill (300000, 'x');

  line[299999] = '\n';
  write_line (output, line);
  while (read (reader, line, 100000) <= 0)
    g_usleep (1000);
  close (reader);
  wait_until_told (fixture, 1);
  reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  write_line (output, "awake\n");
  /* A pipe keeps what its last reader has left, and may be full of it. */
  g_autoptr (GString) rest = g_string_new (NULL);
  while (!g_str_has_suffix (rest->str, "\nawake\n"))
    {
      g_autofree char *text = read_all (reader);
      g_string_append (rest, text);
    }
  wait_until_told (fixture, 2);
  close (reader);
}

/* The end waits a while for those who do not read, and no longer. */
static void
test_end_is_bounded (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  int reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  PlOutput *output = open_output (fixture);

  fill (output);
  gint64 before_us = g_get_monotonic_time ();
  pl_output_free (output);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 2 * G_USEC_PER_SEC);
  pl_spool_settle_all (100);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 4 * G_USEC_PER_SEC);
  close (reader);
  settle ();
}

/* As /dev/stderr is a name of what is there already, and may be a socket. */
static void
test_descriptor_by_name (Fixture *fixture, gconstpointer data)
{
  int ends[2];
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", ends[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlOutput) output = pl_output_new (path, told_cb, fixture, &error);
  char read_back[16] = "";

  g_assert_no_error (error);
  write_line (output, "heard\n");
  g_assert_cmpint (read (ends[1], read_back, sizeof read_back - 1), ==, 6);
  g_assert_cmpstr (read_back, ==, "heard\n");
  close (ends[0]);
  close (ends[1]);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/output/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  ADD ("appends", test_appends);
  ADD ("cannot-be-opened", test_cannot_be_opened);
  ADD ("pipe-without-reader", test_pipe_without_reader);
  ADD ("reopened", test_reopened);
  ADD ("reopening-fails", test_reopening_fails);
  ADD ("full-disk", test_full_disk);
  ADD ("sleeping-reader", test_sleeping_reader);
  ADD ("reader-goes", test_reader_goes);
  ADD ("end-is-bounded", test_end_is_bounded);
  ADD ("descriptor-by-name", test_descriptor_by_name);
  return g_test_run ();
}
