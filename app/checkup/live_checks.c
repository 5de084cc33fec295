/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/checks.h"

#include "app/checkup/live_probe.h"
#include "app/i18n.h"
#include "app/model/words.h"

#define TIMEOUT_MS 5000

/* A proxy that gathers octets before it passes them on shows by seconds. */
#define PROMPT_US G_USEC_PER_SEC

static char *
dup_advice_upgrade (PlCheckRun *run)
{
  return g_strdup_printf (
      _ ("Without it Immich’s page says “Server offline”. If there is another proxy between "
         "Porchlight and Immich at %s, let it pass “Upgrade” on, or send Porchlight past it."),
      pl_check_run_get_upstream (run));
}

static void
tried_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  g_autofree PlLiveProbe *live = pl_live_probe_finish (result, NULL);

  if (live == NULL)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED, NULL, NULL);
      return;
    }
  run->reply_us = live->reply_us;
  run->has_live = live->is_upgraded && live->greeting_us >= 0;
  if (live->is_upgraded && live->greeting_us >= 0)
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup (_ ("It works: the page will not say “Server offline”.")), NULL);
  else if (live->is_upgraded)
    pl_check_run_end (run, PL_CHECK_FAULT, g_strdup (_ ("It opens, but nothing comes through.")),
                      dup_advice_upgrade (run));
  else if (live->status != 0)
    pl_check_run_end (run, PL_CHECK_FAULT,
                      g_strdup_printf (_ ("It is refused, with status %u."), live->status),
                      dup_advice_upgrade (run));
  else
    pl_check_run_end (run, PL_CHECK_FAULT, g_strdup (_ ("It does not open.")),
                      dup_advice_upgrade (run));
}

void
pl_check_live (PlCheckRun *run)
{
  pl_live_probe_async (run->through_session, run->site->local_url, TIMEOUT_MS, run->cancellable,
                       tried_cb, run);
}

/* The only answer that Immich gives bit by bit to those who are not logged in is the live
 * connection, so that is what is looked at. */
void
pl_check_promptness (PlCheckRun *run)
{
  g_autofree char *duration = pl_words_dup_duration (MAX (run->reply_us, 0));

  if (run->reply_us < 0)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED,
                        g_strdup (run->has_live
                                      ? _ ("Immich answered no message, so the delay is not known.")
                                      : _ ("Cannot be seen without a live connection.")),
                        NULL);
      return;
    }
  if (run->reply_us <= PROMPT_US)
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup_printf (_ ("A message is answered in %s."), duration), NULL);
  else
    pl_check_run_end (
        run, PL_CHECK_WARNING,
        g_strdup_printf (_ ("A message is only answered after %s."), duration),
        g_strdup (_ ("Immich may be busy. If this stays so, something between Porchlight and "
                     "Immich gathers data before it passes it on: turn buffering off there.")));
}
