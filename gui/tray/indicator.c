/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The StatusNotifierItem by libayatana-appindicator, for KDE, Xfce, LXQt, MATE, Cinnamon and GNOME
 * with an extension. It is to be used only while there is a watcher on the bus: without one the
 * other back end has the icon. */

#include "gui/tray/back_end.h"

#include <libayatana-appindicator/app-indicator.h>

#include "gui/tray/icons.h"

#define ITEM_INTERFACE "org.kde.StatusNotifierItem"

typedef struct
{
  AppIndicator parent_instance;
} PlIndicator;

typedef struct
{
  AppIndicatorClass parent_class;
} PlIndicatorClass;

static GType pl_indicator_get_type (void);
G_DEFINE_TYPE (PlIndicator, pl_indicator, APP_INDICATOR_TYPE)

struct _PlTrayIcon
{
  AppIndicator *indicator;
  GDBusConnection *bus;
  guint filter;
  PlTrayIconFunc changed;
  gpointer user_data;
};

/* The library knows a secondary click, and refuses a primary one, which most panels ask for first.
 * To both the window is the answer. A panel that asks for neither and opens the menu at any click,
 * as GNOME's extension does, cannot be told otherwise: there the menu's item is the way. Runs on
 * the connection's own thread. */
static GDBusMessage *
filter_message_cb (GDBusConnection *bus,
                   GDBusMessage *message,
                   gboolean incoming,
                   gpointer user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL
      || g_strcmp0 (g_dbus_message_get_interface (message), ITEM_INTERFACE) != 0
      || g_strcmp0 (g_dbus_message_get_member (message), "Activate") != 0)
    return message;

  GDBusMessage *secondary = g_dbus_message_copy (message, NULL);
  if (secondary == NULL)
    return message;
  g_dbus_message_set_member (secondary, "SecondaryActivate");
  g_object_unref (message);
  return secondary;
}

/* Where the watcher goes without an answer the library would make a GtkStatusIcon of its own: a
 * second icon, and made as carelessly as GTK does at such a moment (status_icon.c). */
static GtkStatusIcon *
make_none (AppIndicator *indicator)
{
  return NULL;
}

static void
pl_indicator_class_init (PlIndicatorClass *klass)
{
  APP_INDICATOR_CLASS (klass)->fallback = make_none;
}

static void
pl_indicator_init (PlIndicator *indicator)
{
}

/* Without the files a panel may still find the pictures of an installed program. */
static AppIndicator *
new_indicator (void)
{
  g_autofree char *name = pl_tray_icons_dup_name (PL_LAMP_PAUSED);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = pl_tray_icons_dup_folder (&error);

  if (folder == NULL)
    g_message ("%s", error->message);
  return g_object_new (pl_indicator_get_type (), "id", "porchlight", "category",
                       "ApplicationStatus", "icon-name", name, "icon-theme-path", folder, NULL);
}

static void
connection_changed_cb (PlTrayIcon *icon)
{
  icon->changed (icon->user_data);
}

static PlTrayIcon *
indicator_open (PlTrayMenu *menu, PlTrayIconFunc changed, gpointer user_data)
{
  PlTrayIcon *icon = g_new0 (PlTrayIcon, 1);

  icon->changed = changed;
  icon->user_data = user_data;
  icon->indicator = new_indicator ();
  app_indicator_set_menu (icon->indicator, GTK_MENU (menu));
  app_indicator_set_secondary_activate_target (icon->indicator,
                                               GTK_WIDGET (pl_tray_menu_get_open_item (menu)));
  g_signal_connect_swapped (icon->indicator, APP_INDICATOR_SIGNAL_CONNECTION_CHANGED,
                            G_CALLBACK (connection_changed_cb), icon);

  /* The session's bus is there already, since the watcher was seen on it: this does not wait. */
  icon->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  icon->filter = g_dbus_connection_add_filter (icon->bus, filter_message_cb, NULL, NULL);
  return icon;
}

static void
indicator_show (PlTrayIcon *icon, PlLamp lamp, const char *words)
{
  g_autofree char *name = pl_tray_icons_dup_name (lamp);

  app_indicator_set_icon_full (icon->indicator, name, words);
  app_indicator_set_title (icon->indicator, words);
  app_indicator_set_status (icon->indicator, APP_INDICATOR_STATUS_ACTIVE);
}

static gboolean
indicator_is_visible (PlTrayIcon *icon)
{
  gboolean is_connected = FALSE;
  g_object_get (icon->indicator, "connected", &is_connected, NULL);
  return is_connected;
}

static void
indicator_close (PlTrayIcon *icon)
{
  g_dbus_connection_remove_filter (icon->bus, icon->filter);
  g_object_unref (icon->bus);
  g_signal_handlers_disconnect_by_data (icon->indicator, icon);
  g_object_unref (icon->indicator);
  g_free (icon);
}

const PlTrayBackEnd *
pl_tray_get_indicator (void)
{
  static const PlTrayBackEnd back_end
      = { indicator_open, indicator_show, indicator_is_visible, NULL, indicator_close };

  return &back_end;
}
