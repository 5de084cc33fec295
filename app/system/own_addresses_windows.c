/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/own_addresses.h"

#include <string.h>
#include <winsock2.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>

#include "app/system/adapter_kind.h"

#undef interface /* a name of objbase.h for struct */

#define FLAGS                                                                                      \
  (GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER                      \
   | GAA_FLAG_INCLUDE_GATEWAYS)

#define USUAL_BYTES 16384

/* The list may grow between two questions. */
#define MOST_TRIES 4

static IP_ADAPTER_ADDRESSES *
dup_adapters (void)
{
  ULONG n_bytes = USUAL_BYTES;
  ULONG status = ERROR_BUFFER_OVERFLOW;

  for (guint i = 0; i < MOST_TRIES && status == ERROR_BUFFER_OVERFLOW; i++)
    {
      IP_ADAPTER_ADDRESSES *adapters = g_malloc (n_bytes);
      status = GetAdaptersAddresses (AF_UNSPEC, FLAGS, NULL, adapters, &n_bytes);
      if (status == ERROR_SUCCESS)
        return adapters;
      g_free (adapters);
    }
  return NULL;
}

static PlInterfaceKind
kind_of (const IP_ADAPTER_ADDRESSES *adapter)
{
  g_autofree char *description
      = g_utf16_to_utf8 ((const gunichar2 *) adapter->Description, -1, NULL, NULL, NULL);

  return pl_adapter_kind_of (adapter->IfType, description != NULL ? description : "",
                             adapter->FirstGatewayAddress != NULL);
}

static gboolean
read_octets (const struct sockaddr *address, PlOwnAddress *own)
{
  if (address->sa_family == AF_INET)
    {
      const struct sockaddr_in *ipv4 = (const struct sockaddr_in *) (const void *) address;
      own->family = G_SOCKET_FAMILY_IPV4;
      memcpy (own->octets, &ipv4->sin_addr, 4);
      return TRUE;
    }
  if (address->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *) (const void *) address;
      own->family = G_SOCKET_FAMILY_IPV6;
      memcpy (own->octets, &ipv6->sin6_addr, 16);
      return TRUE;
    }
  return FALSE;
}

static void
add_adapter (GArray *addresses, const IP_ADAPTER_ADDRESSES *adapter)
{
  PlOwnAddress own = { .interface = adapter->IfIndex != 0 ? adapter->IfIndex : adapter->Ipv6IfIndex,
                       .kind = kind_of (adapter) };

  for (const IP_ADAPTER_UNICAST_ADDRESS *at = adapter->FirstUnicastAddress; at != NULL;
       at = at->Next)
    {
      own.prefix_bits = at->OnLinkPrefixLength;
      if (read_octets (at->Address.lpSockaddr, &own))
        g_array_append_val (addresses, own);
    }
}

GArray *
pl_own_addresses_read (void)
{
  GArray *addresses = g_array_new (FALSE, TRUE, sizeof (PlOwnAddress));
  g_autofree IP_ADAPTER_ADDRESSES *adapters = dup_adapters ();

  for (const IP_ADAPTER_ADDRESSES *at = adapters; at != NULL; at = at->Next)
    if (at->OperStatus == IfOperStatusUp)
      add_adapter (addresses, at);
  return addresses;
}
