/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The name by which devices at home find this computer: as the system says when it is asked for it.
 * Whether a phone can ask at all is the phone's: old ones know addresses alone. */

#include "app/checkup/checks.h"

#include "app/i18n.h"

static void
say_why_none (PlCheckRun *run)
{
  pl_check_run_end (
      run, PL_CHECK_SKIPPED,
      g_strdup (run->site->exposure == PL_EXPOSURE_COMPUTER
                    ? _ ("Only this computer gets in, so nobody looks for it by a name.")
                    : _ ("None is given: the settings want none, or this computer is in no "
                         "network at home.")),
      NULL);
}

/* Another name than the one that was wished for is told of below. */
static void
say_there (PlCheckRun *run)
{
  const PlCheckSite *site = run->site;

  if (site->name_words != NULL)
    pl_check_run_add_detail (run, g_strdup (site->name_words));
  /* Translators: an address, such as http://porchlight.local:8080. */
  pl_check_run_end (run, PL_CHECK_PASS,
                    g_strdup_printf (_ ("Devices at home find this computer at %s, whatever number "
                                        "the router gives it."),
                                     site->name_url),
                    NULL);
}

void
pl_check_name (PlCheckRun *run)
{
  const PlCheckSite *site = run->site;

  switch (site->name_state)
    {
    case PL_LOCAL_NAME_UNWANTED:
      say_why_none (run);
      return;
    case PL_LOCAL_NAME_ABSENT:
      pl_check_run_end (run, PL_CHECK_SKIPPED, g_strdup (site->name_words), NULL);
      return;
    case PL_LOCAL_NAME_TRYING:
      pl_check_run_end (run, PL_CHECK_SKIPPED,
                        g_strdup (_ ("It is being made known in the network just now.")), NULL);
      return;
    case PL_LOCAL_NAME_THERE:
      say_there (run);
      return;
    case PL_LOCAL_NAME_REFUSED:
    case PL_LOCAL_NAME_MUTE:
      pl_check_run_end_with (run, PL_CHECK_WARNING, PL_CHECK_REMEDY_SETTINGS,
                             g_strdup (site->name_words),
                             g_strdup (_ ("Devices at home still find it by its number. Another "
                                          "name, or none, can be chosen in the settings.")));
      return;
    }
  g_return_if_reached ();
}
