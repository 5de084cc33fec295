/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/checks.h"

#include "app/checkup/sleep.h"
#include "app/i18n.h"
#include "app/model/words.h"

/* What Immich's own documentation asks of a proxy; and less than this is cut off in practice, by a
 * machine that is busy with a large import. */
#define LONG_ENOUGH_S 600
#define TOO_SHORT_S   60

void
pl_check_timeouts (PlCheckRun *run)
{
  guint timeout_s = run->site->response_timeout_s;
  g_autoptr (GString) duration = g_string_new (NULL);

  pl_words_append_duration (duration, timeout_s * G_USEC_PER_SEC);
  if (timeout_s >= LONG_ENOUGH_S)
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("Immich may think for %s; what moves is never cut off"), duration->str),
        NULL);
  else
    pl_check_run_end_with (
        run, timeout_s < TOO_SHORT_S ? PL_CHECK_FAULT : PL_CHECK_WARNING, PL_CHECK_REMEDY_SETTINGS,
        g_strdup_printf (_ ("Immich is given up on after %s of thinking"), duration->str),
        g_strdup (_ ("Set “response-timeout-s” to 600 in the settings.")));
}

static void
sleep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  PlSleep sleep = pl_sleep_finish (result);
  g_autoptr (GString) duration = g_string_new (NULL);

  pl_words_append_duration (duration, sleep.after_s * G_USEC_PER_SEC);
  if (!sleep.is_known)
    pl_check_run_end (run, PL_CHECK_SKIPPED, g_strdup (_ ("it does not say whether it sleeps")),
                      NULL);
  else if (!sleep.sleeps)
    pl_check_run_end (run, PL_CHECK_PASS, g_strdup (_ ("it does not go to sleep by itself")), NULL);
  else
    pl_check_run_end (
        run, PL_CHECK_WARNING,
        g_strdup_printf (_ ("it goes to sleep after %s, and nobody reaches your photos then"),
                         duration->str),
        g_strdup (_ ("Turn automatic suspend off in this computer’s power settings. Porchlight "
                     "keeps it awake only while photos are on their way.")));
}

void
pl_check_sleep (PlCheckRun *run)
{
  pl_sleep_async (run->cancellable, sleep_cb, run);
}
