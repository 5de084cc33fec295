/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/tries.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)

static PlTry
from (const char *address)
{
  PlTry try = { .login = PL_LOGIN_PASSWORD, .circle = PL_CIRCLE_WORLD };

  g_assert_true (pl_address_parse (pl_slice_from_string (address), &try.address));
  return try;
}

/* Returns: 0: it was seen, and ended so; else how long it must wait */
static guint
make (PlTries *tries, const PlTry *try, PlLoginOutcome outcome, gint64 now_us)
{
  guint wait_s = pl_tries_begin (tries, try, now_us);

  if (wait_s == 0)
    pl_tries_end (tries, try, outcome, now_us);
  return wait_s;
}

static void
fail (PlTries *tries, const PlTry *try, guint n, gint64 now_us)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (make (tries, try, PL_LOGIN_FAILED, now_us), ==, 0);
}

static void
test_waits_after_five (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9"), other = from ("203.0.113.10");

  fail (tries, &try, 5, 0);
  g_assert_cmpuint (make (tries, &try, PL_LOGIN_SUCCEEDED, SECOND), ==, 29);
  g_assert_cmpuint (make (tries, &try, PL_LOGIN_FAILED, 30 * SECOND - 1), ==, 1);
  g_assert_cmpuint (make (tries, &other, PL_LOGIN_SUCCEEDED, SECOND), ==, 0);
  g_assert_cmpuint (make (tries, &try, PL_LOGIN_FAILED, 30 * SECOND), ==, 0);
  g_assert_cmpuint (make (tries, &try, PL_LOGIN_FAILED, 31 * SECOND), ==, 59);
}

static void
test_waits_longer_up_to_an_hour (void)
{
  static const guint waits[] = { 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600 };
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9");
  gint64 now = 0;

  fail (tries, &try, 4, now);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      fail (tries, &try, 1, now);
      g_assert_cmpuint (pl_tries_begin (tries, &try, now), ==, waits[i]);
      now += waits[i] * SECOND;
    }
  now += PL_TRIES_MEMORY_US;
  fail (tries, &try, 5, now);
  g_assert_cmpuint (pl_tries_begin (tries, &try, now), ==, 30);
}

static void
test_slow_mistakes_are_none (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9");

  for (guint i = 0; i < 100; i++)
    fail (tries, &try, 1, i * 3 * MINUTE);
  g_assert_cmpuint (pl_tries_get_n (tries), ==, 1);
}

static void
test_success_forgives_now_and_then (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9");

  fail (tries, &try, 4, 0);
  g_assert_cmpuint (make (tries, &try, PL_LOGIN_SUCCEEDED, SECOND), ==, 0);
  fail (tries, &try, 4, 2 * SECOND);
  g_assert_cmpuint (make (tries, &try, PL_LOGIN_SUCCEEDED, 3 * SECOND), ==, 0);
  fail (tries, &try, 1, 4 * SECOND);
  g_assert_cmpuint (pl_tries_begin (tries, &try, 4 * SECOND), ==, 30);
  g_assert_cmpuint (make (tries, &try, PL_LOGIN_SUCCEEDED, 11 * MINUTE), ==, 0);
  fail (tries, &try, 4, 11 * MINUTE);
}

static void
test_nothing_is_kept_of_who_succeeds (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9");

  make (tries, &try, PL_LOGIN_SUCCEEDED, 0);
  make (tries, &try, PL_LOGIN_UNKNOWN, 0);
  g_assert_cmpuint (pl_tries_get_n (tries), ==, 0);
}

static void
test_tries_that_run_count (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9");

  fail (tries, &try, 2, 0);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (pl_tries_begin (tries, &try, 0), ==, 0);
  g_assert_cmpuint (pl_tries_begin (tries, &try, 0), ==, 1);
  pl_tries_end (tries, &try, PL_LOGIN_UNKNOWN, SECOND);
  g_assert_cmpuint (pl_tries_begin (tries, &try, SECOND), ==, 0);
  for (guint i = 0; i < 3; i++)
    pl_tries_end (tries, &try, PL_LOGIN_FAILED, 2 * SECOND);
  g_assert_cmpuint (pl_tries_begin (tries, &try, 2 * SECOND), ==, 30);

  /* Then one at a time. */
  g_assert_cmpuint (pl_tries_begin (tries, &try, 32 * SECOND), ==, 0);
  g_assert_cmpuint (pl_tries_begin (tries, &try, 32 * SECOND), ==, 1);
}

static void
test_kinds_are_counted_apart (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry account = from ("203.0.113.9"), link = account;

  link.login = PL_LOGIN_LINK;
  fail (tries, &account, 4, 0);
  g_assert_cmpuint (make (tries, &link, PL_LOGIN_SUCCEEDED, 0), ==, 0);
  fail (tries, &account, 1, 0);
  g_assert_cmpuint (pl_tries_begin (tries, &account, 0), ==, 30);
  g_assert_cmpuint (pl_tries_begin (tries, &link, 0), ==, 0);
}

