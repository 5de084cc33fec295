/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlight: the reverse proxy for Immich, with its window and its tray icon. */

#include "app/system/process.h"
#include "app/system/translations.h"
#include "gui/application/application.h"
#include "gui/application/command_line.h"
#include "gui/application/language.h"

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = pl_process_dup_arguments (argv);
  g_autofree char *config = pl_command_line_find_config ((const char *const *) arguments);
  int status;

  pl_translations_prepare ();
  pl_language_use (config);
  pl_process_prepare ();

  do
    {
      g_autoptr (GApplication) application = pl_application_new ();
      status = g_application_run (application, argc, arguments);
    }
  while (status == PL_APPLICATION_AGAIN);
  return status;
}
