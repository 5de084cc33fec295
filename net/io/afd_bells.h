/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Handles of the system, which GLib waits on, and a completion port, on which a thread waits
 * instead: what is signalled there rings here. */

#pragma once

#include "net/io/afd.h"

typedef struct _PlAfdBells PlAfdBells;

/** pl_afd_bells_new: (transfer full): @afd: borrowed, outlives this. */
PlAfdBells *pl_afd_bells_new (PlAfd *afd);

/** pl_afd_bells_free: from then on nothing rings. */
void pl_afd_bells_free (PlAfdBells *bells);

/**
 * pl_afd_bells_hang:
 * @fds: what GLib wants to be woken by; the first time that it is one alone, it is GLib's own
 * handle for waking, which lives as long as its context
 *
 * From now on pl_afd_wake() is called for each of them that is signalled, and for one that is
 * already.
 */
void pl_afd_bells_hang (PlAfdBells *bells, const GPollFD *fds, guint n_fds);

/**
 * pl_afd_bells_take_down:
 * @has_rung: whether the wait was ended by pl_afd_wake()
 * @fds: (inout): as they were hung
 *
 * Lets go of all handles but GLib's own, and says of each whether it is signalled.
 */
void pl_afd_bells_take_down (PlAfdBells *bells, gboolean has_rung, GPollFD *fds, guint n_fds);
