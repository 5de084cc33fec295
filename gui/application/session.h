/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the user's session tells a program with a window, where neither signals
 * (app/system/signals.h) nor GTK do. */

#pragma once

#include <glib.h>

/**
 * PlSessionFuncs:
 * @ends: the user logs out or the computer shuts down: the program is to end within a few seconds,
 *   and by itself; after them it is ended
 * @awake: the computer has been asleep
 *
 * Called on the main thread.
 */
typedef struct
{
  GSourceOnceFunc ends;
  GSourceOnceFunc awake;
} PlSessionFuncs;

typedef struct _PlSession PlSession;

/** pl_session_watch: (transfer full) (nullable): @funcs: is copied; %NULL where there is nothing to
 * hear. */
PlSession *pl_session_watch (const PlSessionFuncs *funcs, gpointer user_data);

/** pl_session_free: nothing is called any more. A session that ends still waits for the end of the
 * process. */
void pl_session_free (PlSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSession, pl_session_free)
