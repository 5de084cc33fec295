/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of the user's session, where neither signals (app/system/signals.h) nor GTK tell it. */

#pragma once

#include <glib.h>

typedef struct _PlSession PlSession;

/**
 * pl_session_watch: (transfer full) (nullable):
 * @ends: called on the main thread when the user logs out or the computer shuts down: the program
 * is to end within a few seconds, and by itself; after them it is ended
 *
 * Returns: %NULL where there is nothing to hear
 */
PlSession *pl_session_watch (GSourceOnceFunc ends, gpointer user_data);

/** pl_session_free: nothing is called any more. A session that ends still waits for the end of the
 * process. */
void pl_session_free (PlSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlSession, pl_session_free)
