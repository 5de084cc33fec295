/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/tries.h"

#include "net/guard/try_rows.h"

#define SECOND_US ((gint64) G_USEC_PER_SEC)

/* Waits double from the first to the longest. */
#define FIRST_WAIT_S        30
#define LONGEST_WAIT_S      3600
#define FIRST_WAIT_HOME_S   2
#define LONGEST_WAIT_HOME_S 30

/* How long somebody waits who has too many tries running. */
#define RUNNING_WAIT_S 1

struct _PlTries
{
  PlTryRows rows;
};

PlTries *
pl_tries_new (void)
{
  PlTries *tries = g_new (PlTries, 1);

  pl_try_rows_init (&tries->rows);
  return tries;
}

void
pl_tries_free (PlTries *tries)
{
  pl_try_rows_clear (&tries->rows);
  g_free (tries);
}

/* Failures */

static guint
count_recent (const PlTryRows *rows, const PlTryRow *row)
{
  guint n_recent = 0;

  for (guint i = 0; i < row->n_failures; i++)
    n_recent += rows->now_us - row->failed_us[i] < PL_TRIES_WINDOW_US;
  return n_recent;
}

static gboolean
is_known_secret (const PlTryRow *row, guint32 secret)
{
  for (guint i = 0; i < row->n_failures; i++)
    if (secret != 0 && row->secrets[i] == secret)
      return TRUE;
  return FALSE;
}

static void
note_failure (PlTryRow *row, gint64 when_us, guint32 secret)
{
  row->failed_us[row->next] = when_us;
  row->secrets[row->next] = secret;
  row->next = (row->next + 1) % PL_TRIES_FREE;
  row->n_failures = MIN (row->n_failures + 1, PL_TRIES_FREE);
}

static void
make_wait (PlTryRows *rows, PlTryRow *row)
{
  gboolean is_home = row->circle == PL_CIRCLE_HOME;
  gint64 first_s = is_home ? FIRST_WAIT_HOME_S : FIRST_WAIT_S;
  gint64 longest_s = is_home ? LONGEST_WAIT_HOME_S : LONGEST_WAIT_S;
  guint8 level = MIN (row->level + 1, 16);

  pl_try_rows_touch (rows, row, level);
  row->until_us = rows->now_us + MIN (first_s << (level - 1), longest_s) * SECOND_US;
}

static void
judge_row (PlTryRows *rows, PlTryRow *row)
{
  if (row->level > 0 || count_recent (rows, row) >= PL_TRIES_FREE)
    make_wait (rows, row);
}

/* Networks whose addresses are many */

static void
take_over (PlTryRow *to, const PlTryRow *row)
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
is_part_of (const PlTryRow *row, PlLogin login)
{
  return row->circle == PL_CIRCLE_WORLD && !pl_try_row_stands_for_network (row)
         && row->key.login == login;
}

/* The new row comes first: to have room for it, one of its parts may have to go. */
static void
make_one (PlTryRows *rows, const PlTryKey *network)
{
  PlTryRow *one = pl_try_rows_add (rows, network, PL_CIRCLE_WORLD);
  g_autoptr (GPtrArray) within = pl_try_rows_dup_within (rows, &network->network);
  guint8 level = 0;

  for (guint i = 0; i < within->len; i++)
    {
      PlTryRow *row = within->pdata[i];

      if (!is_part_of (row, network->login))
        continue;
      take_over (one, row);
      level = MAX (level, row->level);
      pl_try_rows_remove (rows, row);
    }
  pl_try_rows_touch (rows, one, level);
  judge_row (rows, one);
}

static void
join_crowd (PlTryRows *rows, PlTryRow *row)
{
  PlTryKey network;

  if (pl_try_rows_join_crowd (rows, row, &network) >= PL_TRIES_OF_NETWORK)
    make_one (rows, &network);
}

/* Tries */

static guint
get_seconds (gint64 duration_us)
{
  return (guint) ((duration_us + SECOND_US - 1) / SECOND_US);
}

static guint
get_n_allowed (const PlTryRows *rows, const PlTryRow *row)
{
  return row->level > 0 ? 1 : PL_TRIES_FREE - MIN (count_recent (rows, row), PL_TRIES_FREE - 1);
}

