/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/supplies.h"

void
pl_supplies_init (PlSupplies *supplies, guint64 first_id)
{
  supplies->limits = pl_limits_get ();
  supplies->free_heads = g_ptr_array_new_with_free_func (g_free);
  supplies->last_id = first_id;
}

void
pl_supplies_clear (PlSupplies *supplies)
{
  g_clear_pointer (&supplies->snapshot, pl_snapshot_unref);
  pl_buffer_pool_clear (&supplies->pools.buffers);
  pl_pipe_pool_clear (&supplies->pools.pipes);
  g_clear_pointer (&supplies->free_heads, g_ptr_array_unref);
}

PlHead *
pl_supplies_take_head (PlSupplies *supplies)
{
  guint n_free = supplies->free_heads->len;

  return n_free > 0 ? g_ptr_array_steal_index_fast (supplies->free_heads, n_free - 1)
                    : g_new (PlHead, 1);
}

void
pl_supplies_give_head (PlSupplies *supplies, PlHead **head)
{
  if (*head != NULL)
    {
      pl_head_clear (*head);
      g_ptr_array_add (supplies->free_heads, g_steal_pointer (head));
    }
}

guint64
pl_supplies_next_id (PlSupplies *supplies)
{
  return ++supplies->last_id;
}

void
pl_supplies_reclaim_descriptors (PlSupplies *supplies)
{
  if (supplies->reclaim_descriptors != NULL)
    supplies->reclaim_descriptors (supplies->user_data);
}

void
pl_supplies_doubt (PlSupplies *supplies, const char *upstream, const char *endpoint)
{
  if (supplies->doubt != NULL)
    supplies->doubt (upstream, endpoint, supplies->user_data);
}

/* Of so many seconds each begins anew. */
#define FAILURES_S 10

gboolean
pl_supplies_may_record_failure (PlSupplies *supplies)
{
  gint64 now_us = supplies->reactor->now_us;

  if (now_us - supplies->failures_since_us > FAILURES_S * G_USEC_PER_SEC)
    {
      supplies->failures_since_us = now_us;
      supplies->n_failures = 0;
    }
  return supplies->n_failures++ < supplies->limits->failures_recorded;
}
