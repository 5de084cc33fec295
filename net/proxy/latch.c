/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/latch.h"

void
pl_latch_init (PlLatch *latch)
{
  g_mutex_init (&latch->mutex);
  g_cond_init (&latch->cond);
  latch->is_open = FALSE;
}

void
pl_latch_open (PlLatch *latch)
{
  g_mutex_lock (&latch->mutex);
  latch->is_open = TRUE;
  g_cond_signal (&latch->cond);
  g_mutex_unlock (&latch->mutex);
}

void
pl_latch_wait (PlLatch *latch)
{
  g_mutex_lock (&latch->mutex);
  while (!latch->is_open)
    g_cond_wait (&latch->cond, &latch->mutex);
  g_mutex_unlock (&latch->mutex);
  g_cond_clear (&latch->cond);
  g_mutex_clear (&latch->mutex);
}
