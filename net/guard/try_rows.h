/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is remembered of who has tried to log in: a row for each address and kind of login, within a
 * bound, and how many there are of one network. What it leads to is decided in tries.c. */

#pragma once

#include "net/guard/try.h"

/** PlTryKey: what a row is found by: an address (of IPv6 its /64), or a network. */
typedef struct
{
  PlNetwork network;
  PlLogin login;
} PlTryKey;

/**
 * PlTryRow:
 * @link, @queue: in which of the queues it is
 * @circle: of whoever was heard of last
 * @failed_us, @secrets, @n_failures, @next: the last that failed, a ring
 * @first_us: when the first failed that is counted
 * @last_us: when something was last heard of it
 * @until_us: until when it has to wait
 * @forgiven_us: when a success has forgiven something; -1: never
 * @n_failed, @n_refused: tries that failed; that came too early
 * @n_running: tries that Immich has not answered
 * @level: how often it had to wait
 * @is_counted: among those of its network
 */
typedef struct
{
  PlTryKey key;
  GList link;
  GQueue *queue;
  PlCircle circle;
  gint64 failed_us[PL_TRIES_FREE];
  guint32 secrets[PL_TRIES_FREE];
  gint64 first_us;
  gint64 last_us;
  gint64 until_us;
  gint64 forgiven_us;
  guint n_failed;
  guint n_refused;
  guint n_running;
  guint8 n_failures;
  guint8 next;
  guint8 level;
  gboolean is_counted;
} PlTryRow;

/**
 * PlTryRows:
 * @by_key, @crowds: rows, and how many there are of a network, by their keys
 * @calm, @running, @waiting: rows that never had to wait, those of them that have tries running,
 * and those that had to wait; the quietest first
 * @n_networks: rows that stand for a whole network
 * @now_us: the latest time that was heard of
 */
typedef struct
{
  GHashTable *by_key;
  GHashTable *crowds;
  GQueue calm;
  GQueue running;
  GQueue waiting;
  guint n_networks;
  gint64 now_us;
} PlTryRows;

void pl_try_rows_init (PlTryRows *rows);
void pl_try_rows_clear (PlTryRows *rows);

/** pl_try_rows_advance_clock: what is too old to count is forgotten. */
void pl_try_rows_advance_clock (PlTryRows *rows, gint64 now_us);

/** pl_try_rows_find: (transfer none) (nullable): the row that a try counts for: of its network,
 * where that counts as one. */
PlTryRow *pl_try_rows_find (PlTryRows *rows, const PlTry *try);

/** pl_try_rows_add: (transfer none): a new row; where there is no room the quietest one goes, one
 * that had to wait last of all. */
PlTryRow *pl_try_rows_add (PlTryRows *rows, const PlTryKey *key, PlCircle circle);

/** pl_try_rows_ensure: (transfer none): the row that is found, or a new one. */
PlTryRow *pl_try_rows_ensure (PlTryRows *rows, const PlTry *try);

void pl_try_rows_remove (PlTryRows *rows, PlTryRow *row);

/** pl_try_rows_touch: something was heard of it; it has had to wait @level times. */
void pl_try_rows_touch (PlTryRows *rows, PlTryRow *row, guint8 level);

/** pl_try_rows_note_running: so many tries more (or less) are running. */
void pl_try_rows_note_running (PlTryRows *rows, PlTryRow *row, int change);

/** pl_try_row_stands_for_network: whether it counts many addresses as one. */
gboolean pl_try_row_stands_for_network (const PlTryRow *row);

/**
 * pl_try_rows_join_crowd:
 * @network: (out): the network that @row is counted in from now on
 *
 * Home has no crowds: few live there. Nor has what stands for a network.
 *
 * Returns: how many of its network have failed; 0: it is counted already, or never
 */
guint pl_try_rows_join_crowd (PlTryRows *rows, PlTryRow *row, PlTryKey *network);
void pl_try_rows_leave_crowd (PlTryRows *rows, PlTryRow *row);

/** pl_try_rows_dup_within: (transfer container) (element-type PlTryRow): all whose address is in
 * @network, of any kind and circle. */
GPtrArray *pl_try_rows_dup_within (PlTryRows *rows, const PlNetwork *network);
