/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/kit/outside.h"

#define FILES_NAME "org.freedesktop.FileManager1"
#define FILES_PATH "/org/freedesktop/FileManager1"

/* gtk_show_uri_on_window() would not tell that nothing was opened. */
static void
launch (const char *uri, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gdk_display_get_default ());

  gdk_app_launch_context_set_timestamp (context, gtk_get_current_event_time ());
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, callback,
                                           user_data);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
pl_outside_open_async (const char *uri, GAsyncReadyCallback callback, gpointer user_data)
{
  launch (uri, launched_cb, g_task_new (NULL, NULL, callback, user_data));
}

gboolean
pl_outside_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Without a program that selects, one that opens the folder. */
static void
shown_cb (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (g_task_get_task_data (task));
  g_autofree char *uri = g_file_get_uri (folder);

  if (answer == NULL)
    {
      launch (uri, launched_cb, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  g_autofree char *uri = g_file_get_uri (g_task_get_task_data (task));
  const char *const uris[] = { uri, NULL };

  if (bus == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_dbus_connection_call (bus, FILES_NAME, FILES_PATH, FILES_NAME, "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, task);
}

void
pl_outside_show_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, task);
}

gboolean
pl_outside_show_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
