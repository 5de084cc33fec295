/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/dns_service_windows.h"

static PlDnsService service;

static gpointer
find (const char *name)
{
  return (gpointer) GetProcAddress (GetModuleHandleW (L"dnsapi.dll"), name);
}

const PlDnsService *
pl_dns_service_find (void)
{
  static gsize is_looked_for = 0;

  if (g_once_init_enter (&is_looked_for))
    {
      service.enter = (PlDnsRegisterFunc *) find ("DnsServiceRegister");
      service.remove = (PlDnsRegisterFunc *) find ("DnsServiceDeRegister");
      service.new_instance = (PlDnsNewFunc *) find ("DnsServiceConstructInstance");
      service.free_instance = (PlDnsFreeFunc *) find ("DnsServiceFreeInstance");
      g_once_init_leave (&is_looked_for, 1);
    }
  return service.enter != NULL && service.remove != NULL && service.new_instance != NULL
                 && service.free_instance != NULL
             ? &service
             : NULL;
}

GArray *
pl_dns_service_ask (const char *host)
{
  g_autofree gunichar2 *name = g_utf8_to_utf16 (host, -1, NULL, NULL, NULL);
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (guint32));
  DNS_RECORD *records = NULL;

  if (DnsQuery_W ((PCWSTR) name, DNS_TYPE_A, DNS_QUERY_BYPASS_CACHE, NULL, &records, NULL)
      != ERROR_SUCCESS)
    return addresses;
  for (const DNS_RECORD *at = records; at != NULL; at = at->pNext)
    {
      guint32 address = at->Data.A.IpAddress;
      if (at->wType == DNS_TYPE_A)
        g_array_append_val (addresses, address);
    }
  DnsRecordListFree (records, DnsFreeRecordList);
  return addresses;
}
