/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program on a stick brings its settings along; an installed one keeps them with the user's.
 * Those that are there already are used, so that nobody loses them by a folder's rights. */

#include "app/settings/location.h"

#include "app/system/descriptor.h"
#include "app/system/path.h"
#include "app/system/program.h"
#include "app/system/settings_home.h"

/* As the settings and the command line have it. */
#define STANDARD_OUTPUT "-"

static gboolean
is_file (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

char *
pl_location_dup_best (const char *program_folder, const char *config_folder, gboolean is_portable)
{
  g_autofree char *portable = program_folder != NULL
                                  ? g_build_filename (program_folder, PL_SETTINGS_FILE_NAME, NULL)
                                  : NULL;
  g_autofree char *usual
      = g_build_filename (config_folder, "porchlight", PL_SETTINGS_FILE_NAME, NULL);

  if (portable != NULL && is_file (portable) && pl_path_is_writable (portable))
    return g_steal_pointer (&portable);
  if (portable != NULL && is_portable && !is_file (portable) && !is_file (usual)
      && pl_path_is_writable (program_folder))
    return g_steal_pointer (&portable);
  return g_steal_pointer (&usual);
}

char *
pl_location_dup_settings_path (void)
{
  g_autofree char *program_folder = pl_program_dup_folder ();
  g_autofree char *config_folder = pl_settings_home_dup_folder ();

  return pl_location_dup_best (program_folder, config_folder, pl_settings_home_is_program ());
}

gboolean
pl_location_is_standard_output (const char *path)
{
  return g_str_equal (path, STANDARD_OUTPUT)
         || pl_descriptor_find_standard (path) == PL_DESCRIPTOR_STANDARD_OUTPUT;
}

char *
pl_location_dup_completed_log (const char *path, const char *folder)
{
  if (*path == '\0' || g_str_equal (path, STANDARD_OUTPUT))
    return g_strdup (path);
  return pl_path_dup_whole (path, folder);
}

char *
pl_location_dup_access_log (const PlSettings *settings, const char *settings_path)
{
  g_autofree char *path = pl_settings_dup_text (settings, "log", "access-log");
  g_autofree char *folder = g_path_get_dirname (settings_path);

  return pl_location_dup_completed_log (path, folder);
}
