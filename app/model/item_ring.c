/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places past the last are those before the first. */

#include "app/model/item_ring.h"

void
pl_item_ring_init (PlItemRing *ring, guint capacity)
{
  *ring = (PlItemRing){ .capacity = capacity, .first_serial = 1 };
  ring->items = g_new (PlRequestItem *, capacity);
}

void
pl_item_ring_clear (PlItemRing *ring)
{
  pl_item_ring_drop (ring, ring->n);
  g_clear_pointer (&ring->items, g_free);
}

PlRequestItem *
pl_item_ring_get (const PlItemRing *ring, guint position)
{
  return ring->items[(ring->first + position) % ring->capacity];
}

void
pl_item_ring_drop (PlItemRing *ring, guint n_dropped)
{
  g_return_if_fail (n_dropped <= ring->n);

  for (guint i = 0; i < n_dropped; i++)
    g_object_unref (pl_item_ring_get (ring, i));
  ring->first = (ring->first + n_dropped) % ring->capacity;
  ring->first_serial += n_dropped;
  ring->n -= n_dropped;
}

guint64
pl_item_ring_add (PlItemRing *ring, PlRequestItem *item)
{
  guint position = ring->n;

  g_return_val_if_fail (position < ring->capacity, 0);
  ring->n++;
  ring->items[(ring->first + position) % ring->capacity] = g_object_ref (item);
  return ring->first_serial + position;
}

void
pl_item_ring_resize (PlItemRing *ring, guint capacity)
{
  g_return_if_fail (capacity >= ring->n);

  PlRequestItem **items = g_new (PlRequestItem *, capacity);
  for (guint i = 0; i < ring->n; i++)
    items[i] = pl_item_ring_get (ring, i);
  g_free (ring->items);
  ring->items = items;
  ring->capacity = capacity;
  ring->first = 0;
}
