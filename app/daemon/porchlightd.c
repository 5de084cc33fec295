/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlightd: the reverse proxy for Immich, without a window. */

#include <locale.h>

#include "app/daemon/daemon.h"
#include "app/daemon/process.h"
#include "app/daemon/say.h"
#include "app/i18n.h"

static void
prepare_translations (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PL_LOCALE_FOLDER);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  prepare_translations ();
  pl_process_prepare ();

  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlOptions) options = pl_options_new ((const char *const *)argv, problems);
  if (pl_problems_has_errors (problems))
    {
      pl_say_problems (problems);
      return PL_EXIT_NOT_ALLOWED;
    }
  if (options->version)
    {
      g_print ("porchlightd %s\n", PL_VERSION);
      return PL_EXIT_FINE;
    }
  return options->check ? pl_daemon_check (options) : pl_daemon_run (options);
}
