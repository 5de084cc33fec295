/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the computer is kept awake. Whoever is asked for that stands here instead of the desktop. */

#include "gui/application/inhibitor.h"

#include "gui/application/sleep_lock.h"

#define PATIENCE_US (5 * G_USEC_PER_SEC)

static guint n_locks;

PlSleepLock *
pl_sleep_lock_new (GtkApplication *app, const char *reason)
{
  n_locks++;
  return (PlSleepLock *) &n_locks;
}

void
pl_sleep_lock_free (PlSleepLock *lock)
{
  n_locks--;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_locked_in_time (gint64 patience_us)
{
  gint64 end_us = g_get_monotonic_time () + patience_us;
  guint timer = g_timeout_add (20, wake_cb, NULL);

  while (n_locks == 0 && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return n_locks == 1;
}

/* Each was over in less than a second. */
static void
test_many_small_photos (void)
{
  g_autoptr (PlEngine) engine = pl_engine_new ("/nowhere/porchlight.ini");
  PlInhibitor *inhibitor = pl_inhibitor_new (engine, NULL);

  for (guint i = 0; i < 10; i++)
    pl_traffic_count (pl_engine_get_traffic (engine), 1, 3 * 1000 * 1000, 300);
  g_assert_true (is_locked_in_time (PATIENCE_US));
  pl_inhibitor_free (inhibitor);
  g_assert_cmpuint (n_locks, ==, 0);
}

static void
test_a_page_looked_at (void)
{
  g_autoptr (PlEngine) engine = pl_engine_new ("/nowhere/porchlight.ini");
  PlInhibitor *inhibitor = pl_inhibitor_new (engine, NULL);

  pl_traffic_count (pl_engine_get_traffic (engine), 40, 3000, 4 * 1000 * 1000);
  g_assert_false (is_locked_in_time (2 * G_USEC_PER_SEC));
  pl_inhibitor_free (inhibitor);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inhibitor/small-photos", test_many_small_photos);
  g_test_add_func ("/inhibitor/page", test_a_page_looked_at);
  return g_test_run ();
}
