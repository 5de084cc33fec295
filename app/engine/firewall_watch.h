/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the firewall of this computer does with who comes to this program, as last looked at, on
 * another thread. */

#pragma once

#include "app/settings/exposure.h"
#include "app/system/firewall.h"

typedef struct _PlFirewallWatch PlFirewallWatch;

/** PlFirewallWatchFunc: it does something else now. */
typedef void (*PlFirewallWatchFunc) (gpointer user_data);

PlFirewallWatch *pl_firewall_watch_new (PlFirewallWatchFunc on_changed, gpointer user_data);

/** pl_firewall_watch_free: nothing is told any more. */
void pl_firewall_watch_free (PlFirewallWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlFirewallWatch, pl_firewall_watch_free)

/** pl_firewall_watch_look: looks again, for @port; where nothing is in the way, not more than once
 * a minute. */
void pl_firewall_watch_look (PlFirewallWatch *watch, guint16 port);

PlFirewall pl_firewall_watch_get (const PlFirewallWatch *watch);

/** pl_firewall_watch_get_words: (nullable) (transfer none): what somebody should know of it, and
 * do, where @exposure says who may come in; %NULL: nothing. */
const char *pl_firewall_watch_get_words (const PlFirewallWatch *watch, PlExposure exposure);

/** pl_firewall_watch_dup_commands: (transfer full) (nullable): what these words lead to: lines to
 * be copied; %NULL: they lead to none. */
char *pl_firewall_watch_dup_commands (const PlFirewallWatch *watch, PlExposure exposure);
