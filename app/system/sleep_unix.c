/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/sleep.h"

#define LOGIN_TIMEOUT_MS 2000

/* Schemas that are installed mean nothing unless their desktop runs. */
static const struct
{
  const char *desktop;
  const char *schema;
} desktops[] = {
  { "GNOME", "org.gnome.settings-daemon.plugins.power" },
  { "Budgie", "org.gnome.settings-daemon.plugins.power" },
  { "Unity", "org.gnome.settings-daemon.plugins.power" },
  { "X-Cinnamon", "org.cinnamon.settings-daemon.plugins.power" },
};

static const char *
find_schema (void)
{
  const char *current = g_getenv ("XDG_CURRENT_DESKTOP");
  g_auto (GStrv) names = g_strsplit (current != NULL ? current : "", ":", -1);

  for (guint i = 0; i < G_N_ELEMENTS (desktops); i++)
    if (g_strv_contains ((const char *const *) names, desktops[i].desktop))
      return desktops[i].schema;
  return NULL;
}

static PlSleep
read_desktop (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  const char *name = find_schema ();
  g_autoptr (GSettingsSchema) schema = source != NULL && name != NULL
                                           ? g_settings_schema_source_lookup (source, name, TRUE)
                                           : NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, "sleep-inactive-ac-type")
      || !g_settings_schema_has_key (schema, "sleep-inactive-ac-timeout"))
    return (PlSleep){ FALSE, FALSE, 0 };

  g_autoptr (GSettings) settings = g_settings_new_full (schema, NULL, NULL);
  g_autofree char *action = g_settings_get_string (settings, "sleep-inactive-ac-type");
  return pl_sleep_from_desktop (action, g_settings_get_int (settings, "sleep-inactive-ac-timeout"));
}

static void
give (GTask *task, PlSleep sleep)
{
  g_task_return_pointer (task, g_memdup2 (&sleep, sizeof sleep), g_free);
}

static PlSleep
read_login (GVariant *properties)
{
  g_autoptr (GVariant) values = g_variant_get_child_value (properties, 0);
  const char *action;
  guint64 after_us = 0;

  if (!g_variant_lookup (values, "IdleAction", "&s", &action))
    return (PlSleep){ FALSE, FALSE, 0 };
  g_variant_lookup (values, "IdleActionUSec", "t", &after_us);
  return pl_sleep_from_login (action, after_us);
}

static void
properties_cb (GObject *bus, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlSleep *desktop = g_task_get_task_data (task);
  g_autoptr (GVariant) properties
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  PlSleep login = properties != NULL ? read_login (properties) : (PlSleep){ FALSE, FALSE, 0 };

  give (task, login.sleeps || !desktop->is_known ? login : *desktop);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      give (task, *(PlSleep *) g_task_get_task_data (task));
      return;
    }
  g_dbus_connection_call (
      bus, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.DBus.Properties",
      "GetAll", g_variant_new ("(s)", "org.freedesktop.login1.Manager"), G_VARIANT_TYPE ("(a{sv})"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, LOGIN_TIMEOUT_MS, g_task_get_cancellable (task),
      properties_cb, g_object_ref (task));
}

void
pl_sleep_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  PlSleep desktop = read_desktop ();

  g_task_set_source_tag (task, pl_sleep_async);
  g_task_set_task_data (task, g_memdup2 (&desktop, sizeof desktop), g_free);
  if (desktop.sleeps)
    give (task, desktop);
  else
    g_bus_get (G_BUS_TYPE_SYSTEM, cancellable, bus_cb, g_steal_pointer (&task));
}

PlSleep
pl_sleep_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_sleep_async), (PlSleep){ 0 });

  g_autofree PlSleep *sleep = g_task_propagate_pointer (G_TASK (result), NULL);
  return sleep != NULL ? *sleep : (PlSleep){ FALSE, FALSE, 0 };
}
