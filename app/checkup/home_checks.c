/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/checks.h"

#include "app/i18n.h"
#include "app/model/words.h"
#include "app/settings/table.h"
#include "app/system/sleep.h"

/* What Immich's own documentation asks of a proxy; and less than this is cut off in practice, by a
 * machine that is busy with a large import. */
#define LONG_ENOUGH_S 600
#define TOO_SHORT_S   60

/* By the name it has on the page of settings. */
static char *
dup_advice_timeout (void)
{
  const char *title = _ (pl_setting_find ("upstream immich", "response-timeout-s")->title);
  g_auto (GStrv) parts = g_strsplit (title, "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);

  return g_strdup_printf (_ ("Raise “%s” to %d seconds in the settings."), name, LONG_ENOUGH_S);
}

void
pl_check_timeouts (PlCheckRun *run)
{
  guint timeout_s = run->site->response_timeout_s;
  g_autofree char *duration = pl_words_dup_duration (timeout_s * (gint64) G_USEC_PER_SEC);

  if (timeout_s >= LONG_ENOUGH_S)
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("Immich may think for %s; what moves is never cut off."), duration),
        NULL);
  else
    pl_check_run_end_with (
        run, timeout_s < TOO_SHORT_S ? PL_CHECK_FAULT : PL_CHECK_WARNING, PL_CHECK_REMEDY_SETTINGS,
        g_strdup_printf (_ ("Immich is given up on after %s of thinking."), duration),
        dup_advice_timeout ());
}

static void
sleep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  PlSleep sleep = pl_sleep_finish (result);
  g_autofree char *duration = pl_words_dup_duration (sleep.after_s * (gint64) G_USEC_PER_SEC);

  if (!sleep.is_known)
    pl_check_run_end (run, PL_CHECK_SKIPPED, g_strdup (_ ("This system does not tell.")), NULL);
  else if (!sleep.sleeps)
    pl_check_run_end (run, PL_CHECK_PASS, g_strdup (_ ("It does not go to sleep by itself.")),
                      NULL);
  else
    pl_check_run_end (
        run, PL_CHECK_WARNING,
        g_strdup_printf (_ ("It goes to sleep after %s, and nobody reaches your photos then."),
                         duration),
        g_strdup (_ ("In this computer’s power settings turn automatic suspend off, or set “Sleep” "
                     "to “Never”. Porchlight keeps it awake only while photos are on their way.")));
}

void
pl_check_sleep (PlCheckRun *run)
{
  pl_sleep_async (run->cancellable, sleep_cb, run);
}
