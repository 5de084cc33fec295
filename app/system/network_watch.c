/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GIO's monitor follows the routes of the system: each address with a prefix has one. After a sleep
 * the computer may be somewhere else. */

#include "app/system/network_watch.h"

#include "app/system/waking.h"

/* A network comes up in many steps; the last one counts. */
#define SETTLE_MS 400

struct _PlNetworkWatch
{
  GNetworkMonitor *monitor;
  PlWaking *waking; /* (nullable) */
  guint timer;
  PlNetworkWatchFunc func;
  gpointer user_data;
};

static gboolean
settled_cb (gpointer user_data)
{
  PlNetworkWatch *watch = user_data;

  watch->timer = 0;
  watch->func (watch->user_data);
  return G_SOURCE_REMOVE;
}

static void
settle (PlNetworkWatch *watch)
{
  g_clear_handle_id (&watch->timer, g_source_remove);
  watch->timer = g_timeout_add (SETTLE_MS, settled_cb, watch);
}

static void
changed_cb (GNetworkMonitor *monitor, gboolean is_available, PlNetworkWatch *watch)
{
  settle (watch);
}

static gboolean
woke_cb (gpointer user_data)
{
  settle (user_data);
  return G_SOURCE_CONTINUE;
}

PlNetworkWatch *
pl_network_watch_new (PlNetworkWatchFunc func, gpointer user_data)
{
  PlNetworkWatch *watch = g_new0 (PlNetworkWatch, 1);

  watch->monitor = g_object_ref (g_network_monitor_get_default ());
  watch->func = func;
  watch->user_data = user_data;
  g_signal_connect (watch->monitor, "network-changed", G_CALLBACK (changed_cb), watch);
  watch->waking = pl_waking_watch (woke_cb, watch);
  return watch;
}

void
pl_network_watch_free (PlNetworkWatch *watch)
{
  g_signal_handlers_disconnect_by_data (watch->monitor, watch);
  g_object_unref (watch->monitor);
  g_clear_pointer (&watch->waking, pl_waking_free);
  g_clear_handle_id (&watch->timer, g_source_remove);
  g_free (watch);
}
