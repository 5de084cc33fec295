/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the firewall of this computer lets others come to this program. */

#pragma once

#include <glib.h>

/**
 * PlFirewall:
 * @PL_FIREWALL_UNKNOWN: the system has none that minds programs, or does not tell
 * @PL_FIREWALL_OPEN: it lets others in
 * @PL_FIREWALL_ASKS: it will ask the user as soon as the program lets others in
 * @PL_FIREWALL_SHUT: it keeps others out, and does not ask (again)
 * @PL_FIREWALL_ELSEWHERE: it lets others in, but not in the kind of network this computer is in:
 *   the one it is in counts as public
 */
typedef enum
{
  PL_FIREWALL_UNKNOWN,
  PL_FIREWALL_OPEN,
  PL_FIREWALL_ASKS,
  PL_FIREWALL_SHUT,
  PL_FIREWALL_ELSEWHERE,
} PlFirewall;

/** pl_firewall_look: what it does now with connections to this program at @port. Needs no rights;
 * may take some tenths of a second, and may be called on any thread. */
PlFirewall pl_firewall_look (guint16 port);

/**
 * pl_firewall_dup_commands: (transfer full) (nullable):
 * @firewall: what pl_firewall_look() said
 *
 * Returns: what somebody with every right can type so that others are let in to this program: whole
 *   lines, to be copied; %NULL when nothing need be typed
 */
char *pl_firewall_dup_commands (PlFirewall firewall);
