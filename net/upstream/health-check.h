/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One health check: a GET over a connection of its own, a second one where the first may have met
 * an Immich in maintenance mode, and what the answers say. */

#pragma once

#include <libsoup/soup.h>

#include "net/upstream/config.h"
#include "net/upstream/verdict.h"

/**
 * PlHealthCheckFunc:
 * @health: never %PL_HEALTH_UNKNOWN
 * @response_us: from the start to the end of the last answer
 * @error: (nullable): what is wrong, in plain words; with %PL_HEALTH_NOT_WELL alone; borrowed
 */
typedef void (*PlHealthCheckFunc) (PlEndpointHealth health,
                                   gint64 response_us,
                                   const char *error,
                                   gpointer user_data);

/** PlHealthCheck: a check under way; it frees itself when it has called its function. */
typedef struct _PlHealthCheck PlHealthCheck;

/** pl_health_check_new_session: (transfer full): a session that any number of checks may share. */
SoupSession *pl_health_check_new_session (void);

/**
 * pl_health_check_start:
 * @proof: (nullable): how an endpoint that encrypts shows who it is; a reference is taken
 * @path: begins with a slash, may hold a query
 * @done: called once, from the thread-default main context, never before this returns
 *
 * Any 2xx is a good answer, except that JSON must be well-formed, that a `res` in it must be
 * `pong`, as Immich answers, and that a path that ends in `/ping` must be answered by JSON: a web
 * server that sends its start page whatever is asked for is not Immich.
 *
 * An Immich in maintenance mode knows no ping (404) and sends everybody to its page about that
 * (302). So where the answer is one of these, `/api/server/config` is asked too, and
 * %PL_HEALTH_MAINTENANCE is what its `"maintenanceMode":true` means.
 *
 * The question carries this program's loop mark; an answer of 508 with one is %PL_HEALTH_LOOP.
 *
 * Returns: (transfer none): gone once @done is called
 */
PlHealthCheck *pl_health_check_start (SoupSession *session,
                                      const PlEndpointConfig *endpoint,
                                      PlProof *proof,
                                      const char *path,
                                      guint timeout_ms,
                                      PlHealthCheckFunc done,
                                      gpointer user_data);

/** pl_health_check_cancel: its function will not be called any more. */
void pl_health_check_cancel (PlHealthCheck *check);
