/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where nothing asks: firewalls of Linux know ports and networks, not programs. */

#include "app/system/firewall.h"

PlFirewall
pl_firewall_look (guint16 port)
{
  return PL_FIREWALL_UNKNOWN;
}

char *
pl_firewall_dup_commands (PlFirewall firewall)
{
  return NULL;
}
