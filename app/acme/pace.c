/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/pace.h"

#include "app/acme/error.h"
#include "app/i18n.h"

#define FIRST_PAUSE_MS  250
#define MAX_PAUSE_MS    8000
#define MAX_RETRY_MS    60000
#define MAX_DURATION_US (5 * 60 * G_USEC_PER_SEC)

static gboolean
time_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
sleep_for (guint ms, GCancellable *stop)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) timer = g_timeout_source_new (ms);
  gboolean is_over = FALSE;

  g_source_set_callback (timer, time_cb, &is_over, NULL);
  g_source_attach (timer, context);
  while (!is_over && !g_cancellable_is_cancelled (stop))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timer);
}

static guint
find_pause_ms (PlAcmePace *pace, gint64 retry_s)
{
  gint64 asked_ms = retry_s * 1000 - g_get_real_time () / 1000;

  pace->next_ms = pace->next_ms == 0 ? FIRST_PAUSE_MS : MIN (2 * pace->next_ms, MAX_PAUSE_MS);
  return retry_s == 0 ? pace->next_ms : (guint) CLAMP (asked_ms, FIRST_PAUSE_MS, MAX_RETRY_MS);
}

gboolean
pl_acme_pace_wait (PlAcmePace *pace, gint64 retry_s, GCancellable *stop, GError **error)
{
  if (pace->end_us == 0)
    pace->end_us = g_get_monotonic_time () + MAX_DURATION_US;
  if (g_get_monotonic_time () > pace->end_us)
    {
      g_propagate_error (error,
                         pl_acme_error_new (PL_ACME_ERROR_UNREACHABLE, retry_s,
                                            _ ("The certificate authority did not come to an end "
                                               "in five minutes. It is worth trying again "
                                               "later.")));
      return FALSE;
    }
  sleep_for (find_pause_ms (pace, retry_s), stop);
  return !g_cancellable_set_error_if_cancelled (stop, error);
}
