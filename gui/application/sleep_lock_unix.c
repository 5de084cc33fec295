/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK asks GNOME's session manager, which MATE and Cinnamon have too. KDE, Xfce and LXQt have an
 * older interface of freedesktop.org, which GTK does not know. */

#include "gui/application/sleep_lock.h"

#define POWER_NAME      "org.freedesktop.PowerManagement"
#define POWER_PATH      "/org/freedesktop/PowerManagement/Inhibit"
#define POWER_INTERFACE "org.freedesktop.PowerManagement.Inhibit"

struct _PlSleepLock
{
  GtkApplication *app;
  guint cookie; /* GTK's; 0: it could not ask */

  /* What the older interface gave: an answer is under way, or there is one. */
  GDBusConnection *bus;
  gboolean is_asking;
  gboolean is_held;
  guint32 power_cookie;
  gboolean is_freed; /* before the answer came */
};

static void
finish (PlSleepLock *lock)
{
  if (lock->is_held)
    g_dbus_connection_call (lock->bus, POWER_NAME, POWER_PATH, POWER_INTERFACE, "UnInhibit",
                            g_variant_new ("(u)", lock->power_cookie), NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_clear_object (&lock->bus);
  g_free (lock);
}

static void
power_inhibit_cb (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  PlSleepLock *lock = user_data;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  lock->is_asking = FALSE;
  if (answer != NULL)
    {
      g_variant_get (answer, "(u)", &lock->power_cookie);
      lock->is_held = TRUE;
    }
  if (lock->is_freed)
    finish (lock);
}

static void
ask_power_management (PlSleepLock *lock, const char *reason)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (lock->app));

  if (bus == NULL)
    return;
  lock->bus = g_object_ref (bus);
  lock->is_asking = TRUE;
  g_dbus_connection_call (bus, POWER_NAME, POWER_PATH, POWER_INTERFACE, "Inhibit",
                          g_variant_new ("(ss)", "Porchlight", reason), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, power_inhibit_cb, lock);
}

PlSleepLock *
pl_sleep_lock_new (GtkApplication *app, const char *reason)
{
  PlSleepLock *lock = g_new0 (PlSleepLock, 1);

  lock->app = app;
  lock->cookie = gtk_application_inhibit (app, NULL, GTK_APPLICATION_INHIBIT_SUSPEND, reason);
  if (lock->cookie == 0)
    ask_power_management (lock, reason);
  return lock;
}

void
pl_sleep_lock_free (PlSleepLock *lock)
{
  if (lock->cookie != 0)
    gtk_application_uninhibit (lock->app, lock->cookie);
  lock->is_freed = TRUE;
  if (!lock->is_asking)
    finish (lock);
}
