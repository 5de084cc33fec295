/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/config.h"

#include <string.h>

#include "net/i18n.h"

void
pl_upstream_config_init (PlUpstreamConfig *upstream, const char *name)
{
  *upstream = (PlUpstreamConfig){
    .name = g_strdup (name),
    .balance = PL_BALANCE_ROUND_ROBIN,
    .health_interval_ms = 10 * 1000,
    .connect_timeout_ms = 5 * 1000,
    .response_timeout_ms = 600 * 1000,
  };
}

void
pl_upstream_config_clear (PlUpstreamConfig *upstream)
{
  for (guint i = 0; i < upstream->n_endpoints; i++)
    {
      g_free (upstream->endpoints[i].host);
      g_free (upstream->endpoints[i].label);
    }
  g_free (upstream->endpoints);
  g_clear_pointer (&upstream->proof, pl_proof_unref);
  g_free (upstream->health_path);
  g_free (upstream->name);
}

static gboolean
has_endpoint (const PlUpstreamConfig *upstream, const char *label)
{
  for (guint i = 0; i < upstream->n_endpoints; i++)
    if (g_str_equal (upstream->endpoints[i].label, label))
      return TRUE;
  return FALSE;
}

static gboolean
may_add (const PlUpstreamConfig *upstream, const char *label, GError **error)
{
  if (has_endpoint (upstream, label))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("“%s” is there twice"), label);
  else if (upstream->n_endpoints == PL_UPSTREAM_MAX_ENDPOINTS)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is one too many: 64 are allowed"), label);
  else
    return TRUE;
  return FALSE;
}

static gboolean
add (PlUpstreamConfig *upstream, const char *host, guint16 port, gboolean encrypts, GError **error)
{
  g_autofree char *label
      = g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);

  if (!may_add (upstream, label, error))
    return FALSE;
  upstream->endpoints = g_renew (PlEndpointConfig, upstream->endpoints, upstream->n_endpoints + 1);
  upstream->endpoints[upstream->n_endpoints++] = (PlEndpointConfig){
    .host = g_strdup (host),
    .port = port,
    .encrypts = encrypts,
    .label = g_steal_pointer (&label),
  };
  return TRUE;
}

gboolean
pl_upstream_config_add (PlUpstreamConfig *upstream, const char *host, guint16 port, GError **error)
{
  return add (upstream, host, port, FALSE, error);
}

gboolean
pl_upstream_config_add_encrypted (PlUpstreamConfig *upstream,
                                  const char *host,
                                  guint16 port,
                                  GError **error)
{
  return add (upstream, host, port, TRUE, error);
}
