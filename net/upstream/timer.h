/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timer on the thread-default main context: g_timeout_add() knows only the global one. */

#pragma once

#include <glib.h>

/**
 * pl_timer_start: (transfer full):
 * @func: called once, @delay_ms from now
 *
 * Returns: the timer, to be given to pl_timer_stop() whether @func was called or not
 */
GSource *pl_timer_start (guint delay_ms, GSourceOnceFunc func, gpointer user_data);

/** pl_timer_stop: sets @timer to %NULL; nothing happens when it was. May be called by its function.
 */
void pl_timer_stop (GSource **timer);
