/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/acme/threads.h"

#include <glib.h>

/* A thread waits half a second for more to do before it becomes an unused one. */
void
threads_end (void)
{
  g_thread_pool_set_max_unused_threads (0);
  g_usleep (G_USEC_PER_SEC);
}
