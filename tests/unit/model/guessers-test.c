/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/guessers.h"

typedef struct
{
  PlGuessers *guessers;
  GArray *waiting;
  gint64 now_us;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->guessers = pl_guessers_new ();
  fixture->waiting = g_array_new (FALSE, FALSE, sizeof (PlWaiting));
  fixture->now_us = G_TIME_SPAN_HOUR;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  pl_guessers_free (fixture->guessers);
  g_array_unref (fixture->waiting);
}

/* 203.0.x.y for a @host of xy. */
static void
wait_one (Fixture *fixture, PlCircle circle, PlLogin login, guint host)
{
  guint8 octets[4] = { 203, 0, (guint8) (host >> 8), (guint8) host };
  PlAddress address = pl_address_from_ipv4 (octets, 0);
  PlWaiting waiting
      = { .network = pl_network_around (&address, 128), .login = login, .circle = circle };

  g_array_append_val (fixture->waiting, waiting);
}

static void
wait_many (Fixture *fixture, guint first_host, guint n_hosts)
{
  for (guint i = 0; i < n_hosts; i++)
    wait_one (fixture, PL_CIRCLE_WORLD, PL_LOGIN_PASSWORD, first_host + i);
}

static void
assert_new (Fixture *fixture, guint n_expected)
{
  PlWaiting last;

  g_assert_cmpuint (pl_guessers_note (fixture->guessers, fixture->waiting, fixture->now_us, &last),
                    ==, n_expected);
  fixture->now_us += G_USEC_PER_SEC;
}

static void
each_is_news_once (Fixture *fixture, gconstpointer data)
{
  assert_new (fixture, 0);
  wait_many (fixture, 1, 2);
  assert_new (fixture, 2);
  assert_new (fixture, 0);
  wait_one (fixture, PL_CIRCLE_WORLD, PL_LOGIN_KEY, 1);
  assert_new (fixture, 0);
  wait_one (fixture, PL_CIRCLE_WORLD, PL_LOGIN_KEY, 3);
  wait_one (fixture, PL_CIRCLE_WORLD, PL_LOGIN_PASSWORD, 3);
  assert_new (fixture, 1);

  g_array_set_size (fixture->waiting, 0);
  assert_new (fixture, 0);
  wait_many (fixture, 1, 2);
  assert_new (fixture, 0);
}

static void
the_last_is_told_of (Fixture *fixture, gconstpointer data)
{
  PlWaiting last;

  wait_many (fixture, 1, 2);
  g_assert_cmpuint (pl_guessers_note (fixture->guessers, fixture->waiting, fixture->now_us, &last),
                    ==, 2);
  g_assert_true (
      pl_network_equal (&last.network, &g_array_index (fixture->waiting, PlWaiting, 1).network));
}

static void
home_is_no_news (Fixture *fixture, gconstpointer data)
{
  wait_one (fixture, PL_CIRCLE_HOME, PL_LOGIN_PASSWORD, 1);
  assert_new (fixture, 0);
}

static void
are_forgotten_after_a_day (Fixture *fixture, gconstpointer data)
{
  wait_many (fixture, 1, 1);
  assert_new (fixture, 1);
  fixture->now_us += PL_GUESSERS_MEMORY_US - 2 * G_USEC_PER_SEC;
  assert_new (fixture, 0);
  fixture->now_us += PL_GUESSERS_MEMORY_US;
  assert_new (fixture, 1);
}

/* Who does not wait any more makes room. */
static void
there_is_a_bound (Fixture *fixture, gconstpointer data)
{
  wait_many (fixture, 0, PL_GUESSERS_PLACES + 10);
  assert_new (fixture, PL_GUESSERS_PLACES);
  assert_new (fixture, 0);
  g_array_set_size (fixture->waiting, 10);
  wait_many (fixture, 2 * PL_GUESSERS_PLACES, 5);
  assert_new (fixture, 5);
  assert_new (fixture, 0);
}

#define ADD(name, func) g_test_add ("/guessers/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-is-news-once", each_is_news_once);
  ADD ("the-last-is-told-of", the_last_is_told_of);
  ADD ("home-is-no-news", home_is_no_news);
  ADD ("are-forgotten-after-a-day", are_forgotten_after_a_day);
  ADD ("there-is-a-bound", there_is_a_bound);
  return g_test_run ();
}
