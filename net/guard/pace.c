/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pace is kept by one time for each kind (GCRA): when all that was asked so far would have been
 * asked at an even pace. It may be ahead of now by as much as may come at a time. */

#include "net/guard/pace.h"

#include "net/guard/seeded_hash.h"

#define IPV4_BITS 128
#define IPV6_BITS 64

/**
 * Row:
 * @link: in the queue, as long as it has no connections
 * @even_connections_us, @even_requests_us: as if they had come at an even pace
 */
typedef struct
{
  PlNetwork network;
  GList link;
  guint n_connections;
  gint64 even_connections_us;
  gint64 even_requests_us;
} Row;

/**
 * PlPace:
 * @mutex: guards what follows
 * @rows: by their networks
 * @idle: those that have no connections; who was heard of the longest ago comes first
 */
struct _PlPace
{
  PlPaceLimits limits;
  GMutex mutex;
  GHashTable *rows;
  GQueue idle;
  gint64 now_us;
};

static guint
hash_network (gconstpointer network)
{
  return pl_seeded_hash_network (network);
}

static gboolean
networks_equal (gconstpointer a, gconstpointer b)
{
  return pl_network_equal (a, b);
}

PlPace *
pl_pace_new (const PlPaceLimits *limits)
{
  PlPace *pace = g_new0 (PlPace, 1);

  pace->limits = *limits;
  g_mutex_init (&pace->mutex);
  pace->rows = g_hash_table_new_full (hash_network, networks_equal, NULL, g_free);
  return pace;
}

void
pl_pace_free (PlPace *pace)
{
  g_hash_table_unref (pace->rows);
  g_mutex_clear (&pace->mutex);
  g_free (pace);
}

static gboolean
is_quiet (const PlPace *pace, const Row *row)
{
  return row->even_connections_us <= pace->now_us && row->even_requests_us <= pace->now_us;
}

static void
remove_idle (PlPace *pace, Row *row)
{
  g_queue_unlink (&pace->idle, &row->link);
  g_hash_table_remove (pace->rows, &row->network);
}

static void
lock (PlPace *pace, gint64 now_us)
{
  Row *row;

  g_mutex_lock (&pace->mutex);
  pace->now_us = MAX (pace->now_us, now_us);
  while ((row = g_queue_peek_head (&pace->idle)) != NULL && is_quiet (pace, row))
    remove_idle (pace, row);
}

/* Returns: whether there is room for one more */
static gboolean
make_room (PlPace *pace)
{
  if (g_hash_table_size (pace->rows) < PL_PACE_PLACES)
    return TRUE;
  if (pace->idle.head == NULL)
    return FALSE;
  remove_idle (pace, pace->idle.head->data);
  return TRUE;
}

static Row *
find_row (PlPace *pace, const PlAddress *address)
{
  guint bits = pl_address_is_ipv4 (address) ? IPV4_BITS : IPV6_BITS;
  PlNetwork network = pl_network_around (address, bits);
  Row *row = g_hash_table_lookup (pace->rows, &network);

  if (row != NULL && row->n_connections == 0)
    g_queue_unlink (&pace->idle, &row->link);
  else if (row == NULL && make_room (pace))
    {
      row = g_new0 (Row, 1);
      row->network = network;
      row->link.data = row;
      g_hash_table_insert (pace->rows, &row->network, row);
    }
  if (row != NULL && row->n_connections == 0)
    g_queue_push_tail_link (&pace->idle, &row->link);
  return row;
}

static gboolean
take (const PlPace *pace, gint64 *even_us, guint at_a_time, guint per_s)
{
  gint64 interval_us = G_USEC_PER_SEC / per_s;

  if (*even_us - pace->now_us > (at_a_time - 1) * interval_us)
    return FALSE;
  *even_us = MAX (*even_us, pace->now_us) + interval_us;
  return TRUE;
}

gboolean
pl_pace_admit (PlPace *pace, const PlAddress *address, gint64 now_us)
{
  const PlPaceLimits *limits = &pace->limits;
  Row *row;
  gboolean admits;

  lock (pace, now_us);
  row = find_row (pace, address);
  admits = row == NULL
           || (row->n_connections < limits->connections
               && take (pace, &row->even_connections_us, limits->new_connections,
                        limits->new_connections_per_s));
  g_mutex_unlock (&pace->mutex);
  return admits;
}

gboolean
pl_pace_enter (PlPace *pace, const PlAddress *address, gint64 now_us)
{
  Row *row;

  lock (pace, now_us);
  row = find_row (pace, address);
  if (row != NULL && row->n_connections++ == 0)
    g_queue_unlink (&pace->idle, &row->link);
  g_mutex_unlock (&pace->mutex);
  return row != NULL;
}

void
pl_pace_leave (PlPace *pace, const PlAddress *address, gint64 now_us)
{
  Row *row;

  lock (pace, now_us);
  row = find_row (pace, address); /* is there: who has connections is not forgotten */
  if (--row->n_connections == 0)
    g_queue_push_tail_link (&pace->idle, &row->link);
  g_mutex_unlock (&pace->mutex);
}

gboolean
pl_pace_ask (PlPace *pace, const PlAddress *address, gint64 now_us)
{
  const PlPaceLimits *limits = &pace->limits;
  gboolean may;
  Row *row;

  lock (pace, now_us);
  row = find_row (pace, address);
  may = row == NULL
        || take (pace, &row->even_requests_us, limits->requests, limits->requests_per_s);
  g_mutex_unlock (&pace->mutex);
  return may;
}

guint
pl_pace_get_n (PlPace *pace)
{
  guint n;

  g_mutex_lock (&pace->mutex);
  n = g_hash_table_size (pace->rows);
  g_mutex_unlock (&pace->mutex);
  return n;
}
