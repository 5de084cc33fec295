/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo, started in the background when it is wanted and ended when it is not. */

#pragma once

#include <gio/gio.h>

/**
 * PlDemoState:
 * @PL_DEMO_OFF: it is not wanted
 * @PL_DEMO_STARTING: it is wanted, and not there yet
 * @PL_DEMO_READY: it can be asked
 * @PL_DEMO_FAILED: it is wanted, but could not be started
 */
typedef enum
{
  PL_DEMO_OFF,
  PL_DEMO_STARTING,
  PL_DEMO_READY,
  PL_DEMO_FAILED,
} PlDemoState;

/** PlDemoHostFunc: @error: (nullable): %NULL: the demo is ready; else why it is not. */
typedef void (*PlDemoHostFunc) (const GError *error, gpointer user_data);

typedef struct _PlDemoHost PlDemoHost;

PlDemoHost *pl_demo_host_new (PlDemoHostFunc on_started, gpointer user_data);

/** pl_demo_host_free: ends the demo; nothing is called any more. */
void pl_demo_host_free (PlDemoHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDemoHost, pl_demo_host_free)

/** pl_demo_host_set_wanted: starts the demo, again if it has failed, or ends it. */
void pl_demo_host_set_wanted (PlDemoHost *host, gboolean is_wanted);

PlDemoState pl_demo_host_get_state (const PlDemoHost *host);

/** pl_demo_host_get_url: (transfer none) (nullable): where it is, while it is ready. */
const char *pl_demo_host_get_url (const PlDemoHost *host);