static guint
get_wait_s (const PlTryRows *rows, const PlTryRow *row, PlLogin login)
{
  if (row->until_us > rows->now_us)
    return get_seconds (row->until_us - rows->now_us);
  if (login != PL_LOGIN_KEY && row->n_running >= get_n_allowed (rows, row))
    return RUNNING_WAIT_S;
  return 0;
}

guint
pl_tries_begin (PlTries *tries, const PlTry *try, gint64 now_us)
{
  PlTryRows *rows = &tries->rows;
  PlTryRow *row;
  guint wait_s;

  pl_try_rows_advance_clock (rows, now_us);
  row = pl_try_rows_find (rows, try);
  wait_s = row != NULL ? get_wait_s (rows, row, try->login) : 0;
  if (wait_s > 0)
    row->n_refused++;
  else if (try->login != PL_LOGIN_KEY)
    pl_try_rows_note_running (rows, pl_try_rows_ensure (rows, try), 1);
  return wait_s;
}

static gboolean
is_blank (const PlTryRow *row)
{
  return row->n_running == 0 && row->n_failures == 0 && row->level == 0 && row->forgiven_us < 0;
}

static void
fail (PlTryRows *rows, PlTryRow *row, const PlTry *try)
{
  if (is_known_secret (row, try->secret))
    return;
  row->circle = try->circle;
  row->n_failed++;
  note_failure (row, rows->now_us, try->secret);
  pl_try_rows_touch (rows, row, row->level);
  judge_row (rows, row);
  join_crowd (rows, row);
}

static void
succeed (PlTryRows *rows, PlTryRow *row)
{
  gboolean had_lately
      = row->forgiven_us >= 0 && rows->now_us - row->forgiven_us < PL_TRIES_WINDOW_US;

  if (row->n_failures == 0 || had_lately)
    return;
  pl_try_rows_leave_crowd (rows, row);
  pl_try_rows_touch (rows, row, 0);
  row->until_us = 0;
  row->n_failed = row->n_refused = row->n_failures = row->next = 0;
  row->first_us = row->forgiven_us = rows->now_us;
}

void
pl_tries_end (PlTries *tries, const PlTry *try, PlLoginOutcome outcome, gint64 now_us)
{
  PlTryRows *rows = &tries->rows;
  PlTryRow *row;

  pl_try_rows_advance_clock (rows, now_us);
  row = pl_try_rows_find (rows, try);
  if (row == NULL && outcome != PL_LOGIN_FAILED)
    return;
  row = pl_try_rows_ensure (rows, try);
  if (try->login != PL_LOGIN_KEY && row->n_running > 0)
    pl_try_rows_note_running (rows, row, -1);
  if (outcome == PL_LOGIN_FAILED)
    fail (rows, row, try);
  else if (outcome == PL_LOGIN_SUCCEEDED)
    succeed (rows, row);
  row = pl_try_rows_find (rows, try);
  if (row != NULL && is_blank (row))
    pl_try_rows_remove (rows, row);
}

void
pl_tries_forgive (PlTries *tries, const PlNetwork *network)
{
  g_autoptr (GPtrArray) forgiven = pl_try_rows_dup_within (&tries->rows, network);

  for (guint i = 0; i < forgiven->len; i++)
    pl_try_rows_remove (&tries->rows, forgiven->pdata[i]);
}

guint
pl_tries_get_n (const PlTries *tries)
{
  return g_hash_table_size (tries->rows.by_key);
}

GArray *
pl_tries_dup_waiting (PlTries *tries, gint64 now_us)
{
  PlTryRows *rows = &tries->rows;
  GArray *all = g_array_new (FALSE, FALSE, sizeof (PlWaiting));

  pl_try_rows_advance_clock (rows, now_us);
  for (GList *link = rows->waiting.head; link != NULL; link = link->next)
    {
      const PlTryRow *row = link->data;
      PlWaiting waiting = {
        .network = row->key.network,
        .login = row->key.login,
        .circle = row->circle,
        .since_us = rows->now_us - row->first_us,
        .left_us = row->until_us - rows->now_us,
        .n_failed = row->n_failed,
        .n_refused = row->n_refused,
      };

      if (waiting.left_us > 0)
        g_array_append_val (all, waiting);
    }
  return all;
}
