/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlightd --check */

#include "app/daemon/daemon.h"
#include "app/daemon/say.h"
#include "app/daemon/source.h"
#include "app/i18n.h"

PlExit
pl_daemon_check (const PlOptions *options)
{
  g_autoptr (PlSource) source = pl_source_new (options);
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = NULL;
  g_autoptr (PlSettings) settings = pl_source_read (source, &config, problems);

  pl_say_problems (problems);
  if (settings == NULL)
    return PL_EXIT_NOT_ALLOWED;
  if (pl_source_has_file (source))
    g_print (_ ("%s is fine\n"), pl_source_get_path (source));
  else
    g_print (_ ("There is no %s; what holds without it is fine\n"), pl_source_get_path (source));
  return PL_EXIT_FINE;
}
