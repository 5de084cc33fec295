/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program on a stick brings its catalogues along, and one that was only built has them in its
 * build folder; all others find them where they were installed. */

#include "app/system/translations.h"

#include <glib.h>
#include <locale.h>

#include "app/i18n.h"
#include "app/system/program.h"

/* As seen from the program. The second is where the build puts them. */
static const char *const places[] = { "locale", ".." G_DIR_SEPARATOR_S "po" };

static char *
dup_folder (void)
{
  g_autofree char *program_folder = pl_program_dup_folder ();

  for (guint i = 0; program_folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *folder = g_build_filename (program_folder, places[i], NULL);
      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&folder);
    }
  return g_strdup (PL_LOCALE_FOLDER);
}

void
pl_translations_prepare (void)
{
  g_autofree char *folder = dup_folder ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
