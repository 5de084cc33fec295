/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/firewall_watch.h"

#include <gio/gio.h>

#include "app/i18n.h"

/* Where nothing is in the way: somebody may change that, but seldom. */
#define SETTLED_US (60 * G_USEC_PER_SEC)

struct _PlFirewallWatch
{
  PlFirewallWatchFunc on_changed;
  gpointer user_data;

  GCancellable *cancellable; /* cancelled when this is gone */
  PlFirewall firewall;
  gboolean is_looking;
  guint16 port;      /* looked at last; 0: none yet */
  gint64 look_at_us; /* not before that, monotonic */
};

PlFirewallWatch *
pl_firewall_watch_new (PlFirewallWatchFunc on_changed, gpointer user_data)
{
  PlFirewallWatch *watch = g_new0 (PlFirewallWatch, 1);

  watch->on_changed = on_changed;
  watch->user_data = user_data;
  watch->cancellable = g_cancellable_new ();
  watch->firewall = PL_FIREWALL_UNKNOWN;
  return watch;
}

void
pl_firewall_watch_free (PlFirewallWatch *watch)
{
  g_cancellable_cancel (watch->cancellable);
  g_object_unref (watch->cancellable);
  g_free (watch);
}

static gboolean
is_in_the_way (PlFirewall firewall)
{
  return firewall != PL_FIREWALL_UNKNOWN && firewall != PL_FIREWALL_OPEN;
}

static void
look_thread (GTask *task, gpointer source, gpointer port, GCancellable *cancellable)
{
  g_task_return_int (task, pl_firewall_look ((guint16) GPOINTER_TO_UINT (port)));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PlFirewall firewall = (PlFirewall) g_task_propagate_int (G_TASK (result), &error);

  if (error != NULL)
    return; /* it is gone */

  PlFirewallWatch *watch = user_data;
  watch->is_looking = FALSE;
  watch->look_at_us = is_in_the_way (firewall) ? 0 : g_get_monotonic_time () + SETTLED_US;
  if (firewall == watch->firewall)
    return;
  watch->firewall = firewall;
  watch->on_changed (watch->user_data);
}

void
pl_firewall_watch_look (PlFirewallWatch *watch, guint16 port)
{
  if (watch->is_looking || (port == watch->port && g_get_monotonic_time () < watch->look_at_us))
    return;
  watch->is_looking = TRUE;
  watch->port = port;

  g_autoptr (GTask) task = g_task_new (NULL, watch->cancellable, looked_cb, watch);
  g_task_set_task_data (task, GUINT_TO_POINTER (port), NULL);
  g_task_run_in_thread (task, look_thread);
}

PlFirewall
pl_firewall_watch_get (const PlFirewallWatch *watch)
{
  return watch->firewall;
}

/* Only Windows has a firewall that is known to ask. */
const char *
pl_firewall_watch_get_words (const PlFirewallWatch *watch, PlExposure exposure)
{
  gboolean is_alone = exposure == PL_EXPOSURE_COMPUTER;

  switch (watch->firewall)
    {
    case PL_FIREWALL_UNKNOWN:
    case PL_FIREWALL_OPEN:
      return NULL;
    case PL_FIREWALL_ASKS:
      return is_alone
                 ? _ ("When you let your network in, Windows asks once whether others may reach "
                      "Porchlight. Allow it for private networks, or no other device comes in.")
                 : _ ("Windows asks whether others may reach Porchlight. Allow it for private "
                      "networks: until then no other device comes in.");
    case PL_FIREWALL_SHUT:
      return is_alone ? NULL
                      : _ ("The firewall of Windows keeps other devices out. To let them in to "
                           "Porchlight, open the Terminal as administrator and paste this:");
    case PL_FIREWALL_ELSEWHERE:
      return is_alone
                 ? NULL
                 : _ ("Windows takes this network for a public one, where others may not reach "
                      "Porchlight. If it is your own, make it a private one: in the settings "
                      "of Windows, Network & internet, the properties of the network.");
    }
  g_return_val_if_reached (NULL);
}

char *
pl_firewall_watch_dup_commands (const PlFirewallWatch *watch, PlExposure exposure)
{
  gboolean is_led_to = watch->firewall == PL_FIREWALL_SHUT && exposure != PL_EXPOSURE_COMPUTER;

  return is_led_to ? pl_firewall_dup_commands (watch->firewall) : NULL;
}
