/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/tries.h"

#define SECOND_US ((gint64) G_USEC_PER_SEC)

/* Waits double from the first to the longest. */
#define FIRST_WAIT_S        30
#define LONGEST_WAIT_S      3600
#define FIRST_WAIT_HOME_S   2
#define LONGEST_WAIT_HOME_S 30

/* How long somebody waits who has too many tries running. */
#define RUNNING_WAIT_S 1

/* Of those who could make room, so many are looked at. */
#define VICTIMS 32

/* Whole 128 bits of an address, and how much of one counts for whom. */
#define IPV4_BITS         128
#define IPV4_NETWORK_BITS 120
#define IPV6_BITS         64
#define IPV6_NETWORK_BITS 48

/* What a row is found by, and a network. */
typedef struct
{
  PlNetwork network;
  PlLogin login;
} Key;

/**
 * Row:
 * @link: in one of the queues
 * @failed_us, @secrets, @n_failures, @next: the last that failed, a ring
 * @last_us: when something was last heard of it
 * @forgiven_us: when a success has forgiven something; -1: never
 * @level: how often it had to wait
 * @n_running: tries that Immich has not answered
 * @is_counted: among those of its network
 */
typedef struct
{
  Key key;
  GList link;
  PlCircle circle;
  gint64 failed_us[PL_TRIES_FREE];
  guint32 secrets[PL_TRIES_FREE];
  gint64 first_us;
  gint64 last_us;
  gint64 until_us;
  gint64 forgiven_us;
  guint n_failed;
  guint n_refused;
  guint n_running;
  guint8 n_failures;
  guint8 next;
  guint8 level;
  gboolean is_counted;
} Row;

/* How many rows there are of one network. */
typedef struct
{
  Key key;
  guint n_rows;
} Crowd;

/**
 * PlTries:
 * @rows, @crowds: by their keys
 * @calm, @waiting: rows that never had to wait, and those that had; the quietest first
 * @n_networks: rows that stand for a whole network
 * @now_us: the latest time that was heard of
 */
struct _PlTries
{
  GHashTable *rows;
  GHashTable *crowds;
  GQueue calm;
  GQueue waiting;
  guint n_networks;
  gint64 now_us;
};

/* Which addresses collide is not to be known outside. Set once, before there is a table. */
static gsize seed = 0;

static void
ensure_seed (void)
{
  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, (gsize) g_random_int () | 1);
}

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;
  guint32 hash = (guint32) seed ^ key->network.prefix_bits ^ (guint32) key->login << 8;

  for (guint i = 0; i < sizeof key->network.address.bytes; i++)
    hash = (hash ^ key->network.address.bytes[i]) * 16777619u;
  return hash ^ hash >> 15;
}

static gboolean
keys_equal (gconstpointer a, gconstpointer b)
{
  const Key *key = a, *other = b;

  return key->network.prefix_bits == other->network.prefix_bits && key->login == other->login
         && memcmp (key->network.address.bytes, other->network.address.bytes,
                    sizeof key->network.address.bytes)
                == 0;
}

static Key
get_key (const PlTry *try)
{
  guint bits = pl_address_is_ipv4 (&try->address) ? IPV4_BITS : IPV6_BITS;

  return (Key){ .network = pl_network_around (&try->address, bits), .login = try->login };
}

static Key
get_network_key (const Key *key)
{
  guint bits = pl_address_is_ipv4 (&key->network.address) ? IPV4_NETWORK_BITS : IPV6_NETWORK_BITS;

  return (Key){ .network = pl_network_around (&key->network.address, bits), .login = key->login };
}

PlTries *
pl_tries_new (void)
{
  PlTries *tries = g_new0 (PlTries, 1);

  ensure_seed ();
  tries->rows = g_hash_table_new_full (hash_key, keys_equal, NULL, g_free);
  tries->crowds = g_hash_table_new_full (hash_key, keys_equal, NULL, g_free);
  return tries;
}

void
pl_tries_free (PlTries *tries)
{
  g_hash_table_unref (tries->rows);
  g_hash_table_unref (tries->crowds);
  g_free (tries);
}

/* Rows */

static gboolean
stands_for_network (const Row *row)
{
  guint bits = row->key.network.prefix_bits;

  return bits == IPV4_NETWORK_BITS || bits == IPV6_NETWORK_BITS;
}

static GQueue *
get_queue (PlTries *tries, const Row *row)
{
  return row->level > 0 ? &tries->waiting : &tries->calm;
}

static void
leave_crowd (PlTries *tries, Row *row)
{
  Key key = get_network_key (&row->key);
  Crowd *crowd = row->is_counted ? g_hash_table_lookup (tries->crowds, &key) : NULL;

  row->is_counted = FALSE;
  if (crowd != NULL && --crowd->n_rows == 0)
    g_hash_table_remove (tries->crowds, &key);
}

static void
remove_row (PlTries *tries, Row *row)
{
  leave_crowd (tries, row);
  tries->n_networks -= stands_for_network (row);
  g_queue_unlink (get_queue (tries, row), &row->link);
  g_hash_table_remove (tries->rows, &row->key);
}

