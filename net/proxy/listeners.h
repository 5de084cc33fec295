/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses are listened on, as the main thread keeps count of them: sockets are opened
 * here, so that a fault is known at once, and handed to the worker that accepts. */

#pragma once

#include "net/io/listening.h"
#include "net/proxy/config.h"
#include "net/proxy/worker.h"

typedef struct _PlListeners PlListeners;

/** pl_listeners_new: (transfer full): @worker: the one that accepts; borrowed, outlives this. */
PlListeners *pl_listeners_new (PlWorker *worker);
void pl_listeners_free (PlListeners *listeners);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlListeners, pl_listeners_free)

/**
 * pl_listeners_apply:
 *
 * Opens what @config wants and is not open, then closes what it does not want. The loopback
 * addresses are always wanted where exposure decides, so that switching it never cuts off this
 * computer. A system without IPv6 does without it.
 *
 * Where the platform cannot share a port (#PlPlatform.share) the addresses of all networks stand
 * in for loopback, and what is not wanted closes first: for a moment nobody is listened to.
 *
 * Returns: %FALSE with @error, with everything as it was before; but that what had to close first
 * is opened again, which another program may prevent
 */
gboolean pl_listeners_apply (PlListeners *listeners, const PlConfig *config, GError **error);

/**
 * pl_listeners_take:
 * @descriptor: (transfer full): listens already, at @at
 *
 * It is listened on from now on, whatever the configuration, and what it covers is not opened
 * beside it.
 */
void pl_listeners_take (PlListeners *listeners, int descriptor, const PlListening *at);

/** pl_listeners_dup_addresses: (transfer full): `address:port` of each, %NULL-terminated; one that
 * takes IPv4 and IPv6 has both. */
char **pl_listeners_dup_addresses (const PlListeners *listeners);
