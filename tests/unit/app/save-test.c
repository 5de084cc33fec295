/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings on disk: where the file is, and that saving loses nothing. */

#include "app/settings/file.h"
#include "app/settings/location.h"
#include "app/settings/settings.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_file (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_file (const char *path, const char *text)
{
  g_autofree char *read = NULL;
  g_assert_true (g_file_get_contents (path, &read, NULL, NULL));
  g_assert_cmpstr (read, ==, text);
}

static PlSettings *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  PlSettings *settings = pl_settings_new_from_file (path, &error);
  g_assert_no_error (error);
  return settings;
}

static gboolean
save (const PlSettings *settings, const char *path, GError **error)
{
  gsize length = 0;
  g_autofree char *data = pl_settings_dup_data (settings, &length);
  return pl_file_write (path, data, length, error);
}

static void
test_what_is_not_known_survives (void)
{
  g_autofree char *path = in_folder ("survives.ini");
  write_file (path,
              "# at the top\n\n[listen]\n# the port\nport=80\nnew=1\n\n[newer]\n# why\nkey=2\n");

  g_autoptr (PlSettings) settings = read_file (path);
  g_assert_true (pl_settings_set (settings, "listen", "port", "81", NULL));
  g_assert_true (save (settings, path, NULL));
  assert_file (path,
               "# at the top\n\n[listen]\n# the port\nport=81\nnew=1\n\n[newer]\n# why\nkey=2\n");
}

