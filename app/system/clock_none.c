/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clock of GLib goes on through a sleep on some systems, and stands still on others. */

#include "app/system/clock.h"

gint64
pl_clock_get_us (void)
{
  return g_get_monotonic_time ();
}
