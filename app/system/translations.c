/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program on a stick brings its catalogues along, and one that was only built has them in its
 * build folder; one that is packaged by itself may have a folder of its own beside the system's.
 * All others find them where they were installed. */

#include "app/system/translations.h"

#include <glib.h>
#include <locale.h>

#include "app/i18n.h"
#include "app/system/program.h"
#include "app/system/text_domain.h"

/* As seen from the program. The second is where all libraries of an archive look, the last where
 * the build puts them. */
static const char *const places[] = {
  "locale",
  "share" G_DIR_SEPARATOR_S "locale",
  ".." G_DIR_SEPARATOR_S "po",
};

/* Takes @folder. Returns: (nullable): @folder if it is there */
static char *
check (char *folder)
{
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return folder;
  g_free (folder);
  return NULL;
}

static char *
dup_own (const char *program)
{
  g_autofree char *folder = g_path_get_dirname (program);
  g_autofree char *name = g_path_get_basename (program);
  char *found = NULL;

  for (guint i = 0; found == NULL && i < G_N_ELEMENTS (places); i++)
    found = check (g_build_filename (folder, places[i], NULL));
  return found != NULL ? found
                       : check (g_build_filename (folder, "..", "share", name, "locale", NULL));
}

static char *
dup_folder (void)
{
  g_autofree char *program = pl_program_dup_path ();
  char *own = program != NULL ? dup_own (program) : NULL;

  return own != NULL ? own : g_strdup (PL_LOCALE_FOLDER);
}

void
pl_translations_prepare (void)
{
  g_autofree char *folder = dup_folder ();

  setlocale (LC_ALL, "");
  pl_text_domain_bind (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
