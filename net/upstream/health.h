/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Active health checks, by libsoup, on the main context of whoever made the monitor: far from
 * the relay path, which only learns what an endpoint's health has become. */

#pragma once

#include "net/upstream/config.h"
#include "net/upstream/verdict.h"

/**
 * PlEndpointStatus:
 * @upstream: the upstream's name
 * @endpoint: its label
 * @encrypts: it speaks HTTPS
 * @health: as the active checks see it
 * @since_us: wall clock of the last change of @health; 0: never changed
 * @response_us: how long the last good check took; -1: none yet
 * @last_error: (nullable): why the last check failed, in plain words; %NULL when it
 *   did not
 */
typedef struct
{
  const char *upstream;
  const char *endpoint;
  gboolean encrypts;
  PlEndpointHealth health;
  gint64 since_us;
  gint64 response_us;
  const char *last_error;
} PlEndpointStatus;

typedef void (*PlEndpointStatusFunc) (const PlEndpointStatus *status, gpointer user_data);

/** PlHealthMonitor: checks under way and what they found. */
typedef struct _PlHealthMonitor PlHealthMonitor;

/**
 * pl_health_monitor_new: (transfer full):
 * @changed: called whenever the health of an endpoint changes; the status is borrowed for the
 *   call, which must neither free the monitor nor set its upstreams
 */
PlHealthMonitor *pl_health_monitor_new (PlEndpointStatusFunc changed, gpointer user_data);

/** pl_health_monitor_free: checks under way are cancelled; nothing is called any more. */
void pl_health_monitor_free (PlHealthMonitor *monitor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlHealthMonitor, pl_health_monitor_free)

/**
 * pl_health_monitor_set_upstreams:
 * @upstreams: copied
 *
 * What to check from now on. An endpoint that was there before, in an upstream of the same name,
 * with the same path, keeps what is known of it; a new one is asked at once. One that is gone, or
 * whose path is another now, is announced as %PL_HEALTH_UNKNOWN unless it was that before.
 */
void pl_health_monitor_set_upstreams (PlHealthMonitor *monitor,
                                      const PlUpstreamConfig *upstreams,
                                      guint n_upstreams);

/**
 * pl_health_monitor_doubt:
 * @upstream, @label: an endpoint; what is not known or not checked is passed over
 *
 * A request found nobody there, which is worth one failed check: the endpoint is asked at once, if
 * it was not within the last second, and one failure more makes it unwell.
 */
void pl_health_monitor_doubt (PlHealthMonitor *monitor, const char *upstream, const char *label);

/** pl_health_monitor_foreach: calls @func for every endpoint, in order, whether checked or not. */
void
pl_health_monitor_foreach (PlHealthMonitor *monitor, PlEndpointStatusFunc func, gpointer user_data);
