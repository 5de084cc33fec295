/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bounded row of requests: put on at the end, taken off at the front, and neither moves what is
 * between. Each item has a serial, which rises by one from item to item, so that the place of an
 * item is its serial less that of the first. */

#pragma once

#include "app/model/request_item.h"

/**
 * PlItemRing:
 * @items: @capacity places; @n items from @first on
 * @first_serial: of the first item, or of the next one while there is none; never 0
 *
 * Read-only for everybody but pl_item_ring_*().
 */
typedef struct
{
  PlRequestItem **items;
  guint capacity;
  guint first;
  guint n;
  guint64 first_serial;
} PlItemRing;

void pl_item_ring_init (PlItemRing *ring, guint capacity);
void pl_item_ring_clear (PlItemRing *ring);

/** pl_item_ring_get: (transfer none): @position is less than @n. */
PlRequestItem *pl_item_ring_get (const PlItemRing *ring, guint position);

/** pl_item_ring_drop: takes the first @n_dropped off. */
void pl_item_ring_drop (PlItemRing *ring, guint n_dropped);

/** pl_item_ring_add: a reference is taken; there must be room. Returns its serial. */
guint64 pl_item_ring_add (PlItemRing *ring, PlRequestItem *item);

/** pl_item_ring_resize: @capacity: at least @n. */
void pl_item_ring_resize (PlItemRing *ring, guint capacity);
