/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/finder/typed.h"

#include <gio/gio.h>
#include <string.h>

#include "app/i18n.h"

#define IMMICH_PORT 2283
#define WEB_PORT    80

void
pl_typed_free (PlTyped *typed)
{
  g_free (typed->host);
  g_strfreev (typed->urls);
  g_free (typed);
}

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  return FALSE;
}

static gboolean
check_scheme (const char *text, GError **error)
{
  if (g_ascii_strncasecmp (text, "https:", 6) == 0)
    return refuse (error, _ ("Porchlight speaks to Immich inside your network, without encryption: "
                             "type http:// instead of https://."));
  return TRUE;
}

/* Half an IPv4 address would be completed by the resolver: 192.168.1 means 192.168.0.1 to it. */
static gboolean
is_host (const char *host)
{
  static const char allowed[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-._";

  if (g_hostname_is_ip_address (host))
    return TRUE;
  return *host != '\0' && strspn (host, allowed) == strlen (host)
         && strspn (host, G_CSET_DIGITS ".") != strlen (host) && *host != '.'
         && strstr (host, "..") == NULL;
}

static char *
dup_url (const char *host, int port)
{
  return g_strdup_printf (strchr (host, ':') != NULL ? "http://[%s]:%d" : "http://%s:%d", host,
                          port);
}

static GUri *
parse (const char *text)
{
  g_autofree char *whole
      = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("http://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (uri == NULL || strcmp (g_uri_get_scheme (uri), "http") != 0 || g_uri_get_user (uri) != NULL
      || g_uri_get_host (uri) == NULL || !is_host (g_uri_get_host (uri))
      || g_uri_get_port (uri) == 0)
    return NULL;
  return g_steal_pointer (&uri);
}

PlTyped *
pl_typed_new (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  if (!check_scheme (stripped, error))
    return NULL;

  g_autoptr (GUri) uri = parse (stripped);
  if (uri == NULL)
    {
      refuse (error, _ ("This is not an address yet. One looks like 192.168.1.20:2283."));
      return NULL;
    }

  PlTyped *typed = g_new (PlTyped, 1);
  int port = g_uri_get_port (uri);
  typed->host = g_strdup (g_uri_get_host (uri));
  g_autofree char *first = dup_url (typed->host, port != -1 ? port : IMMICH_PORT);
  g_autofree char *second = dup_url (typed->host, WEB_PORT);
  g_strv_builder_add (urls, first);
  if (port == -1)
    g_strv_builder_add (urls, second);
  typed->urls = g_strv_builder_end (urls);
  return typed;
}
