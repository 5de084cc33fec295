/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request and its response: match → acquire → converse → finish. A session hands
 * it a head and a place octets come from and go to; what it is told at the end is how the
 * connection to the client is left. */

#pragma once

#include "net/exchange/client.h"
#include "net/exchange/supplies.h"

typedef struct _PlExchange PlExchange;

/**
 * PlAfterwards: how the client's connection is left.
 * @PL_AFTER_KEEP_ALIVE: the next request may come
 * @PL_AFTER_DISCARD: a response was given early; the rest of the body is to be thrown away, then
 * the next request may come
 * @PL_AFTER_CLOSE: everything was sent and read; close
 * @PL_AFTER_LINGER: everything was sent, but the client may still be sending
 * @PL_AFTER_ABORT: cut off, in such a way that the response does not look whole
 */
typedef enum
{
  PL_AFTER_KEEP_ALIVE,
  PL_AFTER_DISCARD,
  PL_AFTER_CLOSE,
  PL_AFTER_LINGER,
  PL_AFTER_ABORT,
} PlAfterwards;

/**
 * pl_exchange_new: (transfer full):
 * @client: borrowed until pl_exchange_free()
 * @head: (transfer full): the complete request head; released when it was rewritten
 */
PlExchange *pl_exchange_new (PlSupplies *supplies, PlClient *client, PlHead *head);

/**
 * pl_exchange_new_refused: (transfer full):
 * @head: (transfer full): as far as it was read
 * @fault: what is wrong with it
 *
 * An exchange that only answers with an error.
 */
PlExchange *
pl_exchange_new_refused (PlSupplies *supplies, PlClient *client, PlHead *head, PlHttpFault fault);

/** pl_exchange_new_timed_out: (transfer full): for a head that did not come in time; answers 408.
 */
PlExchange *pl_exchange_new_timed_out (PlSupplies *supplies, PlClient *client, PlHead *head);

/**
 * pl_exchange_leave_record:
 * @head: (transfer full): as far as it was read
 *
 * For what was no request, and is not answered as one: leaves a record that says @reason.
 */
void pl_exchange_leave_record (PlSupplies *supplies,
                               PlClient *client,
                               PlHead *head,
                               PlCloseReason reason);

/** pl_exchange_advance: goes on as far as possible without waiting. Returns: %TRUE when it is
 * finished and its record is out. */
gboolean pl_exchange_advance (PlExchange *exchange);

/** pl_exchange_end: ends it now; its record says @reason. */
void pl_exchange_end (PlExchange *exchange, PlCloseReason reason);

/** pl_exchange_drain: the program ends: one that waits for an upstream to come back is answered
 * now, others go on. */
void pl_exchange_drain (PlExchange *exchange);

/** pl_exchange_is_turned_away_by: whether @door turns away whoever asks, be it through a proxy that
 * is believed. This computer never is, by whichever of its addresses it comes. */
gboolean pl_exchange_is_turned_away_by (const PlExchange *exchange, const PlDoor *door);

/** pl_exchange_sees_less_by: whether who asks may see less by @door than when it was judged, or is
 * not at home any more, see pl_circle_find(). */
gboolean
pl_exchange_sees_less_by (const PlExchange *exchange, const PlDoor *door, const PlTrust *home);

/** pl_exchange_is_tunnel: whether it has switched protocols. */
gboolean pl_exchange_is_tunnel (const PlExchange *exchange);

/**
 * pl_exchange_get_afterwards:
 * @rest: (out): with %PL_AFTER_DISCARD the relay of the request's body, now throwing away; take it
 * with what it borrowed
 *
 * For a finished exchange.
 */
PlAfterwards pl_exchange_get_afterwards (PlExchange *exchange, PlRelay *rest);

/** pl_exchange_get_reason: why it ended; for a finished exchange. */
PlCloseReason pl_exchange_get_reason (const PlExchange *exchange);

/** pl_exchange_free: after it is finished. */
void pl_exchange_free (PlExchange *exchange);
