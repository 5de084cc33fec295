/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Endpoints that workers have found to let nobody in, on their way to the main thread, which asks
 * them at once how they are. */

#pragma once

#include <glib.h>

typedef struct _PlDoubts PlDoubts;

/** PlDoubtFunc: @endpoint of @upstream, both by their names, did not answer a request. */
typedef void (*PlDoubtFunc) (const char *upstream, const char *endpoint, gpointer user_data);

/** pl_doubts_new: (transfer full): @func is called on the thread-default main context of the
 * caller, which is woken at most 30 times a second. */
PlDoubts *pl_doubts_new (PlDoubtFunc func, gpointer user_data);

/** pl_doubts_free: nobody may put in any more, and nothing is told. */
void pl_doubts_free (PlDoubts *doubts);

/** pl_doubts_put: from any thread; what waits to be told already is told once. */
void pl_doubts_put (PlDoubts *doubts, const char *upstream, const char *endpoint);
