/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/daemon/service.h"

#include "app/i18n.h"

gboolean
pl_service_hand_over (const PlServiceManager *manager, PlProxy *proxy, GError **error)
{
  const GArray *sockets = pl_service_manager_get_sockets (manager);

  for (guint i = 0; i < sockets->len; i++)
    {
      const PlServiceSocket *given = &g_array_index (sockets, PlServiceSocket, i);

      if (!pl_proxy_take_listener (proxy, given->descriptor, error))
        {
          /* Translators: the name of a socket that systemd hands over, porchlightd.socket */
          g_prefix_error (error, _ ("%s, which was handed over, cannot be listened on: "),
                          given->name);
          return FALSE;
        }
    }
  return TRUE;
}

/* The text is what systemctl shows, in a line of its own. */
static void
add_if_not_well (const PlEndpointStatus *status, gpointer user_data)
{
  GString *words = user_data;

  if (status->health != PL_HEALTH_NOT_WELL && status->health != PL_HEALTH_LOOP
      && status->health != PL_HEALTH_MAINTENANCE)
    return;
  g_string_append (words, "; ");
  /* Translators: part of a line about the state; the name of an upstream, its address */
  g_string_append_printf (words, _ ("%s at %s is not well"), status->upstream, status->endpoint);
}

void
pl_service_tell_health (PlServiceManager *manager, PlProxy *proxy, const char *const *urls)
{
  g_autofree char *all = g_strjoinv (", ", (char **) urls);
  g_autoptr (GString) words = g_string_new (NULL);

  /* Translators: part of a line about the state; addresses */
  g_string_printf (words, _ ("open at %s"), all);
  pl_proxy_foreach_endpoint (proxy, add_if_not_well, words);
  pl_service_manager_tell_status (manager, words->str);
}

static void
look_cb (gpointer user_data)
{
  pl_proxy_settle (user_data);
}

void
pl_service_vouch (PlServiceManager *manager, PlProxy *proxy)
{
  pl_service_manager_vouch (manager, look_cb, proxy);
}
