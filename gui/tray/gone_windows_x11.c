/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/tray/gone_windows.h"

#include <gdk/gdkx.h>

static XErrorHandler handler_of_gtk;

/* All other errors are faults of this program, and GTK's to judge. */
static int
judge (Display *display, XErrorEvent *error)
{
  return error->error_code == BadWindow ? 0 : handler_of_gtk (display, error);
}

void
pl_gone_windows_forgive (void)
{
  if (handler_of_gtk == NULL && GDK_IS_X11_DISPLAY (gdk_display_get_default ()))
    handler_of_gtk = XSetErrorHandler (judge);
}