static void
test_text_comes_back (void)
{
  static const char *const texts[] = { "-", "C:\\logs\\a.log", "/tmp/\xC3\xA4 b.log", "a;b" };
  g_autofree char *path = in_folder ("text.ini");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PlSettings) settings = pl_settings_new ();
      g_assert_true (pl_settings_set (settings, "log", "access-log", texts[i], NULL));
      g_assert_true (save (settings, path, NULL));
      g_autoptr (PlSettings) again = read_file (path);
      g_autofree char *text = pl_settings_dup_text (again, "log", "access-log");
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_private_and_in_a_new_folder (void)
{
  g_autofree char *path = in_folder ("new/folder/porchlight.ini");
  g_autoptr (PlSettings) settings = pl_settings_new ();
  GStatBuf status;

  g_assert_true (save (settings, path, NULL));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_link_stays (void)
{
  g_autofree char *target = in_folder ("target.ini");
  g_autofree char *link_path = in_folder ("link.ini");
  g_autoptr (PlSettings) settings = pl_settings_new ();
  g_autofree char *data = pl_settings_dup_data (settings, NULL);

  write_file (target, "[listen]\n");
  g_assert_cmpint (symlink (target, link_path), ==, 0);
  g_assert_true (save (settings, link_path, NULL));
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_file (target, data);
}

static void
test_link_to_nothing_stays (void)
{
  g_autofree char *target = in_folder ("later.ini");
  g_autofree char *link_path = in_folder ("early.ini");

  g_assert_cmpint (symlink ("later.ini", link_path), ==, 0);
  g_assert_true (pl_file_write (link_path, "new", 3, NULL));
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_file (target, "new");
}

/* An owner can be given away by root alone; without that, it is at least the one it was. */
static void
test_owner_and_rights_stay (void)
{
  g_autofree char *path = in_folder ("shared.ini");
  gboolean is_root = geteuid () == 0;
  GStatBuf status;

  write_file (path, "old");
  g_assert_cmpint (chmod (path, 0640), ==, 0);
  if (is_root)
    g_assert_cmpint (chown (path, 1234, 2345), ==, 0);
  g_assert_true (pl_file_write (path, "new", 3, NULL));
  assert_file (path, "new");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_assert_cmpint (status.st_uid, ==, is_root ? 1234 : geteuid ());
  g_assert_cmpint (status.st_gid, ==, is_root ? 2345 : getegid ());
}

/* For root, who may write everywhere, somebody else stands in. */
static void
test_folder_that_may_not_be_written (void)
{
  g_autofree char *sealed = in_folder ("sealed");
  g_autofree char *path = in_folder ("sealed/porchlight.ini");
  g_autofree char *other = in_folder ("sealed/other.ini");
  g_autoptr (GError) error = NULL;
  gboolean is_root = geteuid () == 0;

  g_assert_cmpint (chmod (folder, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (sealed, 0755), ==, 0);
  write_file (path, "a long old text");
  g_assert_cmpint (chmod (path, 0666), ==, 0);
  g_assert_cmpint (chmod (sealed, 0555), ==, 0);
  if (is_root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  gboolean is_written = pl_file_write (path, "new", 3, NULL);
  gboolean is_other_written = pl_file_write (other, "new", 3, &error);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (chmod (sealed, 0755), ==, 0);

  g_assert_true (is_written);
  assert_file (path, "new");
  g_assert_false (is_other_written);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  g_assert_true (g_str_has_prefix (error->message, other));
}

static void
test_cannot_be_saved (void)
{
  g_autofree char *file = in_folder ("file");
  g_autofree char *path = in_folder ("file/porchlight.ini");
  g_autoptr (PlSettings) settings = pl_settings_new ();
  g_autoptr (GError) error = NULL;

  write_file (file, "");
  g_assert_false (save (settings, path, &error));
  g_assert_nonnull (error);
}

static void
test_no_such_file (void)
{
  g_autofree char *path = in_folder ("none.ini");
  g_autoptr (GError) error = NULL;

  g_assert_null (pl_settings_new_from_file (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_location (void)
{
  g_autofree char *portable = in_folder ("porchlight.ini");
  g_autofree char *usual = pl_location_dup_best (folder, "/home/me/.config", FALSE);
  g_assert_cmpstr (usual, ==, "/home/me/.config/porchlight/porchlight.ini");

  write_file (portable, "");
  g_autofree char *beside = pl_location_dup_best (folder, "/home/me/.config", FALSE);
  g_assert_cmpstr (beside, ==, portable);

  g_autofree char *unknown = pl_location_dup_best (NULL, "/home/me/.config", FALSE);
  g_assert_cmpstr (unknown, ==, "/home/me/.config/porchlight/porchlight.ini");
}

/* Where programs come as archives. */
static void
test_portable_location (void)
{
  g_autofree char *program_folder = in_folder ("Früchte & Co");
  g_autofree char *config_folder = in_folder ("config");
  g_autofree char *usual_folder = g_build_filename (config_folder, "porchlight", NULL);
  g_autofree char *usual = g_build_filename (usual_folder, "porchlight.ini", NULL);
  g_autofree char *portable = g_build_filename (program_folder, "porchlight.ini", NULL);
  g_autofree char *nowhere = in_folder ("nowhere");

  g_assert_cmpint (g_mkdir (program_folder, 0700), ==, 0);
  g_autofree char *first = pl_location_dup_best (program_folder, config_folder, TRUE);
  g_assert_cmpstr (first, ==, portable);
  g_autofree char *unwritable = pl_location_dup_best (nowhere, config_folder, TRUE);
  g_assert_cmpstr (unwritable, ==, usual);

  /* Settings that are there already, as from the time when the folder could not be written, stay
   * in use until there are some beside the program. */
  g_assert_cmpint (g_mkdir_with_parents (usual_folder, 0700), ==, 0);
  write_file (usual, "");
  g_autofree char *before = pl_location_dup_best (program_folder, config_folder, TRUE);
  g_assert_cmpstr (before, ==, usual);
  write_file (portable, "");
  g_autofree char *after = pl_location_dup_best (program_folder, config_folder, TRUE);
  g_assert_cmpstr (after, ==, portable);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *entry = g_build_filename (path, name, NULL);
      remove_all (entry);
    }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("porchlight-save-XXXXXX", NULL);
  g_test_add_func ("/app/save/what-is-not-known-survives", test_what_is_not_known_survives);
  g_test_add_func ("/app/save/text-comes-back", test_text_comes_back);
  g_test_add_func ("/app/save/private-and-in-a-new-folder", test_private_and_in_a_new_folder);
  g_test_add_func ("/app/save/link-stays", test_link_stays);
  g_test_add_func ("/app/save/link-to-nothing-stays", test_link_to_nothing_stays);
  g_test_add_func ("/app/save/owner-and-rights-stay", test_owner_and_rights_stay);
  g_test_add_func ("/app/save/folder-that-may-not-be-written", test_folder_that_may_not_be_written);
  g_test_add_func ("/app/save/cannot-be-saved", test_cannot_be_saved);
  g_test_add_func ("/app/save/no-such-file", test_no_such_file);
  g_test_add_func ("/app/save/location", test_location);
  g_test_add_func ("/app/save/portable-location", test_portable_location);
  int result = g_test_run ();
  remove_all (folder);
  g_free (folder);
  return result;
}
