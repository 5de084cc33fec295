/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlightd: the reverse proxy for Immich, without a window. */

#include "app/daemon/daemon.h"
#include "app/daemon/say.h"
#include "app/log/spool.h"
#include "app/system/process.h"
#include "app/system/translations.h"

/* For how long what was said last may wait for its readers. */
#define LAST_WORDS_MS 2000

static PlExit
run (const PlOptions *options, const PlProblems *problems)
{
  if (pl_problems_has_errors (problems))
    {
      pl_say_problems (problems);
      return PL_EXIT_NOT_ALLOWED;
    }
  if (options->version)
    {
      pl_say_result ("porchlightd %s\n", PL_VERSION);
      return PL_EXIT_FINE;
    }
  if (options->open != NULL)
    return pl_daemon_open (options);
  if (options->ping)
    return pl_daemon_ping (options);
  return options->check ? pl_daemon_check (options) : pl_daemon_run (options);
}

int
main (int argc, char **argv)
{
  pl_process_prepare ();
  pl_translations_prepare ();

  g_auto (GStrv) arguments = pl_process_dup_arguments (argv);
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlOptions) options = pl_options_new ((const char *const *) arguments, problems);
  PlExit exit_status = run (options, problems);

  pl_spool_settle_all (LAST_WORDS_MS);
  return exit_status;
}
