/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/system/adapter_kind.h"

#include <string.h>

/* IANAifType-MIB */
#define TYPE_PPP      23
#define TYPE_LOOPBACK 24
#define TYPE_VIRTUAL  53 /* Wintun, and so WireGuard and Tailscale */
#define TYPE_TUNNEL   131

/* Hyper-V's are those of WSL and Docker Desktop, too. */
static const char *const bridges[]
    = { "Hyper-V Virtual Ethernet", "VirtualBox Host-Only", "VMware Virtual Ethernet" };

/* VPNs whose adapters say that they are Ethernet. */
static const char *const tunnels[]
    = { "TAP-Windows", "WireGuard", "Wintun", "Tailscale", "ZeroTier" };

static gboolean
names_any (const char *description, const char *const *names, guint n_names)
{
  for (guint i = 0; i < n_names; i++)
    if (strstr (description, names[i]) != NULL)
      return TRUE;
  return FALSE;
}

PlInterfaceKind
pl_adapter_kind_of (guint type, const char *description, gboolean has_gateway)
{
  if (type == TYPE_LOOPBACK || strstr (description, "Loopback") != NULL)
    return PL_INTERFACE_LOOPBACK;
  if (type == TYPE_PPP || type == TYPE_VIRTUAL || type == TYPE_TUNNEL
      || names_any (description, tunnels, G_N_ELEMENTS (tunnels)))
    return PL_INTERFACE_TUNNEL;
  if (!has_gateway && names_any (description, bridges, G_N_ELEMENTS (bridges)))
    return PL_INTERFACE_BRIDGE;
  return PL_INTERFACE_NETWORK;
}
