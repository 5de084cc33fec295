/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/immich_address.h"

#include <gio/gio.h>
#include <string.h>

#include "app/i18n.h"

#define IMMICH_PORT   2283
#define WEB_PORT      80
#define HTTPS_PORT    443
#define HIGHEST_PORT  65535
#define THIS_COMPUTER "127.0.0.1"
#define PLAIN         "http://"
#define ENCRYPTED     "https://"

/**
 * Parts: what a text is made of, before it is judged.
 * @host: without brackets; empty: none was said
 * @port: (nullable): as it was typed; %NULL: none was said
 */
typedef struct
{
  gboolean has_scheme;
  gboolean encrypts;
  gboolean has_rest;
  char *host;
  char *port;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_free (parts->host);
  g_free (parts->port);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

void
pl_immich_address_free (PlImmichAddress *address)
{
  g_free (address->host);
  g_strfreev (address->urls);
  g_free (address);
}

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  return FALSE;
}

static gboolean
refuse_unfinished (GError **error)
{
  return refuse (error, _ ("This is not an address yet. One looks like 192.168.1.20:2283."));
}

static gboolean
begins_with (const char *text, const char *scheme)
{
  return g_ascii_strncasecmp (text, scheme, strlen (scheme)) == 0;
}

static gboolean
check_scheme (const char *text, GError **error)
{
  const char *end = strstr (text, "://");

  if (end != NULL && !begins_with (text, PLAIN) && !begins_with (text, ENCRYPTED)
      && strcspn (text, "/?#") >= (gsize) (end - text))
    return refuse (error,
                   _ ("An address of Immich begins with http:// or https://, or with nothing."));
  return TRUE;
}

/* Not g_hostname_is_ip_address(), to which ":" is one; and none with a zone, which is a matter of
 * one computer alone. */
static gboolean
is_literal (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && strchr (host, '%') == NULL;
}

/* Host and port of @authority, which holds no path; a literal IPv6 address may stand without its
 * brackets where no port follows. */
static gboolean
split_authority (const char *authority, Parts *parts)
{
  const char *end = authority + strlen (authority);

  if (*authority == '[')
    {
      const char *bracket = strchr (authority, ']');
      if (bracket == NULL)
        return FALSE;
      parts->host = g_strndup (authority + 1, bracket - authority - 1);
      end = bracket + 1;
      if (strchr (parts->host, ':') == NULL || (*end != '\0' && *end != ':'))
        return FALSE;
    }
  else if (is_literal (authority))
    parts->host = g_strdup (authority);
  else
    {
      end = authority + strcspn (authority, ":");
      parts->host = g_strndup (authority, end - authority);
    }
  parts->port = *end == ':' ? g_strdup (end + 1) : NULL;
  return TRUE;
}

/* A number alone, and a port alone, are of this computer. */
static void
complete_host (Parts *parts)
{
  gboolean is_number
      = *parts->host != '\0' && strspn (parts->host, G_CSET_DIGITS) == strlen (parts->host);

  if (parts->has_scheme)
    return;
  if (is_number && parts->port == NULL)
    parts->port = g_steal_pointer (&parts->host);
  else if (*parts->host != '\0' || parts->port == NULL)
    return;
  g_free (parts->host);
  parts->host = g_strdup (THIS_COMPUTER);
}

static gboolean
split (const char *text, Parts *parts, GError **error)
{
  g_autofree char *authority = NULL;
  const char *rest;

  parts->encrypts = begins_with (text, ENCRYPTED);
  parts->has_scheme = parts->encrypts || begins_with (text, PLAIN);
  if (parts->has_scheme)
    text = strstr (text, "://") + strlen ("://");
  rest = text + strcspn (text, "/?#");
  parts->has_rest = *rest != '\0' && strcmp (rest, "/") != 0;
  authority = g_strndup (text, rest - text);
  if (strchr (authority, '@') != NULL)
    return refuse (error, _ ("An address of Immich holds no user name and no password."));
  if (!split_authority (authority, parts))
    return refuse_unfinished (error);
  complete_host (parts);
  return TRUE;
}

/* Half an IPv4 address would be completed by the resolver: 192.168.1 means 192.168.0.1 to it. */
static gboolean
is_host (const char *host)
{
  static const char allowed[] = G_CSET_a_2_z G_CSET_DIGITS "-._";

  if (is_literal (host))
    return TRUE;
  return *host != '\0' && strspn (host, allowed) == strlen (host)
         && strspn (host, G_CSET_DIGITS ".") != strlen (host) && *host != '.'
         && strstr (host, "..") == NULL;
}

/* (nullable): a name with letters of other scripts as DNS knows it */
static char *
dup_host (const char *host)
{
  g_autofree char *ascii
      = is_literal (host) ? g_ascii_strdown (host, -1) : g_hostname_to_ascii (host);

  if (ascii == NULL)
    return NULL;

  g_autofree char *small = g_ascii_strdown (ascii, -1);
  return is_host (small) ? g_steal_pointer (&small) : NULL;
}

/* Returns: 0 where none was said; -1 with @error */
static int
read_port (const char *text, GError **error)
{
  guint64 port;

  if (text == NULL)
    return 0;
  if (*text == '\0' || strspn (text, G_CSET_DIGITS) != strlen (text))
    {
      refuse_unfinished (error);
      return -1;
    }
  if (g_ascii_string_to_unsigned (text, 10, 1, HIGHEST_PORT, &port, NULL))
    return (int) port;
  refuse (error, _ ("A port is a number from 1 to 65535."));
  return -1;
}

static char *
dup_url (const PlImmichAddress *address, int port)
{
  return g_strdup_printf (strchr (address->host, ':') != NULL ? "%s[%s]:%d" : "%s%s:%d",
                          address->encrypts ? ENCRYPTED : PLAIN, address->host, port);
}

static int
get_likelier_port (const Parts *parts)
{
  if (parts->encrypts)
    return HTTPS_PORT;
  return parts->has_scheme ? WEB_PORT : IMMICH_PORT;
}

/* @port: 0 where none was said. An Immich itself does not encrypt: whatever does, in front of it,
 * has the port of the web. */
static void
set_meanings (PlImmichAddress *address, int port, const Parts *parts)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  int likelier = get_likelier_port (parts);
  g_autofree char *first = dup_url (address, port != 0 ? port : likelier);
  g_autofree char *second = dup_url (address, parts->has_scheme ? IMMICH_PORT : WEB_PORT);

  g_strv_builder_add (urls, first);
  if (port == 0 && !parts->encrypts)
    g_strv_builder_add (urls, second);
  address->port = (guint16) (port != 0 ? port : likelier);
  address->urls = g_strv_builder_end (urls);
}

PlImmichAddress *
pl_immich_address_read (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto (Parts) parts = { 0 };
  g_autofree char *host = NULL;
  PlImmichAddress *address;
  int port;

  if (!check_scheme (stripped, error) || !split (stripped, &parts, error))
    return NULL;
  port = read_port (parts.port, error);
  if (port < 0)
    return NULL;
  host = dup_host (parts.host);
  if (host == NULL)
    {
      refuse_unfinished (error);
      return NULL;
    }

  address = g_new (PlImmichAddress, 1);
  address->host = g_steal_pointer (&host);
  address->encrypts = parts.encrypts;
  set_meanings (address, port, &parts);
  address->has_rest = parts.has_rest;
  return address;
}

char *
pl_immich_address_dup_url (const char *text)
{
  g_autoptr (PlImmichAddress) address = pl_immich_address_read (text, NULL);

  return address != NULL ? g_strdup (address->urls[0]) : NULL;
}