static void
test_one_key_again_is_no_guess (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9");

  try.login = PL_LOGIN_KEY;
  try.secret = 7;
  fail (tries, &try, 1000, 0);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (pl_tries_begin (tries, &try, 0), ==, 0);
  for (try.secret = 8; try.secret < 12; try.secret++)
    fail (tries, &try, 1, 0);
  g_assert_cmpuint (pl_tries_begin (tries, &try, 0), ==, 30);
}

static void
test_home_is_slowed_alone (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("192.168.1.7");
  gint64 now = 0;
  guint wait_s = 0, longest_s = 0;

  try.circle = PL_CIRCLE_HOME;
  fail (tries, &try, 5, now);
  g_assert_cmpuint (pl_tries_begin (tries, &try, now), ==, 2);
  for (guint i = 0; i < 100; i++)
    {
      wait_s = make (tries, &try, PL_LOGIN_FAILED, now);
      longest_s = MAX (longest_s, wait_s);
      now += wait_s * SECOND;
    }
  g_assert_cmpuint (longest_s, ==, 30);
}

static void
test_home_is_no_crowd (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("192.168.1.1");

  try.circle = PL_CIRCLE_HOME;
  for (guint i = 1; i < 200; i++)
    {
      try.address.bytes[15] = i;
      fail (tries, &try, 1, 0);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), ==, 199);
}

static void
test_ipv6_counts_by_64 (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry other = from ("2001:db8:0:2::1");

  for (guint i = 0; i < 5; i++)
    {
      PlTry try = from ("2001:db8:0:1::");

      try.address.bytes[15] = i;
      try.address.port = 1000 + i;
      fail (tries, &try, 1, 0);
      if (i == 4)
        g_assert_cmpuint (pl_tries_begin (tries, &try, 0), ==, 30);
    }
  g_assert_cmpuint (pl_tries_begin (tries, &other, 0), ==, 0);
}

static void
check_crowd (const char *first, guint varied_byte, const char *stranger)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from (first), other = from (stranger), silent = try;

  for (guint i = 1; i <= PL_TRIES_OF_NETWORK; i++)
    {
      try.address.bytes[varied_byte] = i;
      fail (tries, &try, 1, i);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), ==, 1);
  silent.address.bytes[varied_byte] = 200;
  g_assert_cmpuint (pl_tries_begin (tries, &silent, SECOND), ==, 30);
  g_assert_cmpuint (pl_tries_begin (tries, &other, SECOND), ==, 0);

  g_autoptr (GArray) waiting = pl_tries_dup_waiting (tries, SECOND);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpuint (g_array_index (waiting, PlWaiting, 0).n_failed, ==, PL_TRIES_OF_NETWORK);
  pl_tries_forgive (tries, &g_array_index (waiting, PlWaiting, 0).network);
  g_assert_cmpuint (pl_tries_begin (tries, &silent, SECOND), ==, 0);
}

static void
test_a_crowd_counts_as_one (void)
{
  check_crowd ("203.0.113.0", 15, "203.0.114.1");
  check_crowd ("2001:db8:1::", 7, "2001:db8:2::1");
}

static void
test_a_slow_crowd_is_none (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.0");

  for (guint i = 0; i < 256; i++)
    {
      try.address.bytes[15] = i;
      fail (tries, &try, 1, i * MINUTE);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), <=, 10);
}

static PlTry
number (guint i)
{
  PlTry try = from ("1.0.0.1");

  try.address.bytes[12] = 1 + i / 65536;
  try.address.bytes[13] = i / 256;
  try.address.bytes[14] = i;
  return try;
}

static void
test_a_flood_has_a_bound (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry guesser = from ("203.0.113.9"), first = number (0), last = number (99999);

  fail (tries, &guesser, 5, 0);
  for (guint i = 0; i < 100000; i++)
    {
      PlTry try = number (i);
      fail (tries, &try, 4, i);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), ==, PL_TRIES_PLACES);
  g_assert_cmpuint (pl_tries_begin (tries, &guesser, SECOND), >, 0);
  fail (tries, &last, 1, SECOND);
  g_assert_cmpuint (pl_tries_begin (tries, &last, SECOND), ==, 30);
  fail (tries, &first, 4, SECOND);
  g_assert_cmpuint (make (tries, &first, PL_LOGIN_FAILED, SECOND), ==, 0);
}

/* Each of them tries without an end, so that none is quiet. */
static void
test_a_flood_that_runs_has_a_bound (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();

  for (guint i = 0; i < 100000; i++)
    {
      PlTry try = number (i);
      g_assert_cmpuint (pl_tries_begin (tries, &try, i), ==, 0);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), ==, PL_TRIES_PLACES);
  for (guint i = 0; i < 100000; i++)
    {
      PlTry try = number (i);
      pl_tries_end (tries, &try, i % 2 ? PL_LOGIN_FAILED : PL_LOGIN_UNKNOWN, i);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), <=, PL_TRIES_PLACES);
}

