/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desktops of Linux: a StatusNotifierItem where somebody draws one, else X11's tray. A watcher
 * alone, which some sessions leave running without a panel, draws nothing: it is asked whether it
 * has a host, and tells when one comes or goes. */

#include "gui/tray/choice.h"

#include "gui/tray/gone_windows.h"

#define WATCHER_NAME "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"

struct _PlTrayChoice
{
  PlTrayChoiceFunc func;
  gpointer user_data;
  GCancellable *cancellable; /* cancelled when this is gone */
  GDBusProxy *watcher;       /* (nullable): while it is being made, or there is no bus */
  const PlTrayBackEnd *present;
  gboolean has_chosen;
};

static void
choose (PlTrayChoice *choice, const PlTrayBackEnd *back_end)
{
  if (choice->has_chosen && choice->present == back_end)
    return;
  choice->has_chosen = TRUE;
  choice->present = back_end;
  choice->func (back_end, choice->user_data);
}

/* A watcher that has no such property may well have a host. */
static gboolean
has_host (GDBusProxy *watcher)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (watcher);
  g_autoptr (GVariant) answer
      = g_dbus_proxy_get_cached_property (watcher, "IsStatusNotifierHostRegistered");

  return owner != NULL && (answer == NULL || g_variant_get_boolean (answer));
}

static void
look (PlTrayChoice *choice)
{
  choose (choice,
          has_host (choice->watcher) ? pl_tray_get_indicator () : pl_tray_get_status_icon ());
}

static void
notify_name_owner_cb (PlTrayChoice *choice)
{
  look (choice);
}

/* The property does not tell of its changes by itself: these signals do. */
static void
asked_cb (GObject *watcher, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (watcher), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    g_dbus_proxy_set_cached_property (G_DBUS_PROXY (watcher), "IsStatusNotifierHostRegistered",
                                      value);
  look (user_data);
}

static void
watcher_signal_cb (PlTrayChoice *choice, const char *sender, const char *name)
{
  if (g_str_has_prefix (name, "StatusNotifierHost"))
    g_dbus_proxy_call (choice->watcher, "org.freedesktop.DBus.Properties.Get",
                       g_variant_new ("(ss)", WATCHER_NAME, "IsStatusNotifierHostRegistered"),
                       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, choice->cancellable, asked_cb, choice);
}

static void
watcher_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusProxy) watcher = g_dbus_proxy_new_for_bus_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  PlTrayChoice *choice = user_data;
  g_set_object (&choice->watcher, watcher);
  if (watcher == NULL)
    {
      choose (choice, pl_tray_get_status_icon ());
      return;
    }
  g_signal_connect_swapped (watcher, "notify::g-name-owner", G_CALLBACK (notify_name_owner_cb),
                            choice);
  g_signal_connect_swapped (watcher, "g-properties-changed", G_CALLBACK (notify_name_owner_cb),
                            choice);
  g_signal_connect_swapped (watcher, "g-signal", G_CALLBACK (watcher_signal_cb), choice);
  look (choice);
}

PlTrayChoice *
pl_tray_choice_new (PlTrayChoiceFunc func, gpointer user_data)
{
  PlTrayChoice *choice = g_new0 (PlTrayChoice, 1);

  pl_gone_windows_forgive ();
  choice->func = func;
  choice->user_data = user_data;
  choice->cancellable = g_cancellable_new ();
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL,
                            WATCHER_NAME, WATCHER_PATH, WATCHER_NAME, choice->cancellable,
                            watcher_cb, choice);
  return choice;
}

void
pl_tray_choice_free (PlTrayChoice *choice)
{
  g_cancellable_cancel (choice->cancellable);
  g_object_unref (choice->cancellable);
  if (choice->watcher != NULL)
    g_signal_handlers_disconnect_by_data (choice->watcher, choice);
  g_clear_object (&choice->watcher);
  g_free (choice);
}
