/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every system does alike behind app/system: files that are renamed while they are open, whom
 * several write, and what may be written; in a folder whose name is of no code page. */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/system/clock.h"
#include "app/system/descriptor.h"
#include "app/system/path.h"
#include "app/system/port_owner.h"
#include "app/system/program.h"

#define PATIENCE_MS 1000

static char *folder;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
put (int descriptor, const char *line)
{
  g_assert_cmpuint (pl_descriptor_write (descriptor, line, strlen (line), PATIENCE_MS), ==,
                    strlen (line));
}

static void
assert_file (const char *path, const char *expected)
{
  g_autofree char *data = NULL;

  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  g_assert_cmpstr (data, ==, expected);
}

/* As whoever rotates logs does it. */
static void
test_renamed_while_open (void)
{
  g_autofree char *path = in_folder ("zugriffe.log");
  g_autofree char *old_path = in_folder ("zugriffe.log.1");
  int before = pl_descriptor_open (path);

  g_assert_cmpint (before, >=, 0);
  put (before, "one\n");
  g_assert_cmpint (g_rename (path, old_path), ==, 0);
  put (before, "two\n");
  int after = pl_descriptor_open (path);
  g_assert_cmpint (after, >=, 0);
  put (after, "three\n");
  g_assert_false (pl_descriptor_is_same (before, after));
  pl_descriptor_close (before);
  pl_descriptor_close (after);
  assert_file (old_path, "one\ntwo\n");
  assert_file (path, "three\n");
}

static void
test_removed_while_open (void)
{
  g_autofree char *path = in_folder ("gone.log");
  int descriptor = pl_descriptor_open (path);

  put (descriptor, "one\n");
  g_assert_cmpint (g_unlink (path), ==, 0);
  put (descriptor, "two\n");
  pl_descriptor_close (descriptor);
}

/* Neither writes over what the other wrote, and an end of a line stays one octet. */
static void
test_two_append (void)
{
  g_autofree char *path = in_folder ("both.log");
  int one = pl_descriptor_open (path);
  int other = pl_descriptor_open (path);

  g_assert_true (pl_descriptor_is_same (one, other));
  put (one, "one\n");
  put (other, "other\n");
  put (one, "one\n");
  pl_descriptor_close (one);
  pl_descriptor_close (other);
  assert_file (path, "one\nother\none\n");
}

static void
test_cannot_be_opened (void)
{
  g_autofree char *path = in_folder ("nowhere/x.log");

  errno = 0;
  g_assert_cmpint (pl_descriptor_open (path), ==, -1);
  g_assert_cmpint (errno, ==, ENOENT);
  errno = 0;
  g_assert_cmpint (pl_descriptor_open (folder), ==, -1);
  g_assert_true (errno == EISDIR || errno == EACCES);
}

static void
test_what_may_be_written (void)
{
  g_autofree char *file = in_folder ("file");
  g_autofree char *nothing = in_folder ("nothing");
  g_autofree char *in_nothing = in_folder ("nothing/file");

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_true (pl_path_is_writable (file));
  g_assert_true (pl_path_is_writable (folder));
  g_assert_false (pl_path_is_writable (nothing));
  g_assert_false (pl_path_is_writable (in_nothing));
  assert_file (file, "x");
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (entries); name != NULL; name = g_dir_read_name (entries))
    g_assert_false (g_str_has_suffix (name, ".tmp"));
}

static void
test_rights_of_a_file (void)
{
  g_autofree char *from = in_folder ("from");
  g_autofree char *to = in_folder ("to");
  g_autofree char *nothing = in_folder ("nothing");

  g_assert_true (g_file_set_contents (from, "", 0, NULL));
  g_assert_true (g_file_set_contents (to, "", 0, NULL));
  g_assert_true (pl_path_copy_access (from, to));
  g_assert_true (pl_path_copy_access (nothing, to));
  g_assert_true (pl_path_is_writable (to));
  g_assert_true (pl_path_is_disk_failure (ENOSPC));
  g_assert_false (pl_path_is_disk_failure (EACCES));
}

static void
assert_whole (const char *path, const char *from, const char *expected)
{
  g_autofree char *whole = pl_path_dup_whole (path, from);

  g_assert_cmpstr (whole, ==, expected);
}

/* The root is a drive on Windows: that of where the path is meant from. */
static void
test_whole_paths (void)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *root = g_strndup (here, (gsize) (g_path_skip_root (here) - here));
  g_autofree char *of_root = g_build_filename (root, "logs", "x.log", NULL);
  g_autofree char *of_here = g_build_filename (here, "logs", "x.log", NULL);
  g_autofree char *of_folder = g_build_filename (folder, "logs", "x.log", NULL);

  assert_whole ("/logs/x.log", NULL, of_root);
  assert_whole ("/logs/x.log", here, of_root);
  assert_whole ("x.log", "/logs", of_root);
  assert_whole ("logs/x.log", NULL, of_here);
  assert_whole ("./logs/../logs/x.log", folder, of_folder);
  assert_whole (of_root, folder, of_root);
}

static void
test_program (void)
{
  g_autofree char *path = pl_program_dup_path ();
  g_autofree char *program_folder = pl_program_dup_folder ();

  if (path == NULL)
    {
      g_test_skip ("this system does not tell where a program is");
      return;
    }
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_nonnull (strstr (path, "app-system-test"));
  g_assert_true (g_str_has_prefix (path, program_folder));
}

static void
test_clock (void)
{
  gint64 before_us = pl_clock_get_us ();

  g_usleep (50 * 1000);
  g_assert_cmpint (pl_clock_get_us () - before_us, >=, 30 * 1000);
  g_assert_cmpint (pl_clock_get_us () - before_us, <, 60 * G_USEC_PER_SEC);
}

/* Nobody keeps one that the system gives to anybody. */
static void
test_port_of_nobody (void)
{
  g_assert_cmpint (pl_port_find_keeper (50505), ==, PL_PORT_KEPT_BY_NOBODY);
}

static void
remove_all (void)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (entries); name != NULL; name = g_dir_read_name (entries))
    {
      g_autofree char *path = in_folder (name);
      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("Früchte & Co 日本 XXXXXX", NULL);
  g_test_add_func ("/app/system/renamed-while-open", test_renamed_while_open);
  g_test_add_func ("/app/system/removed-while-open", test_removed_while_open);
  g_test_add_func ("/app/system/two-append", test_two_append);
  g_test_add_func ("/app/system/cannot-be-opened", test_cannot_be_opened);
  g_test_add_func ("/app/system/what-may-be-written", test_what_may_be_written);
  g_test_add_func ("/app/system/rights-of-a-file", test_rights_of_a_file);
  g_test_add_func ("/app/system/whole-paths", test_whole_paths);
  g_test_add_func ("/app/system/program", test_program);
  g_test_add_func ("/app/system/clock", test_clock);
  g_test_add_func ("/app/system/port-of-nobody", test_port_of_nobody);
  int result = g_test_run ();
  remove_all ();
  g_free (folder);
  return result;
}
