/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thread waits until another has come so far. For once, on the stack of the one that waits. */

#pragma once

#include <glib.h>

/** PlLatch: @is_open: guarded by @mutex */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_open;
} PlLatch;

void pl_latch_init (PlLatch *latch);

/** pl_latch_open: by the other thread, which must not touch @latch any more. */
void pl_latch_open (PlLatch *latch);

/** pl_latch_wait: until it is open; @latch is then over. */
void pl_latch_wait (PlLatch *latch);
