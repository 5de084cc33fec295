/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The icon in the tray of X11 while panels come and go: one goes at the moment when the icon is
 * made, or when it has just said that it is there. */

#include "gui/tray/back_end.h"

#include <dlfcn.h>
#include <gdk/gdkx.h>

#include "gui/tray/gone_windows.h"

/* No window has this number. */
#define GONE ((Window) 0x1ffffff0)

typedef Window (*Ask) (Display *display, Atom selection);

static guint n_panels_that_go;
static guint n_asked;

/* Stands before that of X11: the first panels have gone before anybody can listen to them. */
Window
XGetSelectionOwner (Display *display, Atom selection)
{
  n_asked++;
  if (n_panels_that_go > 0)
    {
      n_panels_that_go--;
      return GONE;
    }
  return ((Ask) dlsym (RTLD_NEXT, "XGetSelectionOwner")) (display, selection);
}

static void
ignore (gpointer user_data)
{
}

/* What X11 has against a request ends the program. */
static void
hear_of_errors (void)
{
  gdk_display_sync (gdk_display_get_default ());
}

static void
test_outlives_panels (gconstpointer n_panels)
{
  const PlTrayBackEnd *back_end = pl_tray_get_status_icon ();

  n_panels_that_go = GPOINTER_TO_UINT (n_panels);
  n_asked = 0;
  PlTrayIcon *icon = back_end->open (NULL, ignore, NULL);
  hear_of_errors ();

  g_assert_cmpuint (n_asked, >, GPOINTER_TO_UINT (n_panels));
  g_assert_false (back_end->is_visible (icon));
  back_end->close (icon);
  hear_of_errors ();
}

/* As it tells all programs (ICCCM 2.8). */
static void
say_that_a_panel_came (void)
{
  Display *display = GDK_DISPLAY_XDISPLAY (gdk_display_get_default ());
  XClientMessageEvent message = { .type = ClientMessage, .format = 32 };

  message.window = DefaultRootWindow (display);
  message.message_type = XInternAtom (display, "MANAGER", False);
  message.data.l[1] = (long) XInternAtom (display, "_NET_SYSTEM_TRAY_S0", False);
  message.data.l[2] = (long) GONE;
  XSendEvent (display, message.window, False, StructureNotifyMask, (XEvent *) &message);
}

static void
test_outlives_a_panel_that_came (void)
{
  const PlTrayBackEnd *back_end = pl_tray_get_status_icon ();
  PlTrayIcon *icon = back_end->open (NULL, ignore, NULL);

  n_panels_that_go = 1;
  say_that_a_panel_came ();
  while (n_panels_that_go > 0)
    gtk_main_iteration ();
  hear_of_errors ();

  g_assert_false (back_end->is_visible (icon));
  back_end->close (icon);
  hear_of_errors ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check (&argc, &argv) || !GDK_IS_X11_DISPLAY (gdk_display_get_default ()))
    {
      g_print ("1..0 # SKIP no display of X11\n");
      return 0;
    }
  g_test_add_data_func ("/tray/status-icon/no-panel", GUINT_TO_POINTER (0), test_outlives_panels);
  g_test_add_data_func ("/tray/status-icon/a-panel-goes", GUINT_TO_POINTER (1),
                        test_outlives_panels);
  g_test_add_data_func ("/tray/status-icon/two-panels-go", GUINT_TO_POINTER (2),
                        test_outlives_panels);
  g_test_add_func ("/tray/status-icon/a-panel-came-and-went", test_outlives_a_panel_that_came);
  pl_gone_windows_forgive ();
  return g_test_run ();
}
