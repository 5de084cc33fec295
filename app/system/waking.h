/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That this computer has slept. */

#pragma once

#include <glib.h>

/** PlWaking: somebody who is told of it, until it is freed. */
typedef struct _PlWaking PlWaking;

/**
 * pl_waking_watch: (transfer full) (nullable):
 *
 * Calls @func on the thread's main context as soon as the computer is awake again; other computers
 * may not be reached yet. As long as it returns %G_SOURCE_CONTINUE.
 *
 * Returns: %NULL where the system does not tell
 */
PlWaking *pl_waking_watch (GSourceFunc func, gpointer user_data);
void pl_waking_free (PlWaking *waking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlWaking, pl_waking_free)
