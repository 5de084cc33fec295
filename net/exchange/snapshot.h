/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules in force for an exchange, as one worker runs them: routes and trusted networks, which
 * all workers share and nobody changes, and this worker's upstreams. Exchanges hold the one they
 * began with, so that a reload changes nothing under a request that runs. */

#pragma once

#include "net/exchange/own_pages.h"
#include "net/io/tls.h"
#include "net/route/door.h"
#include "net/route/plain.h"
#include "net/route/table.h"
#include "net/route/trust.h"
#include "net/upstream/upstream.h"

/**
 * PlSnapshotSource:
 * @routes, @trusted: borrowed from @owner
 * @tls: (nullable): borrowed from @owner
 * @plain: who is served without encryption where there is @tls
 * @hsts: whether browsers are told to come encrypted alone from now on
 * @home: (nullable): networks that are home beside the private addresses; borrowed from @owner
 * @door: (nullable): who may see what; borrowed from @owner
 * @own_pages: (nullable): borrowed from @owner
 * @upstreams, @n_upstreams: what #PlRoute.upstream counts in; borrowed from @owner
 * @owner: (transfer full): lives as long as the snapshot
 * @free_owner: drops @owner
 *
 * What a snapshot is made from.
 */
typedef struct
{
  const PlRouteTable *routes;
  const PlTrust *trusted;
  PlTlsContext *tls;
  PlPlainRule plain;
  gboolean hsts;
  const PlTrust *home;
  const PlDoor *door;
  const PlOwnPages *own_pages;
  const PlUpstreamConfig *upstreams;
  guint n_upstreams;
  gpointer owner;
  GDestroyNotify free_owner;
} PlSnapshotSource;

/**
 * PlSnapshot:
 * @tls: (nullable): by which clients may encrypt; shared with other threads
 * @plain, @hsts: as they were given
 * @routes, @trusted, @home, @door, @own_pages: shared with other threads
 * @upstreams: one for each of the configuration, in its order; this thread's
 */
typedef struct
{
  const PlRouteTable *routes;
  const PlTrust *trusted;
  PlTlsContext *tls;
  PlPlainRule plain;
  gboolean hsts;
  const PlTrust *home;
  const PlDoor *door;
  const PlOwnPages *own_pages;
  PlUpstream *upstreams;
  guint n_upstreams;
  /*< private >*/
  gpointer owner;
  GDestroyNotify free_owner;
  guint ref_count; /* one thread's */
} PlSnapshot;

/** pl_snapshot_limits: whether there are bounds on how fast @address may come and ask: it is
 * neither at home nor a proxy that is trusted. */
gboolean pl_snapshot_limits (const PlSnapshot *snapshot, const PlAddress *address);

/** pl_snapshot_new: (transfer full): @before: (nullable): the one in force until now, whose
 * connections are taken over. */
PlSnapshot *pl_snapshot_new (const PlSnapshotSource *source, const PlSnapshot *before);
PlSnapshot *pl_snapshot_ref (PlSnapshot *snapshot);
void pl_snapshot_unref (PlSnapshot *snapshot);
