/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a worker lends to the sessions and exchanges that run on its thread: all they know of it.
 * Nothing here is shared between threads but the outbox, the guard and the pace, which see to that
 * themselves. */

#pragma once

#include "net/exchange/limits.h"
#include "net/exchange/outbox.h"
#include "net/exchange/snapshot.h"
#include "net/guard/guard.h"
#include "net/guard/pace.h"
#include "net/http/head.h"
#include "net/io/relay.h"
#include "net/io/resolver.h"

/**
 * PlSupplies:
 * @reactor, @resolver, @outbox, @limits: borrowed
 * @guard: (nullable): who must wait before the next try to log in; borrowed
 * @pace: (nullable): how fast strangers may come and ask; borrowed
 * @pools: where buffers and pipes come from and go back to
 * @snapshot: the rules in force; an exchange keeps a reference to those it began with
 * @is_draining: no new request is to begin
 * @reclaim_descriptors: called with @user_data when there are no descriptors left: to close some
 * connections that are kept alive and do nothing
 * @doubt: called with @user_data when an endpoint let nobody in, or vanished
 */
typedef struct
{
  PlReactor *reactor;
  PlResolver *resolver;
  PlOutbox *outbox;
  const PlLimits *limits;
  PlGuard *guard;
  PlPace *pace;
  PlRelayPools pools;
  PlSnapshot *snapshot;
  gboolean is_draining;
  void (*reclaim_descriptors) (gpointer user_data);
  void (*doubt) (const char *upstream, const char *endpoint, gpointer user_data);
  gpointer user_data;
  /*< private >*/
  GPtrArray *free_heads;
  gint64 failures_since_us;
  guint n_failures;
  guint64 last_id;
} PlSupplies;

/** pl_supplies_init: what is borrowed is then to be set; @first_id: what ids of records count from,
 * see pl_supplies_next_id(). */
void pl_supplies_init (PlSupplies *supplies, guint64 first_id);

/** pl_supplies_clear: frees pools, heads and the snapshot; what was lent must be back. */
void pl_supplies_clear (PlSupplies *supplies);

/** pl_supplies_take_head, pl_supplies_give_head: a head's place, borrowed while a head is read. */
PlHead *pl_supplies_take_head (PlSupplies *supplies);
void pl_supplies_give_head (PlSupplies *supplies, PlHead **head);

/** pl_supplies_next_id: an id for a record. */
guint64 pl_supplies_next_id (PlSupplies *supplies);

/** pl_supplies_may_record_failure: whether one more client that came to no request may have a
 * record of its own; counted, as the limits say. */
gboolean pl_supplies_may_record_failure (PlSupplies *supplies);

/** pl_supplies_reclaim_descriptors: a connection could not be opened, since there are no
 * descriptors left. */
void pl_supplies_reclaim_descriptors (PlSupplies *supplies);

/** pl_supplies_doubt: a request has found nobody at @endpoint of @upstream, both by their names: it
 * is to be asked soon how it is. */
void pl_supplies_doubt (PlSupplies *supplies, const char *upstream, const char *endpoint);
