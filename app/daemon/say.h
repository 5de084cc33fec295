/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the daemon says: lines on standard error, each with its name before it. */

#pragma once

#include "app/settings/problems.h"
#include "net/proxy/proxy.h"

/** pl_say: one line. */
void pl_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

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

/** pl_say_health: what has become of an address of Immich. */
void pl_say_health (const PlEndpointStatus *status);
