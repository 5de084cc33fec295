/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/demo/demo_signals.h"

#include <glib-unix.h>

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_maintenance_cb (gpointer user_data)
{
  pl_demo_set_maintenance (user_data, TRUE);
  return G_SOURCE_CONTINUE;
}

static gboolean
end_maintenance_cb (gpointer user_data)
{
  pl_demo_set_maintenance (user_data, FALSE);
  return G_SOURCE_CONTINUE;
}

void
pl_demo_heed_signals (PlDemo *demo, GMainLoop *loop)
{
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGUSR1, begin_maintenance_cb, demo);
  g_unix_signal_add (SIGUSR2, end_maintenance_cb, demo);
}
