/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/guard.h"

#define THREADS 4
#define ROUNDS  20000

static PlTry
get_try (PlLogin login)
{
  static const guint8 octets[] = { 203, 0, 113, 9 };

  return (PlTry){ .login = login,
                  .circle = PL_CIRCLE_WORLD,
                  .address = pl_address_from_ipv4 (octets, 1) };
}

static gpointer
guess (gpointer data)
{
  PlTry try = get_try (PL_LOGIN_PASSWORD), key = get_try (PL_LOGIN_KEY);
  gsize n_seen = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      pl_guard_begin (data, &key, 0);
      if (pl_guard_begin (data, &try, 0) > 0)
        continue;
      n_seen++;
      pl_guard_end (data, &try, PL_LOGIN_FAILED, 0);
    }
  return GSIZE_TO_POINTER (n_seen);
}

/* Whoever guesses by way of all workers at once gets no more. */
static void
test_workers_share_it (void)
{
  g_autoptr (PlGuard) guard = pl_guard_new ();
  GThread *threads[THREADS];
  gsize n_seen = 0;

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new (NULL, guess, guard);
  for (guint i = 0; i < THREADS; i++)
    n_seen += GPOINTER_TO_SIZE (g_thread_join (threads[i]));
  g_assert_cmpuint (n_seen, ==, PL_TRIES_FREE);

  g_autoptr (GArray) waiting = pl_guard_dup_waiting (guard, 0);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpuint (g_array_index (waiting, PlWaiting, 0).n_refused, ==,
                    THREADS * ROUNDS - PL_TRIES_FREE);
  pl_guard_forgive (guard, &g_array_index (waiting, PlWaiting, 0).network);
  PlTry try = get_try (PL_LOGIN_PASSWORD);
  g_assert_cmpuint (pl_guard_begin (guard, &try, 0), ==, 0);
}

/* Figures for those who change this: run with -m perf. */
static void
test_costs_little (void)
{
  g_autoptr (PlGuard) guard = pl_guard_new ();
  PlTry try = get_try (PL_LOGIN_PASSWORD), key = get_try (PL_LOGIN_KEY);

  g_test_timer_start ();
  for (guint i = 0; i < 1000000; i++)
    if (pl_guard_begin (guard, &try, i) == 0)
      pl_guard_end (guard, &try, PL_LOGIN_SUCCEEDED, i);
  g_test_minimized_result (g_test_timer_elapsed () * 1000, "a login, ns: %.0f",
                           g_test_timer_elapsed () * 1000);
  g_test_timer_start ();
  for (guint i = 0; i < 1000000; i++)
    pl_guard_begin (guard, &key, i);
  g_test_minimized_result (g_test_timer_elapsed () * 1000, "a request with an API key, ns: %.1f",
                           g_test_timer_elapsed () * 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guard/workers-share-it", test_workers_share_it);
  if (g_test_perf ())
    g_test_add_func ("/guard/costs-little", test_costs_little);
  return g_test_run ();
}
