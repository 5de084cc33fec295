/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the adapters of a computer with Windows lead to, by what they say of themselves. */

#include "app/system/adapter_kind.h"

#define ETHERNET 6
#define WIFI     71

static void
test_kinds (void)
{
  const struct
  {
    guint type;
    const char *description;
    gboolean has_gateway;
    PlInterfaceKind kind;
  } cases[] = {
    { 24, "Software Loopback Interface 1", FALSE, PL_INTERFACE_LOOPBACK },
    { ETHERNET, "Npcap Loopback Adapter", FALSE, PL_INTERFACE_LOOPBACK },
    { ETHERNET, "Realtek PCIe GbE Family Controller", TRUE, PL_INTERFACE_NETWORK },
    { ETHERNET, "Intel(R) Ethernet Connection I219-V", FALSE, PL_INTERFACE_NETWORK },
    { WIFI, "Intel(R) Wi-Fi 6 AX200 160MHz", TRUE, PL_INTERFACE_NETWORK },
    { ETHERNET, "Hyper-V Virtual Ethernet Adapter", FALSE, PL_INTERFACE_BRIDGE },
    { ETHERNET, "Hyper-V Virtual Ethernet Adapter #2", TRUE, PL_INTERFACE_NETWORK },
    { ETHERNET, "VirtualBox Host-Only Ethernet Adapter", FALSE, PL_INTERFACE_BRIDGE },
    { ETHERNET, "VMware Virtual Ethernet Adapter for VMnet8", FALSE, PL_INTERFACE_BRIDGE },
    { 53, "Tailscale Tunnel", FALSE, PL_INTERFACE_TUNNEL },
    { 53, "Wintun Userspace Tunnel", TRUE, PL_INTERFACE_TUNNEL },
    { 131, "Microsoft Teredo Tunneling Adapter", FALSE, PL_INTERFACE_TUNNEL },
    { 23, "WAN Miniport (PPPOE)", TRUE, PL_INTERFACE_TUNNEL },
    { ETHERNET, "TAP-Windows Adapter V9", FALSE, PL_INTERFACE_TUNNEL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].description);
      g_assert_cmpint (
          pl_adapter_kind_of (cases[i].type, cases[i].description, cases[i].has_gateway), ==,
          cases[i].kind);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/adapter-kind/kinds", test_kinds);
  return g_test_run ();
}
