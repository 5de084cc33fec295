/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tray of macOS and of X11 (XEmbed). GTK calls GtkStatusIcon deprecated, in favour
 * of notifications; there is nothing else for these. */

#include "gui/tray/back_end.h"

#include <string.h>

#include "gui/tray/icons.h"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* Panels that may go one after another while an icon is made. */
#define MAX_TRIES 5

struct _PlTrayIcon
{
  GtkStatusIcon *status_icon;
  PlTrayMenu *menu;
  PlTrayIconFunc changed;
  gpointer user_data;
};

static void
activate_cb (PlTrayIcon *icon)
{
  gtk_menu_item_activate (pl_tray_menu_get_open_item (icon->menu));
}

static void
popup_menu_cb (GtkStatusIcon *status_icon, guint button, guint32 time, PlTrayIcon *icon)
{
  gtk_menu_popup (GTK_MENU (icon->menu), NULL, NULL, gtk_status_icon_position_menu, status_icon,
                  button, time);
}

static void
notify_embedded_cb (PlTrayIcon *icon)
{
  icon->changed (icon->user_data);
}

/* GTK asks X11 whose the tray is, and then to hear from that window. Where that panel goes in
 * between, which is likely when this is called because a panel goes, X11 knows no such window: GTK
 * would end the program, and an icon that has survived it would wait for that window for ever. By
 * then the tray is nobody's, and the next icon waits for whose it will be. */
static GtkStatusIcon *
new_status_icon (void)
{
  GtkStatusIcon *status_icon = NULL;
  gboolean has_failed = TRUE;

  for (int tries = 0; has_failed && tries < MAX_TRIES; tries++)
    {
      g_clear_object (&status_icon);
      gdk_error_trap_push ();
      status_icon = gtk_status_icon_new ();
      has_failed = gdk_error_trap_pop () != 0;
    }
  return status_icon;
}

static PlTrayIcon *
status_icon_open (PlTrayMenu *menu, PlTrayIconFunc changed, gpointer user_data)
{
  PlTrayIcon *icon = g_new0 (PlTrayIcon, 1);

  icon->menu = menu;
  icon->changed = changed;
  icon->user_data = user_data;
  icon->status_icon = new_status_icon ();
  g_signal_connect_swapped (icon->status_icon, "activate", G_CALLBACK (activate_cb), icon);
  g_signal_connect (icon->status_icon, "popup-menu", G_CALLBACK (popup_menu_cb), icon);
  g_signal_connect_swapped (icon->status_icon, "notify::embedded", G_CALLBACK (notify_embedded_cb),
                            icon);
  return icon;
}

static void
status_icon_show (PlTrayIcon *icon, PlLamp lamp, const char *words)
{
  g_autofree char *name = pl_tray_icons_dup_name (lamp);

  gtk_status_icon_set_from_icon_name (icon->status_icon, name);
  gtk_status_icon_set_title (icon->status_icon, words);
  gtk_status_icon_set_tooltip_text (icon->status_icon, words);
}

static gboolean
status_icon_is_visible (PlTrayIcon *icon)
{
  return gtk_status_icon_is_embedded (icon->status_icon);
}

static void
status_icon_close (PlTrayIcon *icon)
{
  g_signal_handlers_disconnect_by_data (icon->status_icon, icon);
  g_object_unref (icon->status_icon);
  g_free (icon);
}

/* Wayland and Broadway have no such tray, and GTK would quietly show nothing there. By name: not
 * every GTK was built with all of these. */
static gboolean
has_tray (GdkDisplay *display)
{
  const char *name = G_OBJECT_TYPE_NAME (display);
  return strcmp (name, "GdkWaylandDisplay") != 0 && strcmp (name, "GdkBroadwayDisplay") != 0;
}

const PlTrayBackEnd *
pl_tray_get_status_icon (void)
{
  static const PlTrayBackEnd back_end
      = { status_icon_open, status_icon_show, status_icon_is_visible, NULL, status_icon_close };

  return has_tray (gdk_display_get_default ()) ? &back_end : NULL;
}

G_GNUC_END_IGNORE_DEPRECATIONS
