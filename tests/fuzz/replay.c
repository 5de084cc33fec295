/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives every file of a corpus to a fuzz target: the part of fuzzing that any compiler can do. */

#include "tests/fuzz/fuzz.h"

static void
replay_file (const char *path)
{
  g_autofree char *contents = NULL;
  g_autofree char *exact = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  /* GLib puts a NUL after the contents, which would hide a look one octet too far. */
  exact = g_memdup2 (contents, length);
  LLVMFuzzerTestOneInput ((const guint8 *) exact, length);
}

static guint
replay_folder (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  const char *name;
  guint n_files = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      replay_file (file);
      n_files++;
    }
  return n_files;
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      guint n_files = replay_folder (argv[i]);

      g_print ("%s: %u files\n", argv[i], n_files);
      g_assert_cmpuint (n_files, >, 0);
    }
  return 0;
}
