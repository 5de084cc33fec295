/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seconds that come and go, and when somebody is told. */

#include "app/model/traffic.h"

#include <time.h>

#include "app/model/progress.h"
#include "tests/unit/model/sample.h"

/* Later than now, so that the real clock does not get in the way. */
static gint64
get_start_us (void)
{
  return (pl_traffic_get_now_us () / G_USEC_PER_SEC + 10000) * G_USEC_PER_SEC;
}

static void
count (PlTraffic *traffic, gint64 now_us, guint requests)
{
  PlTrafficSecond amount = { requests, requests * 10u, requests * 100u };
  pl_traffic_count_at (traffic, now_us, &amount);
}

static void
passes (void)
{
  g_autoptr (PlTraffic) traffic = pl_traffic_new ();
  gint64 start_us = get_start_us ();

  count (traffic, start_us, 1);
  count (traffic, start_us + 999999, 2);
  g_assert_cmpuint (pl_traffic_get (traffic, 0).requests, ==, 0);
  count (traffic, start_us + 1000000, 5);
  g_assert_cmpuint (pl_traffic_get (traffic, 0).requests, ==, 3);
  g_assert_cmpuint (pl_traffic_get (traffic, 0).up_bytes, ==, 30);
  g_assert_cmpuint (pl_traffic_get (traffic, 0).down_bytes, ==, 300);
  count (traffic, start_us + 4 * G_USEC_PER_SEC, 0);
  g_assert_cmpuint (pl_traffic_get (traffic, 0).requests, ==, 0);
  g_assert_cmpuint (pl_traffic_get (traffic, 2).requests, ==, 5);
  g_assert_cmpuint (pl_traffic_get (traffic, 3).requests, ==, 3);
  g_assert_cmpuint (pl_traffic_get_peak (traffic).requests, ==, 5);
}

static void
is_forgotten (void)
{
  g_autoptr (PlTraffic) traffic = pl_traffic_new ();
  gint64 start_us = get_start_us ();

  count (traffic, start_us, 7);
  count (traffic, start_us + PL_TRAFFIC_SECONDS * G_USEC_PER_SEC, 1);
  g_assert_cmpuint (pl_traffic_get (traffic, PL_TRAFFIC_SECONDS - 1).requests, ==, 7);
  count (traffic, start_us + (PL_TRAFFIC_SECONDS + 1) * G_USEC_PER_SEC, 1);
  g_assert_cmpuint (pl_traffic_get_peak (traffic).requests, ==, 1);
  count (traffic, start_us + G_TIME_SPAN_DAY, 0);
  g_assert_cmpuint (pl_traffic_get_peak (traffic).requests, ==, 0);
}

/* Nothing here can put the computer to sleep; of the clocks it is known which of them goes on. */
static void
goes_on_in_sleep (void)
{
#ifdef CLOCK_BOOTTIME
  struct timespec before, after;

  clock_gettime (CLOCK_BOOTTIME, &before);
  gint64 now_us = pl_traffic_get_now_us ();
  clock_gettime (CLOCK_BOOTTIME, &after);
  g_assert_cmpint (now_us, >=, (gint64) before.tv_sec * G_USEC_PER_SEC + before.tv_nsec / 1000);
  g_assert_cmpint (now_us, <=, (gint64) after.tv_sec * G_USEC_PER_SEC + after.tv_nsec / 1000);
#else
  g_test_skip ("no such clock");
#endif
}

static void
changed_cb (PlTraffic *traffic, guint *n_changes)
{
  ++*n_changes;
}

/* @most_ms: how long to wait for another change */
static gboolean
wait_for_change (const guint *n_changes, guint most_ms)
{
  gint64 end_us = g_get_monotonic_time () + most_ms * G_TIME_SPAN_MILLISECOND;
  guint n_before = *n_changes;

  while (*n_changes == n_before && g_get_monotonic_time () < end_us)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  return *n_changes > n_before;
}

static void
tells_who_watches (void)
{
  g_autoptr (PlTraffic) traffic = pl_traffic_new ();
  guint n_changes = 0;

  g_signal_connect (traffic, "changed", G_CALLBACK (changed_cb), &n_changes);
  pl_traffic_count (traffic, 1, 0, 0);
  g_assert_false (wait_for_change (&n_changes, 1300));
  pl_traffic_watch (traffic);
  pl_traffic_watch (traffic);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (wait_for_change (&n_changes, 2500));
  g_assert_cmpuint (pl_traffic_get_peak (traffic).requests, ==, 1);
  pl_traffic_unwatch (traffic);
  g_assert_true (wait_for_change (&n_changes, 2500));
  pl_traffic_unwatch (traffic);
  g_assert_false (wait_for_change (&n_changes, 1300));
}

static void
is_silent_in_silence (void)
{
  g_autoptr (PlTraffic) traffic = pl_traffic_new ();
  guint n_changes = 0;

  pl_traffic_watch (traffic);
  g_signal_connect (traffic, "changed", G_CALLBACK (changed_cb), &n_changes);
  wait_for_change (&n_changes, 1300);
  g_assert_false (wait_for_change (&n_changes, 1300));
  pl_traffic_count (traffic, 1, 0, 0);
  g_assert_true (wait_for_change (&n_changes, 2500));
  pl_traffic_unwatch (traffic);
}

static void
adds_up (void)
{
  g_autoptr (PlProgress) progress = pl_progress_new ();
  g_autoptr (PlRecord) first = sample_running (1, "/api/assets", 100, 0);
  g_autoptr (PlRecord) second = sample_running (1, "/api/assets", 250, 3);
  g_autoptr (PlRecord) last = sample_record (1, "POST", "/api/assets", "");
  g_autoptr (PlRecord) other = sample_record (2, "GET", "/", "");
  last->up_bytes = 300;
  last->down_bytes = 5;
  other->down_bytes = 40;

  PlProgressStep step = pl_progress_add (progress, first);
  g_assert_true (step.is_first && step.up_bytes == 100 && step.down_bytes == 0);
  step = pl_progress_add (progress, second);
  g_assert_true (!step.is_first && step.up_bytes == 150 && step.down_bytes == 3);
  step = pl_progress_add (progress, other);
  g_assert_true (step.is_first && step.up_bytes == 0 && step.down_bytes == 40);
  step = pl_progress_add (progress, last);
  g_assert_true (!step.is_first && step.up_bytes == 50 && step.down_bytes == 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic/passes", passes);
  g_test_add_func ("/traffic/sleep", goes_on_in_sleep);
  g_test_add_func ("/traffic/forgotten", is_forgotten);
  g_test_add_func ("/traffic/watched", tells_who_watches);
  g_test_add_func ("/traffic/silence", is_silent_in_silence);
  g_test_add_func ("/traffic/progress", adds_up);
  return g_test_run ();
}
