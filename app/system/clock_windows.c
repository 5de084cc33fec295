/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/clock.h"

#include <windows.h>

/* Some 16 ms apart: but of this one it is said that sleep is in it, of the fine one of GLib
 * (QueryPerformanceCounter()) it is not. */
gint64
pl_clock_get_us (void)
{
  return (gint64) GetTickCount64 () * 1000;
}
