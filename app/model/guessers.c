/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever guesses passwords of links, and API keys as well, is one. */

#include "app/model/guessers.h"

/* It begins with what it is found by. */
typedef struct
{
  PlNetwork network;
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

/* Who chooses addresses that collide gains nothing: there are few rows, looked at once a second. */
static guint
hash_network (gconstpointer data)
{
  const PlNetwork *network = data;
  guint hash = network->prefix_bits;

  for (guint i = 0; i < sizeof network->address.bytes; i++)
    hash = hash * 31 + network->address.bytes[i];
  return hash;
}

static gboolean
networks_equal (gconstpointer a, gconstpointer b)
{
  return pl_network_equal (a, b);
}

PlGuessers *
pl_guessers_new (void)
{
  PlGuessers *guessers = g_new0 (PlGuessers, 1);

  guessers->rows = g_hash_table_new_full (hash_network, networks_equal, g_free, NULL);
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
renew (PlGuessers *guessers, const PlNetwork *network, gint64 now_us)
{
  Row *row = g_hash_table_lookup (guessers->rows, network);

  if (row != NULL)
    row->seen_us = now_us;
  return row != NULL;
}

/* Returns: whether they were news */
static gboolean
add (PlGuessers *guessers, const PlNetwork *network, gint64 now_us)
{
  Row *row;

  if (renew (guessers, network, now_us) || g_hash_table_size (guessers->rows) == PL_GUESSERS_PLACES)
    return FALSE;
  row = g_new (Row, 1);
  *row = (Row){ .network = *network, .seen_us = now_us };
  return g_hash_table_add (guessers->rows, row);
}

/* Those who still wait are not forgotten for others: they would be news each time. */
guint
pl_guessers_note (PlGuessers *guessers, const GArray *waiting, gint64 now_us, PlWaiting *last)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  guint n_new = 0;

  forget (guessers, now_us - PL_GUESSERS_MEMORY_US);
  for (guint i = 0; i < waiting->len; i++)
    {
      PlWaiting *one = &g_array_index (waiting, PlWaiting, i);
      if (one->circle == PL_CIRCLE_WORLD && !renew (guessers, &one->network, now_us))
        g_ptr_array_add (unknown, one);
    }
  if (g_hash_table_size (guessers->rows) + unknown->len > PL_GUESSERS_PLACES)
    forget (guessers, now_us);
  for (guint i = 0; i < unknown->len; i++)
    {
      const PlWaiting *one = unknown->pdata[i];
      if (!add (guessers, &one->network, now_us))
        continue;
      *last = *one;
      n_new++;
    }
  return n_new;
}
