/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may see what from the internet, as it is set. */

#include "app/checkup/checks.h"

#include "app/i18n.h"

static void
judge_links (PlCheckRun *run)
{
  const PlCheckSite *site = run->site;

  for (guint i = 0; site->also_links != NULL && site->also_links[i] != NULL; i++)
    pl_check_run_add_detail (run, g_strdup (site->also_links[i]));
  pl_check_run_end (run, PL_CHECK_PASS,
                    g_strdup (site->has_guest_uploads
                                  ? _ ("As it is set, whoever has a link of yours sees from the "
                                       "internet what you shared by it, and may add photos where "
                                       "the link allows it. Nobody can log in from there.")
                                  : _ ("As it is set, whoever has a link of yours sees from the "
                                       "internet what you shared by it. Nobody can log in from "
                                       "there.")),
                    NULL);
}

static void
judge_internet (PlCheckRun *run)
{
  switch (run->site->world)
    {
    case PL_DOOR_LINKS:
      judge_links (run);
      return;
    case PL_DOOR_EVERYTHING:
      pl_check_run_end_with (
          run, PL_CHECK_PASS, PL_CHECK_REMEDY_EXPOSURE,
          g_strdup (
              _ ("As it is set, anyone on the internet who finds the address is shown Immich’s "
                 "login page; who logs in sees all that is theirs.")),
          g_strdup (_ ("If nobody logs in from outside, show the internet only what you shared by "
                       "link: beside the switch on Home.")));
      return;
    }
  g_return_if_reached ();
}

void
pl_check_world (PlCheckRun *run)
{
  if (run->site->exposure == PL_EXPOSURE_INTERNET)
    judge_internet (run);
  else
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup (_ ("Nobody gets in from the internet, as it is set.")), NULL);
}
