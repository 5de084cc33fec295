/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Apple's monotonic clock goes on while the computer sleeps (clock_gettime(3)), unlike the one that
 * GLib reads there. */

#include "app/system/clock.h"

#include <time.h>

gint64
pl_clock_get_us (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_MONOTONIC, &now) != 0)
    return g_get_monotonic_time ();
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}
