/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/signals.h"

#include <glib-unix.h>
#include <signal.h>

void
pl_signals_listen (const PlSignals *signals, gpointer user_data)
{
  const struct
  {
    int number;
    GSourceFunc func;
  } all[] = {
    { SIGHUP, signals->reload },
    { SIGWINCH, signals->resize },
    { SIGTERM, signals->end },
    { SIGINT, signals->end },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].func != NULL)
      g_unix_signal_add (all[i].number, all[i].func, user_data);
}
