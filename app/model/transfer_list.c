/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An array for the order, a table to find by id; there are few. */

#include "app/model/transfer_list.h"

struct _PlTransferList
{
  GObject parent_instance;
  GPtrArray *items;
  GHashTable *by_id; /* PlRecord.id → PlTransferItem, which the array owns */
};

static GType
get_item_type (GListModel *model)
{
  return PL_TYPE_TRANSFER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return PL_TRANSFER_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = PL_TRANSFER_LIST (model)->items;
  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PlTransferList,
                               pl_transfer_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* A request that waits for its answer is none yet, nor is a live connection. */
static gboolean
is_transfer (const PlRecord *record)
{
  return record->state == PL_RECORD_RUNNING && record->protocol != PL_PROTOCOL_TUNNEL
         && record->up_bytes + record->down_bytes > 0;
}

static void
begin (PlTransferList *list, PlRecord *record)
{
  PlTransferItem *item = pl_transfer_item_new (record);

  g_ptr_array_add (list->items, item);
  g_hash_table_insert (list->by_id, g_memdup2 (&record->id, sizeof record->id), item);
  g_list_model_items_changed (G_LIST_MODEL (list), list->items->len - 1, 0, 1);
}

static void
end (PlTransferList *list, PlTransferItem *item, guint64 id)
{
  guint position = 0;

  if (!g_ptr_array_find (list->items, item, &position))
    g_return_if_reached ();
  g_hash_table_remove (list->by_id, &id);
  g_ptr_array_remove_index (list->items, position);
  g_list_model_items_changed (G_LIST_MODEL (list), position, 1, 0);
}

static void
take (PlTransferList *list, PlRecord *record)
{
  PlTransferItem *item = g_hash_table_lookup (list->by_id, &record->id);

  if (item == NULL && is_transfer (record))
    begin (list, record);
  else if (item != NULL && is_transfer (record))
    pl_transfer_item_update (item, record);
  else if (item != NULL)
    end (list, item, record->id);
}

static void
clear (PlTransferList *list)
{
  guint n_items = list->items->len;

  g_hash_table_remove_all (list->by_id);
  g_ptr_array_set_size (list->items, 0);
  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (list), 0, n_items, 0);
}

void
pl_transfer_list_add (PlTransferList *list, GPtrArray *records, guint64 n_lost)
{
  if (n_lost > 0)
    clear (list);
  for (guint i = 0; i < records->len; i++)
    take (list, records->pdata[i]);
}

static void
pl_transfer_list_finalize (GObject *object)
{
  PlTransferList *list = PL_TRANSFER_LIST (object);

  g_hash_table_unref (list->by_id);
  g_ptr_array_unref (list->items);
  G_OBJECT_CLASS (pl_transfer_list_parent_class)->finalize (object);
}

PlTransferList *
pl_transfer_list_new (void)
{
  return g_object_new (PL_TYPE_TRANSFER_LIST, NULL);
}

static void
pl_transfer_list_class_init (PlTransferListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pl_transfer_list_finalize;
}

static void
pl_transfer_list_init (PlTransferList *list)
{
  list->items = g_ptr_array_new_with_free_func (g_object_unref);
  list->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}
