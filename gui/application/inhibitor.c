/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A backup is many transfers with breaths between them, so the computer is kept awake a little
 * beyond each. */

#include "gui/application/inhibitor.h"

#include "app/i18n.h"
#include "gui/application/sleep_lock.h"

/* For as long after the last transfer. Desktops go to sleep after minutes without a key pressed,
 * so it need not be much; each change asks the session manager, so it must not be too little. Less
 * than PL_TRAFFIC_SECONDS, or nobody would say when it is over. */
#define LINGER_S 60

/* Photos that take less than a second each never become transfers, though thousands of them are
 * a backup like any other. Pages that are looked at stay below this. */
#define BUSY_BYTES (20 * 1000 * 1000)

struct _PlInhibitor
{
  PlEngine *engine;
  GtkApplication *app;
  PlSleepLock *lock; /* nullable */
  gint64 until_us;   /* monotonic */
};

static gboolean
is_allowed (PlInhibitor *inhibitor)
{
  return pl_settings_get_switch (pl_engine_get_settings (inhibitor->engine), "window",
                                 "keep-awake");
}

static gboolean
has_transfers (PlInhibitor *inhibitor)
{
  return g_list_model_get_n_items (G_LIST_MODEL (pl_engine_get_transfers (inhibitor->engine))) > 0;
}

static gboolean
was_busy (PlInhibitor *inhibitor)
{
  PlTraffic *traffic = pl_engine_get_traffic (inhibitor->engine);
  guint64 bytes = 0;

  for (guint i = 0; i < LINGER_S; i++)
    {
      PlTrafficSecond second = pl_traffic_get (traffic, i);
      bytes += second.up_bytes + second.down_bytes;
    }
  return bytes >= BUSY_BYTES;
}

/* Transfers came or went, a second with something in it is over, or another setting holds. */
static void
update_cb (PlInhibitor *inhibitor)
{
  gint64 now_us = g_get_monotonic_time ();

  if (has_transfers (inhibitor) || was_busy (inhibitor))
    inhibitor->until_us = now_us + LINGER_S * G_USEC_PER_SEC;
  if (!is_allowed (inhibitor) || now_us >= inhibitor->until_us)
    g_clear_pointer (&inhibitor->lock, pl_sleep_lock_free);
  else if (inhibitor->lock == NULL)
    inhibitor->lock = pl_sleep_lock_new (inhibitor->app, _ ("Photos are being transferred"));
}

PlInhibitor *
pl_inhibitor_new (PlEngine *engine, GtkApplication *app)
{
  PlInhibitor *inhibitor = g_new0 (PlInhibitor, 1);

  inhibitor->engine = engine;
  inhibitor->app = app;
  g_signal_connect_swapped (pl_engine_get_transfers (engine), "items-changed",
                            G_CALLBACK (update_cb), inhibitor);
  g_signal_connect_swapped (pl_engine_get_traffic (engine), "changed", G_CALLBACK (update_cb),
                            inhibitor);
  g_signal_connect_swapped (engine, "settings-changed", G_CALLBACK (update_cb), inhibitor);
  pl_traffic_watch (pl_engine_get_traffic (engine));
  update_cb (inhibitor);
  return inhibitor;
}

void
pl_inhibitor_free (PlInhibitor *inhibitor)
{
  g_signal_handlers_disconnect_by_data (pl_engine_get_transfers (inhibitor->engine), inhibitor);
  g_signal_handlers_disconnect_by_data (pl_engine_get_traffic (inhibitor->engine), inhibitor);
  g_signal_handlers_disconnect_by_data (inhibitor->engine, inhibitor);
  pl_traffic_unwatch (pl_engine_get_traffic (inhibitor->engine));
  g_clear_pointer (&inhibitor->lock, pl_sleep_lock_free);
  g_free (inhibitor);
}
