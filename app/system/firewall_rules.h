/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of the firewall of Windows, as its registry has them: one text a rule,
 * `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|App=C:\…\x.exe|Name=x|`
 * ([MS-GPFAS] §2.2.2.19). Nothing here needs Windows. */

#pragma once

#include "app/system/firewall.h"

/**
 * PlFirewallProfiles: kinds of network; flags, with the values of NET_FW_PROFILE_TYPE2.
 */
typedef enum
{
  PL_FIREWALL_DOMAIN = 1,
  PL_FIREWALL_PRIVATE = 2,
  PL_FIREWALL_PUBLIC = 4,
  PL_FIREWALL_ALL = 7,
} PlFirewallProfiles;

/**
 * PlFirewallDoor: what is asked about.
 * @program: in UTF-8, as the system has it
 * @port: of TCP
 */
typedef struct
{
  const char *program;
  guint16 port;
} PlFirewallDoor;

/**
 * PlFirewallRules: what all rules say of one door.
 * @allowed: kinds of network in which a rule lets others in
 * @barred: kinds of network in which a rule keeps others out, which outweighs the other
 */
typedef struct
{
  guint allowed;
  guint barred;
} PlFirewallRules;

/** pl_firewall_rules_add: @rule: its text, with names of variables of the environment replaced.
 * Passed over when it does not concern @door, or only some of those who come to it. */
void pl_firewall_rules_add (PlFirewallRules *rules, const PlFirewallDoor *door, const char *rule);

/**
 * pl_firewall_rules_judge:
 * @current: the kinds of network this computer is in, with the firewall on
 * @asking: those of them in which the user is asked about a program without a rule
 */
PlFirewall pl_firewall_rules_judge (const PlFirewallRules *rules, guint current, guint asking);

/** pl_firewall_rules_dup_commands: (transfer full) (nullable): see pl_firewall_dup_commands(). */
char *pl_firewall_rules_dup_commands (PlFirewall firewall, const char *program);
