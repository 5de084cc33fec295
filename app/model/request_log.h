/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests of late, oldest first: a #GListModel of #PlRequestItem that keeps a bounded number.
 * It is made for floods: a batch of records, however many, is told by two changes at most. */

#pragma once

#include "app/model/request_item.h"

#define PL_TYPE_REQUEST_LOG (pl_request_log_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestLog, pl_request_log, PL, REQUEST_LOG, GObject)

/**
 * PlRequestLog:keep: how many requests are kept; writable.
 * PlRequestLog:paused: new requests wait, out of sight, until this is %FALSE again; writable.
 * PlRequestLog:n-waiting: those that do; never more than are kept.
 * PlRequestLog:n-forgotten: requests that were kept, and had to make room for newer ones.
 * PlRequestLog:n-lost: requests never seen, because more came than the window could take.
 *
 * The three numbers count from the start or the last pl_request_log_clear(). They change at most
 * once in a batch.
 */

/**
 * PlRequestLog::items-updated:
 * @positions: (element-type guint): where, ascending; valid during the call
 *
 * Items that are in the list have changed, at most once in a batch. Comes after the list's own
 * changes, so the positions are those of now.
 */

PlRequestLog *pl_request_log_new (guint keep);

/**
 * pl_request_log_add:
 * @records: (element-type PlRecord): as #PlRecordsFunc gives them
 * @n_lost: those thrown away before them
 *
 * A record of an exchange that is in the list changes its item; others are put at the end.
 */
void pl_request_log_add (PlRequestLog *log, GPtrArray *records, guint64 n_lost);

/** pl_request_log_clear: empties the list. What is running comes back when it ends. Until
 * pl_request_log_let_go() it can be undone; an earlier one no longer can. */
void pl_request_log_clear (PlRequestLog *log);

/** pl_request_log_restore: undoes the last pl_request_log_clear(): what was there stands before
 * what has come since, as far as there is room. Nothing, where it was let go of. */
void pl_request_log_restore (PlRequestLog *log);

/** pl_request_log_let_go: the last pl_request_log_clear() is not going to be undone: what it keeps
 * is given up. */
void pl_request_log_let_go (PlRequestLog *log);

void pl_request_log_set_keep (PlRequestLog *log, guint keep);
void pl_request_log_set_paused (PlRequestLog *log, gboolean paused);
gboolean pl_request_log_get_paused (PlRequestLog *log);
guint pl_request_log_get_n_waiting (PlRequestLog *log);
guint64 pl_request_log_get_n_forgotten (PlRequestLog *log);
guint64 pl_request_log_get_n_lost (PlRequestLog *log);

/** pl_request_log_get: (transfer none): the item at @position, which must be in the list. */
PlRequestItem *pl_request_log_get (PlRequestLog *log, guint position);

/** pl_request_log_get_n: how many items are in the list. */
guint pl_request_log_get_n (PlRequestLog *log);

/** pl_request_log_get_serial: a number for the item at @position that stays its own while
 * others come and go, and rises by one from item to item. */
guint64 pl_request_log_get_serial (PlRequestLog *log, guint position);
