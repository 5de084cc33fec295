/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing that fails and recovers, against the real thing: /dev/full, a full pipe, a rotation. */

#include "app/log/output.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
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

static void
assert_file (const char *path, const char *text)
{
  g_autofree char *read = NULL;
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
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->told, 0), g_strerror (ENOSPC)));

  g_remove (fixture->path);
  pl_output_reopen (output);
  write_line (output, "kept\n");
  write_line (output, "too\n");
  g_assert_cmpuint (fixture->told->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->told, 1), "can be written again"));
  assert_file (fixture->path, "kept\ntoo\n");
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

/* A reader that sleeps is waited for once; what it then gets are whole lines again. */
static void
test_sleeping_reader (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  int reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  g_autoptr (PlOutput) output = open_output (fixture);
  g_autofree char *long_line = g_strnfill (300000, 'x');

  long_line[299999] = '\n';
  write_line (output, long_line);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  gint64 before_us = g_get_monotonic_time ();
  write_line (output, "lost\n");
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 250000);

  g_autofree char *cut = read_all (reader);
  g_assert_cmpint (cut[strlen (cut) - 1], ==, 'x');
  write_line (output, "awake\n");
  g_autofree char *rest = read_all (reader);
  g_assert_cmpstr (rest, ==, "\nawake\n");
  g_assert_cmpuint (fixture->told->len, ==, 2);
  close (reader);
}

static gpointer
read_slowly (gpointer data)
{
  char piece[4096];

  while (read (GPOINTER_TO_INT (data), piece, sizeof piece) > 0)
    g_usleep (200000);
  return NULL;
}

/* One that takes a little now and then would be waited for all day. */
static void
test_slow_reader (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  int reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  PlOutput *output = open_output (fixture);
  g_autofree char *long_line = g_strnfill (300000, 'x');

  g_assert_cmpint (fcntl (reader, F_SETFL, 0), ==, 0);
  GThread *thread = g_thread_new ("reader", read_slowly, GINT_TO_POINTER (reader));
  gint64 before_us = g_get_monotonic_time ();
  write_line (output, long_line);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  pl_output_free (output);
  g_thread_join (thread);
  close (reader);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/output/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("appends", test_appends);
  ADD ("cannot-be-opened", test_cannot_be_opened);
  ADD ("pipe-without-reader", test_pipe_without_reader);
  ADD ("reopened", test_reopened);
  ADD ("reopening-fails", test_reopening_fails);
  ADD ("full-disk", test_full_disk);
  ADD ("sleeping-reader", test_sleeping_reader);
  ADD ("slow-reader", test_slow_reader);
  return g_test_run ();
}
