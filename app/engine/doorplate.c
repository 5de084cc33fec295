/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/doorplate.h"

#include "app/engine/reachable.h"

/* A network comes up in many steps; the last one counts. */
#define SETTLE_MS 400

struct _PlDoorplate
{
  char **others; /* what other devices can type */
  char *local_url;
  GNetworkMonitor *monitor; /* (nullable): while it is followed */
  guint timer;
  PlDoorplateFunc on_changed;
  gpointer user_data;
};

PlDoorplate *
pl_doorplate_new (PlDoorplateFunc on_changed, gpointer user_data)
{
  PlDoorplate *doorplate = g_new0 (PlDoorplate, 1);

  doorplate->others = g_new0 (char *, 1);
  doorplate->on_changed = on_changed;
  doorplate->user_data = user_data;
  return doorplate;
}

void
pl_doorplate_free (PlDoorplate *doorplate)
{
  if (doorplate->monitor != NULL)
    g_signal_handlers_disconnect_by_data (doorplate->monitor, doorplate);
  g_clear_object (&doorplate->monitor);
  g_clear_handle_id (&doorplate->timer, g_source_remove);
  g_strfreev (doorplate->others);
  g_free (doorplate->local_url);
  g_free (doorplate);
}

/* Following */

static gboolean
settled_cb (gpointer user_data)
{
  PlDoorplate *doorplate = user_data;

  doorplate->timer = 0;
  doorplate->on_changed (doorplate->user_data);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GNetworkMonitor *monitor, gboolean is_available, PlDoorplate *doorplate)
{
  g_clear_handle_id (&doorplate->timer, g_source_remove);
  doorplate->timer = g_timeout_add (SETTLE_MS, settled_cb, doorplate);
}

void
pl_doorplate_follow (PlDoorplate *doorplate)
{
  g_return_if_fail (doorplate->monitor == NULL);

  doorplate->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect (doorplate->monitor, "network-changed", G_CALLBACK (changed_cb), doorplate);
}

/* Addresses */

static void
set_local_url (PlDoorplate *doorplate, const char *listening, guint16 port)
{
  g_free (doorplate->local_url);
  doorplate->local_url
      = listening != NULL ? g_strdup (listening) : g_strdup_printf ("http://127.0.0.1:%u", port);
}

gboolean
pl_doorplate_update (PlDoorplate *doorplate,
                     const char *const *listening,
                     PlExposure exposure,
                     guint16 port)
{
  g_auto (GStrv) urls = pl_reachable_dup_urls (listening, exposure);
  g_auto (GStrv) others = exposure != PL_EXPOSURE_COMPUTER
                              ? pl_reachable_dup_others ((const char *const *) urls)
                              : g_new0 (char *, 1);

  set_local_url (doorplate, urls[0], port);
  if (g_strv_equal ((const char *const *) doorplate->others, (const char *const *) others))
    return FALSE;
  g_strfreev (doorplate->others);
  doorplate->others = g_steal_pointer (&others);
  return TRUE;
}

const char *const *
pl_doorplate_get_others (const PlDoorplate *doorplate)
{
  return (const char *const *) doorplate->others;
}

const char *
pl_doorplate_get_local_url (const PlDoorplate *doorplate)
{
  return doorplate->local_url;
}