/* To the end of its queue, which may be another one than it was in. */
static void
touch (PlTries *tries, Row *row, guint8 level)
{
  g_queue_unlink (get_queue (tries, row), &row->link);
  row->level = level;
  row->last_us = tries->now_us;
  g_queue_push_tail_link (get_queue (tries, row), &row->link);
}

static Row *
find_victim (PlTries *tries)
{
  GList *link = tries->calm.head;

  for (guint i = 0; link != NULL && i < VICTIMS; i++, link = link->next)
    if (((Row *) link->data)->n_running == 0)
      return link->data;
  link = tries->waiting.head != NULL ? tries->waiting.head : tries->calm.head;
  return link->data;
}

static Row *
add_row (PlTries *tries, const Key *key, PlCircle circle)
{
  Row *row = g_new0 (Row, 1);

  if (g_hash_table_size (tries->rows) >= PL_TRIES_PLACES)
    remove_row (tries, find_victim (tries));
  row->key = *key;
  row->circle = circle;
  row->link.data = row;
  row->first_us = row->last_us = tries->now_us;
  row->forgiven_us = -1;
  g_hash_table_insert (tries->rows, &row->key, row);
  g_queue_push_tail_link (&tries->calm, &row->link);
  tries->n_networks += stands_for_network (row);
  return row;
}

static Row *
find_row (PlTries *tries, const PlTry *try)
{
  Key key = get_key (try);
  Key network_key = get_network_key (&key);
  Row *row = NULL;

  if (tries->n_networks > 0 && try->circle == PL_CIRCLE_WORLD)
    row = g_hash_table_lookup (tries->rows, &network_key);
  return row != NULL ? row : g_hash_table_lookup (tries->rows, &key);
}

static Row *
ensure_row (PlTries *tries, const PlTry *try)
{
  Row *row = find_row (tries, try);
  Key key = get_key (try);

  return row != NULL ? row : add_row (tries, &key, try->circle);
}

static void
drop_old (PlTries *tries, GQueue *queue, gint64 memory_us)
{
  Row *row;

  while ((row = g_queue_peek_head (queue)) != NULL && row->n_running == 0
         && tries->now_us - row->last_us >= memory_us)
    remove_row (tries, row);
}

static void
advance_clock (PlTries *tries, gint64 now_us)
{
  tries->now_us = MAX (tries->now_us, now_us);
  drop_old (tries, &tries->calm, PL_TRIES_WINDOW_US);
  drop_old (tries, &tries->waiting, PL_TRIES_MEMORY_US);
}

/* Failures */

static guint
count_recent (const PlTries *tries, const Row *row)
{
  guint n_recent = 0;

  for (guint i = 0; i < row->n_failures; i++)
    n_recent += tries->now_us - row->failed_us[i] < PL_TRIES_WINDOW_US;
  return n_recent;
}

static gboolean
is_known_secret (const Row *row, guint32 secret)
{
  for (guint i = 0; i < row->n_failures; i++)
    if (secret != 0 && row->secrets[i] == secret)
      return TRUE;
  return FALSE;
}

static void
note_failure (Row *row, gint64 when_us, guint32 secret)
{
  row->failed_us[row->next] = when_us;
  row->secrets[row->next] = secret;
  row->next = (row->next + 1) % PL_TRIES_FREE;
  row->n_failures = MIN (row->n_failures + 1, PL_TRIES_FREE);
}

static void
make_wait (PlTries *tries, Row *row)
{
  gboolean is_home = row->circle == PL_CIRCLE_HOME;
  gint64 first_s = is_home ? FIRST_WAIT_HOME_S : FIRST_WAIT_S;
  gint64 longest_s = is_home ? LONGEST_WAIT_HOME_S : LONGEST_WAIT_S;
  guint8 level = MIN (row->level + 1, 16);

  touch (tries, row, level);
  row->until_us = tries->now_us + MIN (first_s << (level - 1), longest_s) * SECOND_US;
}

static void
judge_row (PlTries *tries, Row *row)
{
  if (row->level > 0 || count_recent (tries, row) >= PL_TRIES_FREE)
    make_wait (tries, row);
}

/* Networks whose addresses are many */

static void
take_over (Row *to, const Row *row)
{
  to->first_us = MIN (to->first_us, row->first_us);
  to->until_us = MAX (to->until_us, row->until_us);
  to->n_failed += row->n_failed;
  to->n_refused += row->n_refused;
  to->n_running += row->n_running;
  for (guint i = 0; i < row->n_failures; i++)
    if (to->n_failures < PL_TRIES_FREE || to->failed_us[to->next] < row->failed_us[i])
      note_failure (to, row->failed_us[i], row->secrets[i]);
}

static gboolean
is_part_of (const Row *row, const Key *network)
{
  return row->circle == PL_CIRCLE_WORLD && !stands_for_network (row)
         && row->key.login == network->login
         && pl_network_contains (&network->network, &row->key.network.address);
}

