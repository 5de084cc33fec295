/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names to addresses, off the worker's thread (GResolver), with a short memory: each worker has
 * its own, so a busy upstream given by name is not looked up for every connection. */

#pragma once

#include <gio/gio.h>

#include "net/route/address.h"

/**
 * PlResolver: one worker's; answers come on the main context that was the thread's default when
 * it was asked.
 */
typedef struct _PlResolver PlResolver;

/** pl_resolver_new: @remember_ms: how long what was learnt of a name serves those who ask next. */
PlResolver *pl_resolver_new (guint remember_ms);

/** pl_resolver_free: lookups under way are cancelled and their functions not called. */
void pl_resolver_free (PlResolver *resolver);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlResolver, pl_resolver_free)

/**
 * PlResolvedFunc:
 * @addresses: (nullable): at least one, port 0, in the order of RFC 6724, families alternating
 *   from the first on (RFC 8305 §4); borrowed for the call. %NULL when the name was not found
 *
 * Must leave the resolver alone.
 */
typedef void (*PlResolvedFunc) (const PlAddress *addresses, guint n_addresses, gpointer user_data);

/**
 * pl_resolver_look_up:
 * @host: a name or a literal address
 * @since_us: monotonic; what was learnt before that is not to serve: 0 for any that is remembered
 * @cancellable: (nullable): cancels; @func is then not called
 *
 * Calls @func at once when @host is a literal address or remembered (addresses are for a while,
 * failures are not), else later.
 */
void pl_resolver_look_up (PlResolver *resolver,
                          const char *host,
                          gint64 since_us,
                          GCancellable *cancellable,
                          PlResolvedFunc func,
                          gpointer user_data);
