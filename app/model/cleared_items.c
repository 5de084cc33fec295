/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Items are known again by themselves: an exchange has the same one from its first record on. */

#include "app/model/cleared_items.h"

PlClearedItems *
pl_cleared_items_new (GPtrArray *items, guint64 n_forgotten, guint64 n_lost)
{
  PlClearedItems *cleared = g_new (PlClearedItems, 1);

  *cleared = (PlClearedItems){ items, n_forgotten, n_lost };
  return cleared;
}

void
pl_cleared_items_free (PlClearedItems *cleared)
{
  g_ptr_array_unref (cleared->items);
  g_free (cleared);
}

void
pl_cleared_items_put_back (PlClearedItems *cleared, GPtrArray *since, GPtrArray *into)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < cleared->items->len; i++)
    {
      g_ptr_array_add (into, g_object_ref (cleared->items->pdata[i]));
      g_hash_table_add (known, cleared->items->pdata[i]);
    }
  for (guint i = 0; i < since->len; i++)
    if (!g_hash_table_contains (known, since->pdata[i]))
      g_ptr_array_add (into, g_object_ref (since->pdata[i]));
}
