/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GApplication does it, by its name on the session's bus. Where there is no bus, each start is a
 * program of its own. */

#include "gui/application/single.h"

struct _PlSingle
{
  GApplication *application;
};

PlSingle *
pl_single_new (GApplication *application)
{
  PlSingle *single = g_new0 (PlSingle, 1);

  single->application = application;
  return single;
}

int
pl_single_join (PlSingle *single, GVariantDict *options, gboolean may_stay)
{
  GApplication *application = single->application;

  if (may_stay)
    {
      /* A running program whose main loop has just ended answers nobody, so that this fails; by
       * then it is gone, and GApplication, the caller, registers once more. */
      g_application_register (application, NULL, NULL);
      return -1;
    }
  /* To end what does not run, nothing has to be started. */
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_IS_LAUNCHER);
  return g_application_register (application, NULL, NULL) ? -1 : 0;
}

void
pl_single_leave (PlSingle *single)
{
  GDBusConnection *bus = g_application_get_dbus_connection (single->application);

  if (bus == NULL)
    return;
  g_autoptr (GVariant) released = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReleaseName",
      g_variant_new ("(s)", g_application_get_application_id (single->application)), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
}

/* GApplication gives its name up by itself. */
void
pl_single_free (PlSingle *single)
{
  g_free (single);
}
