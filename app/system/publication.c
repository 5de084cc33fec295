/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/name_publisher.h"

#include "app/system/own_addresses.h"

PlPublication *
pl_publication_copy (const PlPublication *publication)
{
  PlPublication *copy = g_memdup2 (publication, sizeof *publication);

  copy->host = g_strdup (publication->host);
  copy->service = g_strdup (publication->service);
  copy->addresses = g_array_ref (publication->addresses);
  return copy;
}

void
pl_publication_free (PlPublication *publication)
{
  g_free (publication->host);
  g_free (publication->service);
  g_array_unref (publication->addresses);
  g_free (publication);
}

gboolean
pl_publication_leads_to (const PlPublication *publication, const char *text)
{
  g_autoptr (GInetAddress) asked = g_inet_address_new_from_string (text);

  for (guint i = 0; asked != NULL && i < publication->addresses->len; i++)
    {
      const PlOwnAddress *own = &g_array_index (publication->addresses, PlOwnAddress, i);
      g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (own->octets, own->family);
      if (g_inet_address_equal (asked, address))
        return TRUE;
    }
  return FALSE;
}
