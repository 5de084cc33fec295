/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server whose health is watched, and what was seen of it. */

#pragma once

#include <libsoup/soup.h>

#include "net/upstream/health.h"

/* A check may take no longer than its interval, so a busy computer needs QUICK_MS to be this much.
 */
#define QUICK_MS 200
#define LONG_MS  (60 * 1000)

/**
 * Watch:
 * @n_failures_left: this many checks more are answered 503
 * @health: of the last endpoint that was looked at; so with what follows
 * @n_endpoints: how many there were
 * @story: what was announced
 */
typedef struct
{
  SoupServer *server;
  guint port;
  char *label;
  guint n_asked;
  guint n_failures_left;
  gboolean silent;
  gboolean in_maintenance;
  gboolean leads_back;
  PlHealthMonitor *monitor;
  PlEndpointHealth health;
  guint n_endpoints;
  char *last_error;
  gint64 response_us;
  gint64 since_us;
  GString *story;
} Watch;

/** watch_set_up, watch_tear_down: as for g_test_add(); with a server and a monitor that knows of
 * none. */
void watch_set_up (Watch *watch, gconstpointer data);
void watch_tear_down (Watch *watch, gconstpointer data);

/** watch_start_server: once more, at the port it had. */
void watch_start_server (Watch *watch);

/** watch_configure: the server is the one address of an upstream called @name. */
void watch_configure (Watch *watch, const char *name, const char *path, guint interval_ms);

/** watch_look: at what the monitor knows now. */
void watch_look (Watch *watch);

/** watch_wait_for_health, watch_wait_for_asked: fails when it takes too long. */
void watch_wait_for_health (Watch *watch, PlEndpointHealth health);
void watch_wait_for_asked (Watch *watch, guint n_asked);
