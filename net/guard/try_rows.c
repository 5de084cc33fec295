/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/try_rows.h"

#include "net/guard/seeded_hash.h"

/* Whole 128 bits of an address, and how much of one counts for whom. */
#define IPV4_BITS         128
#define IPV4_NETWORK_BITS 120
#define IPV6_BITS         64
#define IPV6_NETWORK_BITS 48

/* How many rows there are of one network. */
typedef struct
{
  PlTryKey key;
  guint n_rows;
} Crowd;

static guint
hash_key (gconstpointer data)
{
  const PlTryKey *key = data;

  return pl_seeded_hash_network (&key->network) ^ (guint) key->login << 8;
}

static gboolean
keys_equal (gconstpointer a, gconstpointer b)
{
  const PlTryKey *key = a, *other = b;

  return key->login == other->login && pl_network_equal (&key->network, &other->network);
}

static PlTryKey
get_key (const PlTry *try)
{
  guint bits = pl_address_is_ipv4 (&try->address) ? IPV4_BITS : IPV6_BITS;

  return (PlTryKey){ .network = pl_network_around (&try->address, bits), .login = try->login };
}

static PlTryKey
get_network_key (const PlTryKey *key)
{
  guint bits = pl_address_is_ipv4 (&key->network.address) ? IPV4_NETWORK_BITS : IPV6_NETWORK_BITS;

  return (PlTryKey){ .network = pl_network_around (&key->network.address, bits),
                     .login = key->login };
}

void
pl_try_rows_init (PlTryRows *rows)
{
  *rows = (PlTryRows){
    .by_key = g_hash_table_new_full (hash_key, keys_equal, NULL, g_free),
    .crowds = g_hash_table_new_full (hash_key, keys_equal, NULL, g_free),
  };
}

void
pl_try_rows_clear (PlTryRows *rows)
{
  g_hash_table_unref (rows->by_key);
  g_hash_table_unref (rows->crowds);
}

gboolean
pl_try_row_stands_for_network (const PlTryRow *row)
{
  guint bits = row->key.network.prefix_bits;

  return bits == IPV4_NETWORK_BITS || bits == IPV6_NETWORK_BITS;
}

/* To the end of its queue, which may be another one than it was in. */
static void
put_into_queue (PlTryRows *rows, PlTryRow *row)
{
  if (row->level > 0)
    row->queue = &rows->waiting;
  else
    row->queue = row->n_running > 0 ? &rows->running : &rows->calm;
  g_queue_push_tail_link (row->queue, &row->link);
}

void
pl_try_rows_leave_crowd (PlTryRows *rows, PlTryRow *row)
{
  PlTryKey key = get_network_key (&row->key);
  Crowd *crowd = row->is_counted ? g_hash_table_lookup (rows->crowds, &key) : NULL;

  row->is_counted = FALSE;
  if (crowd != NULL && --crowd->n_rows == 0)
    g_hash_table_remove (rows->crowds, &key);
}

void
pl_try_rows_remove (PlTryRows *rows, PlTryRow *row)
{
  pl_try_rows_leave_crowd (rows, row);
  rows->n_networks -= pl_try_row_stands_for_network (row);
  g_queue_unlink (row->queue, &row->link);
  g_hash_table_remove (rows->by_key, &row->key);
}

void
pl_try_rows_touch (PlTryRows *rows, PlTryRow *row, guint8 level)
{
  g_queue_unlink (row->queue, &row->link);
  row->level = level;
  row->last_us = rows->now_us;
  put_into_queue (rows, row);
}

/* Who has to wait is not remembered for longer by that. */
void
pl_try_rows_note_running (PlTryRows *rows, PlTryRow *row, int change)
{
  row->n_running += change;
  if (row->level == 0)
    pl_try_rows_touch (rows, row, 0);
}

static PlTryRow *
find_victim (PlTryRows *rows)
{
  if (rows->calm.head != NULL)
    return rows->calm.head->data;
  return rows->running.head != NULL ? rows->running.head->data : rows->waiting.head->data;
}

PlTryRow *
pl_try_rows_add (PlTryRows *rows, const PlTryKey *key, PlCircle circle)
{
  PlTryRow *row = g_new0 (PlTryRow, 1);

  if (g_hash_table_size (rows->by_key) >= PL_TRIES_PLACES)
    pl_try_rows_remove (rows, find_victim (rows));
  row->key = *key;
  row->circle = circle;
  row->link.data = row;
  row->first_us = row->last_us = rows->now_us;
  row->forgiven_us = -1;
  g_hash_table_insert (rows->by_key, &row->key, row);
  put_into_queue (rows, row);
  rows->n_networks += pl_try_row_stands_for_network (row);
  return row;
}

PlTryRow *
pl_try_rows_find (PlTryRows *rows, const PlTry *try)
{
  PlTryKey key = get_key (try);
  PlTryKey network_key = get_network_key (&key);
  PlTryRow *row = NULL;

  if (rows->n_networks > 0 && try->circle == PL_CIRCLE_WORLD)
    row = g_hash_table_lookup (rows->by_key, &network_key);
  return row != NULL ? row : g_hash_table_lookup (rows->by_key, &key);
}

PlTryRow *
pl_try_rows_ensure (PlTryRows *rows, const PlTry *try)
{
  PlTryRow *row = pl_try_rows_find (rows, try);
  PlTryKey key = get_key (try);

  return row != NULL ? row : pl_try_rows_add (rows, &key, try->circle);
}

static void
drop_old (PlTryRows *rows, GQueue *queue, gint64 memory_us)
{
  PlTryRow *row;

  while ((row = g_queue_peek_head (queue)) != NULL && row->n_running == 0
         && rows->now_us - row->last_us >= memory_us)
    pl_try_rows_remove (rows, row);
}

void
pl_try_rows_advance_clock (PlTryRows *rows, gint64 now_us)
{
  rows->now_us = MAX (rows->now_us, now_us);
  drop_old (rows, &rows->calm, PL_TRIES_WINDOW_US);
  drop_old (rows, &rows->waiting, PL_TRIES_MEMORY_US);
}

/* Crowds */

guint
pl_try_rows_join_crowd (PlTryRows *rows, PlTryRow *row, PlTryKey *network)
{
  Crowd *crowd;

  *network = get_network_key (&row->key);
  if (row->is_counted || row->circle != PL_CIRCLE_WORLD || pl_try_row_stands_for_network (row))
    return 0;
  crowd = g_hash_table_lookup (rows->crowds, network);
  if (crowd == NULL)
    {
      crowd = g_new0 (Crowd, 1);
      crowd->key = *network;
      g_hash_table_insert (rows->crowds, &crowd->key, crowd);
    }
  row->is_counted = TRUE;
  return ++crowd->n_rows;
}

GPtrArray *
pl_try_rows_dup_within (PlTryRows *rows, const PlNetwork *network)
{
  GPtrArray *within = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, rows->by_key);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (pl_network_contains (network, &((PlTryRow *) row)->key.network.address))
      g_ptr_array_add (within, row);
  return within;
}