/* Who waits is remembered, however many others wait for Immich. */
static void
test_who_waits_outlasts_a_flood_that_runs (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry guesser = from ("203.0.113.9");

  fail (tries, &guesser, 5, 0);
  for (guint i = 0; i < 2 * PL_TRIES_PLACES; i++)
    {
      PlTry try = number (i);
      g_assert_cmpuint (pl_tries_begin (tries, &try, i), ==, 0);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), ==, PL_TRIES_PLACES);
  g_assert_cmpuint (pl_tries_begin (tries, &guesser, SECOND), >, 0);
}

/* All wait, and all are of crowds. */
static void
test_a_flood_of_crowds (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("2001:db8::1");

  for (guint i = 0; i < 100000; i++)
    {
      try.address.bytes[3] = i / 4096;
      try.address.bytes[5] = i / 40;
      try.address.bytes[7] = i % 40;
      for (guint j = 0; j < 5; j++)
        make (tries, &try, PL_LOGIN_FAILED, i);
    }
  g_assert_cmpuint (pl_tries_get_n (tries), <=, PL_TRIES_PLACES);
}

static void
test_clocks_that_jump_do_no_harm (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9");

  fail (tries, &try, 5, MINUTE);
  g_assert_cmpuint (pl_tries_begin (tries, &try, 0), ==, 30);
  g_assert_cmpuint (pl_tries_begin (tries, &try, -MINUTE), ==, 30);
  g_assert_cmpuint (pl_tries_begin (tries, &try, G_MAXINT64 / 2), ==, 0);
  pl_tries_end (tries, &try, PL_LOGIN_FAILED, MINUTE);
  g_assert_cmpuint (pl_tries_begin (tries, &try, MINUTE), <=, 60);
}

static void
test_tells_who_waits (void)
{
  g_autoptr (PlTries) tries = pl_tries_new ();
  PlTry try = from ("203.0.113.9"), other = from ("203.0.113.10");

  fail (tries, &try, 5, MINUTE);
  fail (tries, &other, 4, MINUTE);
  make (tries, &try, PL_LOGIN_FAILED, MINUTE + 10 * SECOND);

  g_autoptr (GArray) all = pl_tries_dup_waiting (tries, MINUTE + 20 * SECOND);
  g_assert_cmpuint (all->len, ==, 1);
  const PlWaiting *waiting = &g_array_index (all, PlWaiting, 0);
  g_assert_cmpint (waiting->since_us, ==, 20 * SECOND);
  g_assert_cmpint (waiting->left_us, ==, 10 * SECOND);
  g_assert_cmpuint (waiting->n_failed, ==, 5);
  g_assert_cmpuint (waiting->n_refused, ==, 1);
  g_assert_cmpint (waiting->login, ==, PL_LOGIN_PASSWORD);
  g_assert_true (pl_network_contains (&waiting->network, &try.address));

  g_autoptr (GArray) none = pl_tries_dup_waiting (tries, MINUTE + 30 * SECOND);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tries/waits-after-five", test_waits_after_five);
  g_test_add_func ("/tries/waits-longer-up-to-an-hour", test_waits_longer_up_to_an_hour);
  g_test_add_func ("/tries/slow-mistakes-are-none", test_slow_mistakes_are_none);
  g_test_add_func ("/tries/success-forgives-now-and-then", test_success_forgives_now_and_then);
  g_test_add_func ("/tries/nothing-is-kept-of-who-succeeds", test_nothing_is_kept_of_who_succeeds);
  g_test_add_func ("/tries/tries-that-run-count", test_tries_that_run_count);
  g_test_add_func ("/tries/kinds-are-counted-apart", test_kinds_are_counted_apart);
  g_test_add_func ("/tries/one-key-again-is-no-guess", test_one_key_again_is_no_guess);
  g_test_add_func ("/tries/home-is-slowed-alone", test_home_is_slowed_alone);
  g_test_add_func ("/tries/home-is-no-crowd", test_home_is_no_crowd);
  g_test_add_func ("/tries/ipv6-counts-by-64", test_ipv6_counts_by_64);
  g_test_add_func ("/tries/a-crowd-counts-as-one", test_a_crowd_counts_as_one);
  g_test_add_func ("/tries/a-slow-crowd-is-none", test_a_slow_crowd_is_none);
  g_test_add_func ("/tries/a-flood-has-a-bound", test_a_flood_has_a_bound);
  g_test_add_func ("/tries/a-flood-that-runs-has-a-bound", test_a_flood_that_runs_has_a_bound);
  g_test_add_func ("/tries/who-waits-outlasts-a-flood-that-runs",
                   test_who_waits_outlasts_a_flood_that_runs);
  g_test_add_func ("/tries/a-flood-of-crowds", test_a_flood_of_crowds);
  g_test_add_func ("/tries/clocks-that-jump-do-no-harm", test_clocks_that_jump_do_no_harm);
  g_test_add_func ("/tries/tells-who-waits", test_tells_who_waits);
  return g_test_run ();
}
