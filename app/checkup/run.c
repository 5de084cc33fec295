/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check has always something under way, which holds the run: one that is freed meanwhile goes
 * when that ends. The next check begins from the main loop, so that checks that know at once do
 * not stand on one another. */

#include "app/checkup/run.h"

#include <string.h>

#include "app/checkup/own_certificate.h"
#include "app/finder/ask.h"
#include "app/finder/belief.h"

PlCheckRun *
pl_check_run_new (PlCheckSite *site, PlCheckRunEndFunc ended, gpointer user_data)
{
  PlCheckRun *run = g_new (PlCheckRun, 1);

  *run = (PlCheckRun){
    .site = site,
    .through_session = pl_ask_new_session (PL_ASK_THROUGH),
    .straight_session = pl_ask_new_session (PL_ASK_STRAIGHT),
    .cancellable = g_cancellable_new (),
    .reply_us = -1,
    .ended = ended,
    .user_data = user_data,
  };
  pl_belief_give (run->straight_session, site->proof);
  if (site->trusted_pem != NULL)
    pl_own_certificate_trust (run->through_session, site->trusted_pem);
  return run;
}

static void
release (PlCheckRun *run)
{
  pl_check_site_free (run->site);
  g_object_unref (run->through_session);
  g_object_unref (run->straight_session);
  g_object_unref (run->cancellable);
  g_clear_object (&run->item);
  g_clear_pointer (&run->through, pl_probe_free);
  g_clear_pointer (&run->behind, pl_probe_free);
  g_free (run);
}

void
pl_check_run_free (PlCheckRun *run)
{
  g_autoptr (GCancellable) cancellable = g_object_ref (run->cancellable);

  run->ended = NULL;
  if (run->item == NULL)
    release (run);
  g_cancellable_cancel (cancellable);
}

void
pl_check_run_begin (PlCheckRun *run, PlCheckItem *item, void (*check) (PlCheckRun *run))
{
  run->item = g_object_ref (item);
  pl_check_item_begin (item, PL_CHECK_RUNNING);
  check (run);
}

void
pl_check_run_add_detail (PlCheckRun *run, char *line)
{
  g_autofree char *owned_line = line;

  if (run->ended != NULL)
    pl_check_item_add_detail (run->item, g_steal_pointer (&owned_line));
}

static void
ended_cb (gpointer user_data)
{
  PlCheckRun *run = user_data;

  g_clear_object (&run->item);
  if (run->ended != NULL)
    run->ended (run, run->user_data);
  else
    release (run);
}

void
pl_check_run_end_with (PlCheckRun *run,
                       PlCheckState state,
                       PlCheckRemedy remedy,
                       char *words,
                       char *advice)
{
  g_autofree char *owned_words = words;
  g_autofree char *owned_advice = advice;

  if (run->ended != NULL)
    pl_check_item_end (run->item, state, remedy, g_steal_pointer (&owned_words),
                       g_steal_pointer (&owned_advice));
  g_idle_add_once (ended_cb, run);
}

void
pl_check_run_end (PlCheckRun *run, PlCheckState state, char *words, char *advice)
{
  pl_check_run_end_with (run, state, PL_CHECK_REMEDY_NONE, words, advice);
}

const char *
pl_check_run_get_upstream (PlCheckRun *run)
{
  return run->site->upstream_urls[0];
}

const char *
pl_check_run_get_upload_path (PlCheckRun *run)
{
  if (run->behind == NULL || pl_probe_is_at_least (run->behind, 1, 106))
    return "/api/assets";
  return "/api/asset/upload";
}

const char *
pl_check_run_get_upstream_path (PlCheckRun *run, const char *path)
{
  return run->site->strips_api ? path + strlen ("/api") : path;
}
