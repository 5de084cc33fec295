/* SPDX-License-Identifier: GPL-3.0-or-later */

/* On a bus GLib sends a notification whether or not there is somebody to show it, and warns when
 * there is not. */

#include "app/system/notification_service.h"

typedef struct
{
  PlNotificationServiceFunc func;
  gpointer user_data;
} Watch;

static void
service_appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  Watch *watch = user_data;
  watch->func (TRUE, watch->user_data);
}

static void
service_vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Watch *watch = user_data;
  watch->func (FALSE, watch->user_data);
}

guint
pl_notification_service_watch (PlNotificationServiceFunc func, gpointer user_data)
{
  Watch watch = { func, user_data };

  return g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.Notifications",
                           G_BUS_NAME_WATCHER_FLAGS_AUTO_START, service_appeared_cb,
                           service_vanished_cb, g_memdup2 (&watch, sizeof watch), g_free);
}

void
pl_notification_service_unwatch (guint watch)
{
  g_bus_unwatch_name (watch);
}
