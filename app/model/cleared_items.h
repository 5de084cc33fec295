/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was cleared from the log, for as long as that may be undone. */

#pragma once

#include "app/model/request_item.h"

/**
 * PlClearedItems:
 * @items: of #PlRequestItem, oldest first
 * @n_forgotten, @n_lost: what the log's numbers were
 */
typedef struct
{
  GPtrArray *items;
  guint64 n_forgotten;
  guint64 n_lost;
} PlClearedItems;

/** pl_cleared_items_new: @items: (transfer full). */
PlClearedItems *pl_cleared_items_new (GPtrArray *items, guint64 n_forgotten, guint64 n_lost);
void pl_cleared_items_free (PlClearedItems *cleared);

/** pl_cleared_items_put_back: appends to @into what was cleared, then what came @since, each item
 * once: what ran when the log was cleared, and has ended since, is in both, and keeps its first
 * place. */
void pl_cleared_items_put_back (PlClearedItems *cleared, GPtrArray *since, GPtrArray *into);
