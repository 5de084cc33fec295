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
  g_free (upstream->health_path);
  g_free (upstream->name);
}

static gboolean
refuse (GError **error, const char *url, const char *why)
{
  /* Translators: what was given, and what is wrong with it: "“ftp://nas” does not begin with…" */
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("“%s” %s; an address looks like http://192.168.1.10:2283"), url, _ (why));
  return FALSE;
}

static gboolean
has_endpoint (const PlUpstreamConfig *upstream, const char *label)
{
  for (guint i = 0; i < upstream->n_endpoints; i++)
    if (g_str_equal (upstream->endpoints[i].label, label))
      return TRUE;
  return FALSE;
}

static void
add_endpoint (PlUpstreamConfig *upstream, const char *host, int port, char *label)
{
  upstream->endpoints = g_renew (PlEndpointConfig, upstream->endpoints, upstream->n_endpoints + 1);
  upstream->endpoints[upstream->n_endpoints++] = (PlEndpointConfig){
    .host = g_strdup (host),
    .port = (guint16) port,
    .label = label,
  };
}

/* GUri decodes a host, so what was encoded must be looked for here: letters, digits, and what names
 * and IPv6 literals are made of. */
static gboolean
is_host (const char *host)
{
  gsize length
      = strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:");

  return length > 0 && host[length] == '\0';
}

/* What a URL may not hold, since a request's own path, query and secrets are sent on as they are.
 */
static const char *
find_fault (GUri *uri)
{
  const char *path = g_uri_get_path (uri);

  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return N_ ("is https, which is not spoken to Immich yet: use its http address");
  if (!g_str_equal (g_uri_get_scheme (uri), "http"))
    return N_ ("does not begin with http://");
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return N_ ("names no computer");
  if (!is_host (g_uri_get_host (uri)))
    return N_ ("names a computer that cannot be");
  if (g_uri_get_userinfo (uri) != NULL)
    return N_ ("holds a user name");
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return N_ ("holds a query");
  if (*path != '\0' && !g_str_equal (path, "/"))
    return N_ ("holds a path, which Immich cannot be served under");
  if (g_uri_get_port (uri) == 0)
    return N_ ("has a port that is not one");
  return NULL;
}

gboolean
pl_upstream_config_add_url (PlUpstreamConfig *upstream, const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = NULL, *label = NULL;
  const char *fault;
  int port;

  if (uri == NULL)
    return refuse (error, url, N_ ("is not an address"));
  if ((fault = find_fault (uri)) != NULL)
    return refuse (error, url, fault);
  if (upstream->n_endpoints == PL_UPSTREAM_MAX_ENDPOINTS)
    return refuse (error, url, N_ ("is one too many: 64 are allowed"));

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : 80;
  label = g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%d" : "%s:%d", host, port);
  if (has_endpoint (upstream, label))
    return refuse (error, url, N_ ("is there twice"));
  add_endpoint (upstream, host, port, g_steal_pointer (&label));
  return TRUE;
}
