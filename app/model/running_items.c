/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table whose keys stand in its values. */

#include "app/model/running_items.h"

struct _PlRunningItems
{
  GHashTable *by_id;
};

static void
running_free (gpointer data)
{
  PlRunningItem *running = data;

  g_object_unref (running->item);
  g_free (running);
}

PlRunningItems *
pl_running_items_new (void)
{
  PlRunningItems *items = g_new (PlRunningItems, 1);

  items->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, running_free);
  return items;
}

void
pl_running_items_free (PlRunningItems *items)
{
  g_hash_table_unref (items->by_id);
  g_free (items);
}

void
pl_running_items_add (PlRunningItems *items, PlRequestItem *item)
{
  PlRunningItem *running = g_new (PlRunningItem, 1);

  running->id = pl_request_item_get_id (item);
  running->serial = PL_SERIAL_WAITING;
  running->item = g_object_ref (item);
  g_hash_table_insert (items->by_id, &running->id, running);
}

PlRunningItem *
pl_running_items_find (PlRunningItems *items, guint64 id)
{
  return g_hash_table_lookup (items->by_id, &id);
}

void
pl_running_items_set_serial (PlRunningItems *items, PlRequestItem *item, guint64 serial)
{
  PlRunningItem *running = pl_running_items_find (items, pl_request_item_get_id (item));

  if (running != NULL)
    running->serial = serial;
}

void
pl_running_items_remove (PlRunningItems *items, PlRunningItem *running)
{
  g_hash_table_remove (items->by_id, &running->id);
}

void
pl_running_items_filter (PlRunningItems *items,
                         gboolean (*is_kept) (const PlRunningItem *running, gpointer user_data),
                         gpointer user_data)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, items->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!is_kept (value, user_data))
      g_hash_table_iter_remove (&iter);
}
