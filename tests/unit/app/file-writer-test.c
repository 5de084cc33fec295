/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last thing put is what the file has, and nobody is told when nobody is there. */

#include "app/settings/file_writer.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
  guint n_written;
  guint n_failed;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porchlight-writer-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
written_cb (const GError *error, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_written++;
  fixture->n_failed += error != NULL;
}

static void
put_many (PlFileWriter *writer, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      char *text = g_strdup_printf ("%u", i);
      pl_file_writer_put (writer, text, strlen (text));
    }
}

static void
writes_the_last (Fixture *fixture, gconstpointer data)
{
  PlFileWriter *writer = pl_file_writer_new (fixture->path, written_cb, fixture);
  g_autofree char *text = NULL;

  put_many (writer, 200);
  pl_file_writer_free (writer);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "200");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_written, ==, 0);
}

static void
tells (Fixture *fixture, gconstpointer data)
{
  g_autofree char *impossible = g_build_filename (fixture->path, "below-a-file", NULL);
  g_autoptr (PlFileWriter) writer = pl_file_writer_new (impossible, written_cb, fixture);

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  put_many (writer, 1);
  while (fixture->n_written == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
}

static void
is_waited_for (Fixture *fixture, gconstpointer data)
{
  g_autofree char *impossible = g_build_filename (fixture->path, "below-a-file", NULL);
  g_autoptr (PlFileWriter) writer = pl_file_writer_new (fixture->path, NULL, NULL);
  g_autoptr (PlFileWriter) vain = pl_file_writer_new (impossible, NULL, NULL);

  for (guint i = 1; i < 5; i++)
    {
      g_autofree char *expected = g_strdup_printf ("%u", i);
      g_autofree char *text = NULL;

      put_many (writer, i);
      g_assert_true (pl_file_writer_flush (writer, NULL));
      g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, expected);
    }
  put_many (vain, 1);
  g_autoptr (GError) error = NULL;
  g_assert_false (pl_file_writer_flush (vain, &error));
  g_assert_nonnull (error);
}

static void
is_busy_until_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlFileWriter) writer = pl_file_writer_new (fixture->path, written_cb, fixture);

  g_assert_false (pl_file_writer_is_busy (writer));
  put_many (writer, 200);
  while (pl_file_writer_is_busy (writer))
    g_assert_cmpuint (fixture->n_written, ==, 0);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "200");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/file-writer/last", Fixture, NULL, set_up, writes_the_last, tear_down);
  g_test_add ("/file-writer/tells", Fixture, NULL, set_up, tells, tear_down);
  g_test_add ("/file-writer/flush", Fixture, NULL, set_up, is_waited_for, tear_down);
  g_test_add ("/file-writer/busy", Fixture, NULL, set_up, is_busy_until_told, tear_down);
  return g_test_run ();
}
