/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlight: the reverse proxy for Immich, with its window and its tray icon. */

#include "app/i18n.h"
#include "app/log/spool.h"
#include "app/system/process.h"
#include "app/system/program.h"
#include "app/system/translations.h"
#include "gui/application/application.h"
#include "gui/application/command_line.h"
#include "gui/application/language.h"

/* For how long the last lines of the access log may wait for its disk. */
#define LAST_LINES_MS 2000

/* The settings page is where it was asked for, and is shown again. @environment is that of the
 * start: a language that was chosen stands in the present one. */
static void
start_anew (const char *name, const char *config, char **environment)
{
  g_autofree char *path = pl_program_dup_path ();
  const char *arguments[]
      = { "--show", "settings", config != NULL ? "--config" : NULL, config, NULL };

  pl_process_replace (path != NULL ? path : name, arguments, environment);
  g_printerr (_ ("Porchlight could not start again by itself.\n"));
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) environment = g_get_environ ();
  pl_process_prepare ();
  pl_process_show_words ();

  g_auto (GStrv) arguments = pl_process_dup_arguments (argv);
  g_autofree char *config = pl_command_line_find_config ((const char *const *) arguments);
  gboolean wants_restart;
  int status;

  pl_language_use (config);
  pl_translations_prepare ();

  do
    {
      g_autoptr (GApplication) application = pl_application_new ();
      status = g_application_run (application, argc, arguments);
      wants_restart = pl_application_wants_restart (PL_APPLICATION (application));
    }
  while (status == PL_APPLICATION_AGAIN);
  pl_spool_settle_all (LAST_LINES_MS);

  if (wants_restart)
    start_anew (arguments[0], config, environment);
  return status;
}
