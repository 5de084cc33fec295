/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row is found by where the tries come from and what is tried, as pl_waiting_is_same() compares
 * them. */

#include "app/model/guessers.h"

#include "app/model/waiting.h"

typedef struct
{
  PlWaiting waiting;
  gint64 seen_us;
} Row;

/**
 * PlGuessers:
 * @rows: a set of #Row
 */
struct _PlGuessers
{
  GHashTable *rows;
};

static guint
hash_row (gconstpointer data)
{
  const PlWaiting *waiting = &((const Row *) data)->waiting;
  guint hash = waiting->network.prefix_bits ^ (guint) waiting->login << 8;

  for (guint i = 0; i < sizeof waiting->network.address.bytes; i++)
    hash = (hash ^ waiting->network.address.bytes[i]) * 16777619u;
  return hash;
}

static gboolean
rows_equal (gconstpointer a, gconstpointer b)
{
  return pl_waiting_is_same (&((const Row *) a)->waiting, &((const Row *) b)->waiting);
}

PlGuessers *
pl_guessers_new (void)
{
  PlGuessers *guessers = g_new0 (PlGuessers, 1);

  guessers->rows = g_hash_table_new_full (hash_row, rows_equal, g_free, NULL);
  return guessers;
}

void
pl_guessers_free (PlGuessers *guessers)
{
  g_hash_table_unref (guessers->rows);
  g_free (guessers);
}

static gboolean
is_older (gpointer key, gpointer value, gpointer since_us)
{
  return ((const Row *) key)->seen_us < *(const gint64 *) since_us;
}

static void
forget (PlGuessers *guessers, gint64 before_us)
{
  g_hash_table_foreach_remove (guessers->rows, is_older, &before_us);
}

static gboolean
renew (PlGuessers *guessers, const PlWaiting *waiting, gint64 now_us)
{
  Row sought = { .waiting = *waiting };
  Row *row = g_hash_table_lookup (guessers->rows, &sought);

  if (row != NULL)
    row->seen_us = now_us;
  return row != NULL;
}

static void
add (PlGuessers *guessers, const PlWaiting *waiting, gint64 now_us)
{
  Row *row = g_new (Row, 1);

  *row = (Row){ .waiting = *waiting, .seen_us = now_us };
  g_hash_table_add (guessers->rows, row);
}

/* Those who still wait are not forgotten for others: they would be news each time. */
guint
pl_guessers_note (PlGuessers *guessers, const GArray *waiting, gint64 now_us, PlWaiting *last)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  guint n_new;

  forget (guessers, now_us - PL_GUESSERS_MEMORY_US);
  for (guint i = 0; i < waiting->len; i++)
    {
      const PlWaiting *one = &g_array_index (waiting, PlWaiting, i);
      if (one->circle == PL_CIRCLE_WORLD && !renew (guessers, one, now_us))
        g_ptr_array_add (unknown, (gpointer) one);
    }
  if (g_hash_table_size (guessers->rows) + unknown->len > PL_GUESSERS_PLACES)
    forget (guessers, now_us);
  n_new = MIN (unknown->len, PL_GUESSERS_PLACES - g_hash_table_size (guessers->rows));
  for (guint i = 0; i < n_new; i++)
    add (guessers, unknown->pdata[i], now_us);
  if (n_new > 0)
    *last = *(const PlWaiting *) unknown->pdata[n_new - 1];
  return n_new;
}
