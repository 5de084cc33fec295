/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the daemon says, by way of a spool: whoever does not read it holds nothing up. */

#pragma once

#include "app/engine/firewall_watch.h"
#include "app/settings/problems.h"
#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

/** pl_say_set_make_room: @make_room: (nullable): called before whatever pl_say() says from now on,
 * so that what stands on the terminal meanwhile is out of its way. */
void pl_say_set_make_room (GSourceOnceFunc make_room, gpointer user_data);

/** pl_say: one line on standard error, the program's name before it. */
void pl_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/** pl_say_result: what was asked for, to standard output; with the ends of its lines. */
void pl_say_result (const char *format, ...) G_GNUC_PRINTF (1, 2);

/** pl_say_problems: a line for each. */
void pl_say_problems (const PlProblems *problems);

/**
 * pl_say_dup_refusal: (transfer full):
 * @error: from pl_proxy_apply()
 * @config: what cannot run
 *
 * What happened, then what to do: `Port 8080 is taken by nginx (process 123). Stop it, or choose
 * another port: porchlightd --port 8081`.
 */
char *pl_say_dup_refusal (const GError *error, const PlConfig *config);

/** pl_say_firewall: what somebody should know of the firewall of this computer, if anything, where
 * @exposure says who may come in. */
void pl_say_firewall (const PlFirewallWatch *firewall, PlExposure exposure);

/** pl_say_world: what the internet may see by @settings, where it may come in. @is_start: also what
 * somebody should know whose settings do not say it. */
void pl_say_world (const PlSettings *settings, gboolean is_start);

/** pl_say_health: what has become of an address of Immich. */
void pl_say_health (const PlEndpointStatus *status);
