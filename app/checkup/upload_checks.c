/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Immich refuses an upload of somebody who is not logged in from its head alone. Where that
 * refusal only comes when all is sent, something on the way gathers uploads first. Where it does
 * not come straight from Immich either, nothing can be said: then its server is not at fault. */

#include "app/checkup/checks.h"

#include "app/checkup/upload_probe.h"
#include "app/i18n.h"
#include "app/model/words.h"

#define TIMEOUT_S 2

/* 50,000 MB: what Immich's own proxy used to allow. */
#define LARGE_BYTES (G_GINT64_CONSTANT (50000) * 1024 * 1024)

#define TOO_LARGE 413

static void
send_through (PlCheckRun *run, gint64 announced_bytes, GAsyncReadyCallback callback)
{
  PlUploadAim aim = { .way = PL_ASK_THROUGH,
                      .url = run->site->local_url,
                      .path = pl_check_run_get_upload_path (run),
                      .trusted_pem = run->site->trusted_pem };

  pl_upload_probe_async (&aim, announced_bytes, TIMEOUT_S, run->cancellable, callback, run);
}

static void
send_past (PlCheckRun *run, gint64 announced_bytes, GAsyncReadyCallback callback)
{
  PlUploadAim aim
      = { .way = PL_ASK_STRAIGHT,
          .url = pl_check_run_get_upstream (run),
          .path = pl_check_run_get_upstream_path (run, pl_check_run_get_upload_path (run)) };

  pl_upload_probe_async (&aim, announced_bytes, TIMEOUT_S, run->cancellable, callback, run);
}

static guint
finish (GAsyncResult *result, gint64 *took_us)
{
  g_autofree PlUploadProbe *probe = pl_upload_probe_finish (result, NULL);

  if (took_us != NULL && probe != NULL)
    *took_us = probe->took_us;
  return probe != NULL ? probe->status : 0;
}

static void
sent_past_early_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;

  if (finish (result, NULL) != 0)
    pl_check_run_end (
        run, PL_CHECK_FAULT, g_strdup (_ ("Uploads are held back on the way to Immich.")),
        g_strdup_printf (_ ("Something between Porchlight and Immich at %s takes in whole "
                            "uploads before it passes them on, which fills its disk and breaks "
                            "large ones: turn request buffering off there."),
                         pl_check_run_get_upstream (run)));
  else
    pl_check_run_end (run, PL_CHECK_SKIPPED,
                      g_strdup (_ ("This Immich answers no upload before its end, so it cannot "
                                   "be seen.")),
                      NULL);
}

static void
sent_early_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  gint64 took_us = 0;
  guint status = finish (result, &took_us);
  g_autofree char *duration = pl_words_dup_duration (took_us);

  if (status == 0)
    {
      send_past (run, PL_UPLOAD_CHUNKED, sent_past_early_cb);
      return;
    }
  pl_check_run_add_detail (
      run, g_strdup_printf ("POST %s: %u", pl_check_run_get_upload_path (run), status));
  if (status >= 500)
    pl_check_run_end (run, PL_CHECK_FAULT,
                      g_strdup_printf (_ ("An upload meets an error (%u)."), status),
                      g_strdup (_ ("Look into Immich’s own log: docker compose logs.")));
  else
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("An answer came after %s, long before the end."), duration), NULL);
}

void
pl_check_early_answer (PlCheckRun *run)
{
  send_through (run, PL_UPLOAD_CHUNKED, sent_early_cb);
}

static void
sent_past_large_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  gboolean is_behind = finish (result, NULL) == TOO_LARGE;

  pl_check_run_end (
      run, PL_CHECK_FAULT, g_strdup (_ ("Large uploads are refused as too large.")),
      is_behind ? g_strdup_printf (_ ("What is at %s refuses them: if that is a proxy, raise its "
                                      "limit (in nginx: client_max_body_size 50000M)."),
                                   pl_check_run_get_upstream (run))
                : NULL);
}

static void
sent_large_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;

  if (finish (result, NULL) == TOO_LARGE)
    send_past (run, LARGE_BYTES, sent_past_large_cb);
  else
    pl_check_run_end (run, PL_CHECK_PASS, g_strdup (_ ("50 GB are not refused.")), NULL);
}

void
pl_check_size_limit (PlCheckRun *run)
{
  send_through (run, LARGE_BYTES, sent_large_cb);
}
