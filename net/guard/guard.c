/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/guard.h"

/**
 * PlGuard:
 * @n_rows: of @tries; atomic, so that it can be asked without the mutex
 * @mutex: guards @tries
 */
struct _PlGuard
{
  gint n_rows;
  GMutex mutex;
  PlTries *tries;
};

PlGuard *
pl_guard_new (void)
{
  PlGuard *guard = g_new0 (PlGuard, 1);

  g_mutex_init (&guard->mutex);
  guard->tries = pl_tries_new ();
  return guard;
}

void
pl_guard_free (PlGuard *guard)
{
  pl_tries_free (guard->tries);
  g_mutex_clear (&guard->mutex);
  g_free (guard);
}

static void
unlock (PlGuard *guard)
{
  g_atomic_int_set (&guard->n_rows, (gint) pl_tries_get_n (guard->tries));
  g_mutex_unlock (&guard->mutex);
}

guint
pl_guard_begin (PlGuard *guard, const PlTry *try, gint64 now_us)
{
  guint wait_s;

  if (try->login == PL_LOGIN_KEY && g_atomic_int_get (&guard->n_rows) == 0)
    return 0;
  g_mutex_lock (&guard->mutex);
  wait_s = pl_tries_begin (guard->tries, try, now_us);
  unlock (guard);
  return wait_s;
}

void
pl_guard_end (PlGuard *guard, const PlTry *try, PlLoginOutcome outcome, gint64 now_us)
{
  if (try->login == PL_LOGIN_KEY && outcome != PL_LOGIN_FAILED)
    return;
  g_mutex_lock (&guard->mutex);
  pl_tries_end (guard->tries, try, outcome, now_us);
  unlock (guard);
}

void
pl_guard_forgive (PlGuard *guard, const PlNetwork *network)
{
  g_mutex_lock (&guard->mutex);
  pl_tries_forgive (guard->tries, network);
  unlock (guard);
}

GArray *
pl_guard_dup_waiting (PlGuard *guard, gint64 now_us)
{
  GArray *all;

  g_mutex_lock (&guard->mutex);
  all = pl_tries_dup_waiting (guard->tries, now_us);
  unlock (guard);
  return all;
}