/* The new row comes first: to have room for it, one of its parts may have to go. */
static void
make_one (PlTries *tries, const Key *network)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  Row *one = add_row (tries, network, PL_CIRCLE_WORLD);
  guint8 level = 0;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, tries->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (is_part_of (value, network))
      g_ptr_array_add (parts, value);
  for (guint i = 0; i < parts->len; i++)
    {
      Row *part = parts->pdata[i];

      take_over (one, part);
      level = MAX (level, part->level);
      remove_row (tries, part);
    }
  touch (tries, one, level);
  judge_row (tries, one);
}

/* Home has no crowds: few live there. */
static void
join_crowd (PlTries *tries, Row *row)
{
  Key key = get_network_key (&row->key);
  Crowd *crowd;

  if (row->is_counted || row->circle != PL_CIRCLE_WORLD || stands_for_network (row))
    return;
  crowd = g_hash_table_lookup (tries->crowds, &key);
  if (crowd == NULL)
    {
      crowd = g_new0 (Crowd, 1);
      crowd->key = key;
      g_hash_table_insert (tries->crowds, &crowd->key, crowd);
    }
  row->is_counted = TRUE;
  if (++crowd->n_rows >= PL_TRIES_OF_NETWORK)
    make_one (tries, &key);
}

/* Tries */

static guint
get_seconds (gint64 duration_us)
{
  return (guint) ((duration_us + SECOND_US - 1) / SECOND_US);
}

static guint
get_n_allowed (const PlTries *tries, const Row *row)
{
  return row->level > 0 ? 1 : PL_TRIES_FREE - MIN (count_recent (tries, row), PL_TRIES_FREE - 1);
}

static guint
get_wait_s (const PlTries *tries, const Row *row, PlLogin login)
{
  if (row->until_us > tries->now_us)
    return get_seconds (row->until_us - tries->now_us);
  if (login != PL_LOGIN_KEY && row->n_running >= get_n_allowed (tries, row))
    return RUNNING_WAIT_S;
  return 0;
}

guint
pl_tries_begin (PlTries *tries, const PlTry *try, gint64 now_us)
{
  Row *row;
  guint wait_s;

  advance_clock (tries, now_us);
  row = find_row (tries, try);
  wait_s = row != NULL ? get_wait_s (tries, row, try->login) : 0;
  if (wait_s > 0)
    row->n_refused++;
  else if (try->login != PL_LOGIN_KEY)
    ensure_row (tries, try)->n_running++;
  return wait_s;
}

static gboolean
is_blank (const Row *row)
{
  return row->n_running == 0 && row->n_failures == 0 && row->level == 0 && row->forgiven_us < 0;
}

static void
fail (PlTries *tries, Row *row, const PlTry *try)
{
  if (is_known_secret (row, try->secret))
    return;
  row->circle = try->circle;
  row->n_failed++;
  note_failure (row, tries->now_us, try->secret);
  touch (tries, row, row->level);
  judge_row (tries, row);
  join_crowd (tries, row);
}

static void
succeed (PlTries *tries, Row *row)
{
  gboolean had_lately
      = row->forgiven_us >= 0 && tries->now_us - row->forgiven_us < PL_TRIES_WINDOW_US;

  if (row->n_failures == 0 || had_lately)
    return;
  leave_crowd (tries, row);
  touch (tries, row, 0);
  row->until_us = 0;
  row->n_failed = row->n_refused = row->n_failures = row->next = 0;
  row->first_us = row->forgiven_us = tries->now_us;
}

void
pl_tries_end (PlTries *tries, const PlTry *try, PlLoginOutcome outcome, gint64 now_us)
{
  Row *row;

  advance_clock (tries, now_us);
  row = find_row (tries, try);
  if (row == NULL && outcome != PL_LOGIN_FAILED)
    return;
  row = ensure_row (tries, try);
  if (try->login != PL_LOGIN_KEY && row->n_running > 0)
    row->n_running--;
  if (outcome == PL_LOGIN_FAILED)
    fail (tries, row, try);
  else if (outcome == PL_LOGIN_SUCCEEDED)
    succeed (tries, row);
  row = find_row (tries, try);
  if (row != NULL && is_blank (row))
    remove_row (tries, row);
}

void
pl_tries_forgive (PlTries *tries, const PlNetwork *network)
{
  g_autoptr (GPtrArray) forgiven = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, tries->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (pl_network_contains (network, &((Row *) value)->key.network.address))
      g_ptr_array_add (forgiven, value);
  for (guint i = 0; i < forgiven->len; i++)
    remove_row (tries, forgiven->pdata[i]);
}

guint
pl_tries_get_n (const PlTries *tries)
{
  return g_hash_table_size (tries->rows);
}

GArray *
pl_tries_dup_waiting (PlTries *tries, gint64 now_us)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (PlWaiting));

  advance_clock (tries, now_us);
  for (GList *link = tries->waiting.head; link != NULL; link = link->next)
    {
      const Row *row = link->data;
      PlWaiting waiting = {
        .network = row->key.network,
        .login = row->key.login,
        .circle = row->circle,
        .since_us = tries->now_us - row->first_us,
        .left_us = row->until_us - tries->now_us,
        .n_failed = row->n_failed,
        .n_refused = row->n_refused,
      };

      if (waiting.left_us > 0)
        g_array_append_val (all, waiting);
    }
  return all;
}
