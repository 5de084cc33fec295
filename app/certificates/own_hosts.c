/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/own_hosts.h"

#include <string.h>

#include "app/system/own_addresses.h"

/* As home routers and computers complete a name without dots. */
static const char *const endings[] = { "local", "lan", "home.arpa" };

#define MAX_LABEL 63

static gboolean
is_name (const char *name)
{
  g_auto (GStrv) labels = g_strsplit (name, ".", -1);

  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);
      if (length == 0 || length > MAX_LABEL || *labels[i] == '-' || labels[i][length - 1] == '-'
          || strspn (labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
        return FALSE;
    }
  return *name != '\0' && !g_hostname_is_ip_address (name);
}

GStrv
pl_own_hosts_dup_names (const char *host_name)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *whole = g_ascii_strdown (host_name, -1);
  g_autofree char *first = g_strndup (whole, strcspn (whole, "."));

  if (is_name (whole) && is_name (first))
    {
      g_strv_builder_add (names, first);
      if (strcmp (first, whole) != 0)
        g_strv_builder_add (names, whole);
    }
  return g_strv_builder_end (names);
}

/* Each once, in the order they come in. */
static void
add (GPtrArray *hosts, char *host)
{
  if (g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
    g_free (host);
  else
    g_ptr_array_add (hosts, host);
}

static void
add_names (GPtrArray *hosts, const char *host_name, const char *called)
{
  g_auto (GStrv) names = pl_own_hosts_dup_names (host_name);

  add (hosts, g_strdup ("localhost"));
  for (guint i = 0; names[i] != NULL; i++)
    add (hosts, g_strdup (names[i]));
  for (guint i = 0; names[0] != NULL && i < G_N_ELEMENTS (endings); i++)
    add (hosts, g_strdup_printf ("%s.%s", names[0], endings[i]));
  if (called != NULL)
    add (hosts, g_strdup (called));
}

static void
add_address (GPtrArray *hosts, const PlOwnAddress *own)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (own->octets, own->family);

  if (own->family == G_SOCKET_FAMILY_IPV6 && g_inet_address_get_is_link_local (address))
    return;
  add (hosts, g_inet_address_to_string (address));
}

GStrv
pl_own_hosts_of (const char *host_name, const char *called, const GArray *addresses)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();

  add_names (hosts, host_name, called);
  add (hosts, g_strdup ("127.0.0.1"));
  add (hosts, g_strdup ("::1"));
  for (guint i = 0; i < addresses->len; i++)
    if (g_array_index (addresses, PlOwnAddress, i).kind != PL_INTERFACE_BRIDGE)
      add_address (hosts, &g_array_index (addresses, PlOwnAddress, i));
  g_ptr_array_add (hosts, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&hosts), FALSE);
}

GStrv
pl_own_hosts_read (const char *called)
{
  g_autoptr (GArray) addresses = pl_own_addresses_read ();

  return pl_own_hosts_of (g_get_host_name (), called, addresses);
}
