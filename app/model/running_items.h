/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests that run, to be found by their id when a later record comes. */

#pragma once

#include "app/model/request_item.h"

/**
 * PlRunningItem:
 * @serial: its place in the log, see #PlItemRing; or one of the two below
 */
typedef struct
{
  guint64 id;
  guint64 serial;
  PlRequestItem *item;
} PlRunningItem;

/** PL_SERIAL_WAITING: it has no place yet, but is going to get one. */
#define PL_SERIAL_WAITING G_MAXUINT64

/** PL_SERIAL_NONE: it has none and gets none while it runs. */
#define PL_SERIAL_NONE 0

typedef struct _PlRunningItems PlRunningItems;

PlRunningItems *pl_running_items_new (void);
void pl_running_items_free (PlRunningItems *items);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlRunningItems, pl_running_items_free)

/** pl_running_items_add: a reference is taken; its serial is %PL_SERIAL_WAITING. */
void pl_running_items_add (PlRunningItems *items, PlRequestItem *item);

/** pl_running_items_find: (transfer none) (nullable). */
PlRunningItem *pl_running_items_find (PlRunningItems *items, guint64 id);

/** pl_running_items_set_serial: of @item, if it runs. */
void pl_running_items_set_serial (PlRunningItems *items, PlRequestItem *item, guint64 serial);

void pl_running_items_remove (PlRunningItems *items, PlRunningItem *running);

/** pl_running_items_filter: lets go of those that @is_kept, which must neither add nor remove, says
 * %FALSE of. */
void pl_running_items_filter (PlRunningItems *items,
                              gboolean (*is_kept) (const PlRunningItem *running,
                                                   gpointer user_data),
                              gpointer user_data);
