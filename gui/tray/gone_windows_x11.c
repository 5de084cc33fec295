/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A trap of GDK's that stays open. A handler of Xlib's own, which could tell one error from
 * another, does not do: an answer that comes while GTK has a trap of its own open for something
 * else is judged by GTK, and that is when most come. */

#include "gui/tray/gone_windows.h"

#include <gdk/gdkx.h>

void
pl_gone_windows_forgive (void)
{
  static gboolean is_done;
  GdkDisplay *display = gdk_display_get_default ();

  if (is_done || !GDK_IS_X11_DISPLAY (display))
    return;
  is_done = TRUE;
  gdk_x11_display_error_trap_push (display);
}
