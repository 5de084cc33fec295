/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether connections are encrypted, and by a certificate that browsers take: it fits, its chain is
 * whole, and it is good now, going by this computer's clock. */

#include "app/checkup/checks.h"

#include "app/i18n.h"

static void
judge_plain (PlCheckRun *run)
{
  if (run->site->exposure == PL_EXPOSURE_INTERNET)
    pl_check_run_end_with (
        run, PL_CHECK_WARNING, PL_CHECK_REMEDY_SETTINGS,
        g_strdup (_ ("What comes from the internet is not encrypted: on the way passwords and "
                     "photos can be read.")),
        g_strdup (_ ("Choose an encryption in the settings, unless something in front of "
                     "Porchlight encrypts already.")));
  else
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup (_ ("Connections are not encrypted. As long as nobody comes from "
                                   "outside your home, that will do.")),
                      NULL);
}

static gboolean
has_plain_address (PlCheckRun *run)
{
  for (guint i = 0; run->site->addresses != NULL && run->site->addresses[i] != NULL; i++)
    {
      pl_check_run_add_detail (run, g_strdup (run->site->addresses[i]));
      if (!g_str_has_prefix (run->site->addresses[i], "https://"))
        return TRUE;
    }
  return FALSE;
}

/* That is how connections are judged; whether the router lets anybody in cannot be seen from here.
 */
static char *
dup_words (const PlCheckSite *site)
{
  if (site->exposure != PL_EXPOSURE_INTERNET)
    return g_strdup (site->encryption_words);
  return g_strconcat (site->encryption_words, " ",
                      _ ("Who comes from outside without encryption is turned away; that was not "
                         "tried from outside."),
                      NULL);
}

void
pl_check_encryption (PlCheckRun *run)
{
  const PlCheckSite *site = run->site;
  gboolean is_mixed = site->is_encrypted && has_plain_address (run);

  if (!site->is_encrypted)
    judge_plain (run);
  else if (site->certificate_words != NULL)
    pl_check_run_end_with (run, site->certificate_is_grave ? PL_CHECK_FAULT : PL_CHECK_WARNING,
                           PL_CHECK_REMEDY_SETTINGS, g_strdup (site->certificate_words), NULL);
  else if (site->acme_words != NULL)
    pl_check_run_end_with (run, site->is_acme_busy ? PL_CHECK_SKIPPED : PL_CHECK_WARNING,
                           PL_CHECK_REMEDY_SETTINGS, g_strdup (site->acme_words), NULL);
  else if (site->is_for_home && site->exposure == PL_EXPOSURE_INTERNET)
    pl_check_run_end_with (
        run, PL_CHECK_WARNING, PL_CHECK_REMEDY_SETTINGS,
        g_strdup (_ ("Outside your home browsers and the Immich app refuse this computer’s own "
                     "certificate, and without encryption nobody is let in from there.")),
        g_strdup (_ ("Use a certificate for a name of your own, or Tailscale’s.")));
  else if (is_mixed)
    pl_check_run_end (
        run, PL_CHECK_PASS, dup_words (site),
        g_strdup (_ ("Not every address shown on Home is one that the certificate is for: use one "
                     "that begins with https.")));
  else
    pl_check_run_end (run, PL_CHECK_PASS, dup_words (site), NULL);
}
