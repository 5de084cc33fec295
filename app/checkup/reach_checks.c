/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is Immich there, and does it get what it expects? */

#include "app/checkup/checks.h"

#include "app/finder/locate.h"
#include "app/i18n.h"
#include "app/model/words.h"

/* As long as the phone app waits before it says that there is no server. */
#define PING_TIMEOUT_MS 5000

/* Porchlight says so at once where Immich does not answer: to be kept waiting is Immich's doing. */
static void
end_unanswered (PlCheckRun *run)
{
  PlProbe *through = run->through;
  const char *upstream = pl_check_run_get_upstream (run);
  const char *asked = upstream != NULL ? upstream : through->url;
  gboolean is_late = through->took_us >= PING_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  if (through->kind == PL_PROBE_NOBODY && is_late)
    pl_check_run_end (
        run, PL_CHECK_FAULT,
        g_strdup_printf (_ ("Immich at %s takes more than %d seconds to answer, and phones give up "
                            "by then."),
                         asked, PING_TIMEOUT_MS / 1000),
        g_strdup (_ ("Look into Immich’s own log: docker compose logs.")));
  else if (through->kind == PL_PROBE_NOBODY)
    pl_check_run_end_with (
        run, PL_CHECK_FAULT, PL_CHECK_REMEDY_SETTINGS,
        g_strdup_printf (_ ("Porchlight itself does not answer at %s: %s."), through->url,
                         through->remark),
        g_strdup (_ ("Look at the message at the top of the window, or choose another port.")));
  else
    pl_check_run_end_with (
        run, PL_CHECK_FAULT, PL_CHECK_REMEDY_IMMICH,
        g_strdup_printf (_ ("No ping came back from %s."), asked),
        g_strdup (_ ("See that Immich runs (docker compose ps), and that this is its address.")));
}

static void
pinged_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;

  run->through = pl_probe_finish (result, NULL);
  if (run->through == NULL)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED, NULL, NULL);
      return;
    }
  if (!pl_probe_is_immich (run->through))
    {
      end_unanswered (run);
      return;
    }

  if (pl_probe_is_in_maintenance (run->through))
    {
      pl_check_run_end_with (
          run, PL_CHECK_WARNING, PL_CHECK_REMEDY_OPEN, g_strdup (_ ("Immich is in maintenance.")),
          g_strdup (_ ("Its admin can end it there: open Immich, and log in as admin.")));
      return;
    }

  g_autofree char *duration = pl_words_dup_duration (run->through->took_us);
  pl_check_run_add_detail (
      run, g_strdup_printf ("GET %s%s: pong", run->through->url, run->through->health_path));
  pl_check_run_end (run, PL_CHECK_PASS, g_strdup_printf (_ ("It came in %s."), duration), NULL);
}

void
pl_check_ping (PlCheckRun *run)
{
  if (run->site->is_paused)
    pl_check_run_end (run, PL_CHECK_WARNING, g_strdup (_ ("Porchlight is paused, on your wish.")),
                      g_strdup (_ ("Let it go on, and run the check-up again.")));
  else
    pl_probe_async (run->through_session, run->site->local_url, PING_TIMEOUT_MS, run->cancellable,
                    pinged_cb, run);
}

static void
end_unfit (PlCheckRun *run, char *words)
{
  pl_check_run_end_with (
      run, PL_CHECK_FAULT, PL_CHECK_REMEDY_IMMICH, words,
      g_strdup (_ ("Say again where Immich is: the routes are then made to fit.")));
}

static void
judge_layout (PlCheckRun *run)
{
  PlProbe *behind = run->behind;
  g_autofree char *version = pl_probe_dup_version (behind);

  pl_check_run_add_detail (run, g_strdup_printf ("%s: %u.%u.%u", behind->url, behind->major,
                                                 behind->minor, behind->patch));
  if (behind->kind == PL_PROBE_SERVER && !run->site->strips_api)
    end_unfit (run,
               g_strdup_printf (_ ("Immich %s is in two parts, but its server gets every request."),
                                version));
  else if (behind->kind == PL_PROBE_WHOLE && run->site->strips_api)
    end_unfit (run, g_strdup_printf (_ ("Immich %s is in one piece, but is sent requests as if it "
                                        "were in two."),
                                     version));
  else if (behind->kind == PL_PROBE_SERVER)
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("Immich %s, in two parts; each gets what is its own."), version), NULL);
  else if (!pl_probe_is_at_least (behind, 0, 1) && pl_probe_is_in_maintenance (behind))
    pl_check_run_end (run, PL_CHECK_SKIPPED,
                      g_strdup (_ ("In maintenance this Immich does not say its version.")), NULL);
  else if (!pl_probe_is_at_least (behind, 0, 1))
    pl_check_run_end (run, PL_CHECK_WARNING, g_strdup (_ ("Immich does not say its version.")),
                      NULL);
  else
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup_printf (_ ("Immich %s gets all requests."), version), NULL);
}

static void
asked_behind_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  PlProbe *behind = pl_locate_finish (result, NULL);

  run->behind = behind;
  if (behind == NULL)
    pl_check_run_end (run, PL_CHECK_SKIPPED, NULL, NULL);
  else if (behind->kind == PL_PROBE_NOBODY)
    pl_check_run_end_with (
        run, PL_CHECK_FAULT, PL_CHECK_REMEDY_IMMICH,
        g_strdup_printf (_ ("Nothing to be learnt from %s: %s."), behind->url, behind->remark),
        g_strdup (_ ("Immich may be starting, or have another address by now.")));
  else if (behind->kind == PL_PROBE_PORCHLIGHT)
    pl_check_run_end_with (
        run, PL_CHECK_FAULT, PL_CHECK_REMEDY_IMMICH,
        g_strdup_printf (_ ("The address %s leads back to Porchlight itself."), behind->url),
        g_strdup (_ ("Say again where Immich is.")));
  else if (behind->kind == PL_PROBE_OTHER || behind->kind == PL_PROBE_WEB)
    pl_check_run_end_with (
        run, PL_CHECK_FAULT, PL_CHECK_REMEDY_IMMICH,
        g_strdup_printf (_ ("What is at %s is not Immich’s server."), behind->url),
        g_strdup (_ ("Say again where Immich is.")));
  else
    judge_layout (run);
}

void
pl_check_layout (PlCheckRun *run)
{
  const char *url = pl_check_run_get_upstream (run);

  if (url == NULL)
    pl_check_run_end_with (run, PL_CHECK_FAULT, PL_CHECK_REMEDY_IMMICH,
                           g_strdup (_ ("Porchlight was not told where Immich is.")), NULL);
  else
    pl_locate_async (run->straight_session, url, PING_TIMEOUT_MS, run->cancellable, asked_behind_cb,
                     run);
}
