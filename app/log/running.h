/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exchanges that last, as they are known from their latest records. */

#pragma once

#include "net/proxy/proxy.h"

/** PlRunning: in the order they began to be known. */
typedef struct _PlRunning PlRunning;

PlRunning *pl_running_new (void);
void pl_running_free (PlRunning *running);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRunning, pl_running_free)

/** pl_running_add: takes note of a record: begun, moved on, or ended. Tunnels are not counted: they
 * last by nature. */
void pl_running_add (PlRunning *running, PlRecord *record);

/** pl_running_forget: when endings may have been missed: what still runs will report again. */
void pl_running_forget (PlRunning *running);

/** pl_running_get_n: how many there are. */
guint pl_running_get_n (const PlRunning *running);

typedef void (*PlRunningFunc) (const PlRecord *record, double bytes_per_s, gpointer user_data);

/**
 * pl_running_foreach:
 * @n_most: not more than this many, the oldest first
 * @func: also told how fast it went lately; 0: not known yet
 */
void
pl_running_foreach (const PlRunning *running, guint n_most, PlRunningFunc func, gpointer user_data);
