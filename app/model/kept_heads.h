/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much the heads of ended requests may take. A request is small; its heads are not, and a
 * stranger decides on their size: thousands that fail would fill the memory. */

#pragma once

#include "app/model/request_item.h"

/** PL_KEPT_HEADS_BYTES: in all. Those of some ten thousand requests of browsers. */
#define PL_KEPT_HEADS_BYTES (64 * 1024 * 1024)

typedef struct _PlKeptHeads PlKeptHeads;

PlKeptHeads *pl_kept_heads_new (void);
void pl_kept_heads_free (PlKeptHeads *kept);

/**
 * pl_kept_heads_note:
 * @item: has ended; not noted before. Is not held
 *
 * Has the oldest forget theirs (pl_request_item_forget_heads()) where there are too many.
 */
void pl_kept_heads_note (PlKeptHeads *kept, PlRequestItem *item);
