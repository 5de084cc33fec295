/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where records, and counts of who was turned away, leave the workers: any worker puts in, the
 * thread that made the outbox is woken at most 30 times a second and gets them in batches. */

#pragma once

#include "net/exchange/record.h"
#include "net/exchange/turned_away.h"

typedef struct _PlOutbox PlOutbox;

/**
 * PlRecordsFunc:
 * @records: (element-type PlRecord): running and finished ones in the order they came, to be kept
 *   by pl_record_ref(); borrowed for the call
 * @n_dropped: finished records thrown away since the last call, the oldest first, because the
 * reader was too slow
 */
typedef void (*PlRecordsFunc) (GPtrArray *records, guint64 n_dropped, gpointer user_data);

/** PlTurnedAwayFunc: @batch: who was turned away since the last call; borrowed for the call. Comes
 * as seldom as records do, however many there are. */
typedef void (*PlTurnedAwayFunc) (const PlTurnedAwayList *batch, gpointer user_data);

/** pl_outbox_new: (transfer full): @func is called on the thread-default main context of the
 * caller. */
PlOutbox *pl_outbox_new (PlRecordsFunc func, gpointer user_data);

/** pl_outbox_free: what is inside is delivered first; nobody may put in any more. */
void pl_outbox_free (PlOutbox *outbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlOutbox, pl_outbox_free)

/** pl_outbox_set_wants_heads: from now on records come with the heads of their exchanges, or
 * without. */
void pl_outbox_set_wants_heads (PlOutbox *outbox, gboolean wants_heads);

/** pl_outbox_wants_heads: from any thread. */
gboolean pl_outbox_wants_heads (PlOutbox *outbox);

/** pl_outbox_set_turned_away_func: whom to tell of those turned away, on the same main context as
 * of records; by the thread that made the outbox. */
void pl_outbox_set_turned_away_func (PlOutbox *outbox, PlTurnedAwayFunc func, gpointer user_data);

/** pl_outbox_turn_away: a connection from @address was refused at @when_us, by the wall clock. From
 * any thread. */
void pl_outbox_turn_away (PlOutbox *outbox, const PlAddress *address, gint64 when_us);

/** pl_outbox_drop: a finished record was not even made, since there are too many of its kind; it is
 * counted among those dropped. From any thread. */
void pl_outbox_drop (PlOutbox *outbox);

/** pl_outbox_put: @record: (transfer full). From any thread. */
void pl_outbox_put (PlOutbox *outbox, PlRecord *record);
