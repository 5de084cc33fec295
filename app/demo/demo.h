/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo upstream: a small server that behaves on the wire as an Immich does, so that Porchlight
 * can be tried with nothing else installed. Pictures, files and sockets are made by code; nothing
 * is read from disk or written to it. */

#pragma once

#include <glib.h>

/**
 * PlDemoEra:
 * @PL_DEMO_ERA_NOW: one server that answers everything, with `/api` kept (1.118 and later)
 * @PL_DEMO_ERA_SPLIT: a server part that wants its paths without `/api` and a web part that answers
 *   `/` (up to 1.87); both on one port here, as their paths do not collide
 */
typedef enum
{
  PL_DEMO_ERA_NOW,
  PL_DEMO_ERA_SPLIT,
} PlDemoEra;

/** PlDemo: the running demo. Its server lives on a thread of its own; any thread may free it. */
typedef struct _PlDemo PlDemo;

/**
 * pl_demo_new: (transfer full):
 * @port: the port to listen on, at 127.0.0.1; 0: any that is free
 *
 * Listens before it returns.
 *
 * Returns: %NULL with @error (%G_IO_ERROR) when it cannot listen
 */
PlDemo *pl_demo_new (PlDemoEra era, guint16 port, GError **error);

/** pl_demo_get_url: where it listens, as `http://127.0.0.1:2283`. */
const char *pl_demo_get_url (PlDemo *demo);

/**
 * pl_demo_set_maintenance:
 *
 * Begins or ends maintenance mode, of which an Immich of %PL_DEMO_ERA_SPLIT knew nothing; from the
 * next request on, and from any thread.
 */
void pl_demo_set_maintenance (PlDemo *demo, gboolean in_maintenance);

/** pl_demo_free: ends every connection, stops the thread and waits for it. */
void pl_demo_free (PlDemo *demo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlDemo, pl_demo_free)
