/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Windows has for names in the network at home, in dnsapi.dll: what registers is there since
 * Windows 10, and not in Wine, so it is looked for by name. */

#pragma once

#include <glib.h>
#include <winsock2.h>

#include <windns.h>

#undef interface /* a name of objbase.h for struct */

typedef DWORD WINAPI PlDnsRegisterFunc (PDNS_SERVICE_REGISTER_REQUEST request,
                                        PDNS_SERVICE_CANCEL cancel);
typedef PDNS_SERVICE_INSTANCE WINAPI PlDnsNewFunc (PCWSTR name,
                                                   PCWSTR host,
                                                   PIP4_ADDRESS ipv4,
                                                   PIP6_ADDRESS ipv6,
                                                   WORD port,
                                                   WORD priority,
                                                   WORD weight,
                                                   DWORD n_properties,
                                                   PCWSTR *keys,
                                                   PCWSTR *values);
typedef VOID WINAPI PlDnsFreeFunc (PDNS_SERVICE_INSTANCE instance);

/**
 * PlDnsService:
 * @enter, @remove: DnsServiceRegister, DnsServiceDeRegister
 * @new_instance, @free_instance: DnsServiceConstructInstance, DnsServiceFreeInstance
 */
typedef struct
{
  PlDnsRegisterFunc *enter;
  PlDnsRegisterFunc *remove;
  PlDnsNewFunc *new_instance;
  PlDnsFreeFunc *free_instance;
} PlDnsService;

/** pl_dns_service_find: (transfer none) (nullable): all of it, or none; on any thread. */
const PlDnsService *pl_dns_service_find (void);

/** pl_dns_service_ask: (transfer full) (element-type guint32): the IPv4 addresses, in network
 * order, that @host leads to, as Windows finds them now; blocks for as long as that takes. */
GArray *pl_dns_service_ask (const char *host);
