/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/pace.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static const PlPaceLimits limits = {
  .connections = 8,
  .new_connections = 4,
  .new_connections_per_s = 2,
  .requests = 100,
  .requests_per_s = 10,
};

static PlAddress
parse (const char *text)
{
  PlAddress address;

  g_assert_true (pl_address_parse (pl_slice_from_string (text), &address));
  return address;
}

static guint
ask_often (PlPace *pace, const PlAddress *address, gint64 now_us)
{
  guint n = 0;

  for (guint i = 0; i < 1000; i++)
    n += pl_pace_ask (pace, address, now_us);
  return n;
}

static void
test_many_at_a_time_then_some_a_second (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress address = parse ("203.0.113.9"), other = parse ("203.0.113.10");

  g_assert_cmpuint (ask_often (pace, &address, SECOND), ==, 100);
  g_assert_cmpuint (ask_often (pace, &other, SECOND), ==, 100);
  g_assert_cmpuint (ask_often (pace, &address, 2 * SECOND), ==, 10);
  g_assert_cmpuint (ask_often (pace, &address, SECOND), ==, 0);
  g_assert_cmpuint (ask_often (pace, &address, 1000 * SECOND), ==, 100);
}

static void
test_connections (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress address = parse ("203.0.113.9");

  for (guint i = 0; i < 8; i++)
    {
      g_assert_true (pl_pace_admit (pace, &address, i * SECOND));
      pl_pace_enter (pace, &address, i * SECOND);
    }
  g_assert_false (pl_pace_admit (pace, &address, 100 * SECOND));
  pl_pace_leave (pace, &address, 100 * SECOND);
  g_assert_true (pl_pace_admit (pace, &address, 100 * SECOND));
}

static void
test_new_connections (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress address = parse ("203.0.113.9");

  for (guint i = 0; i < 4; i++)
    g_assert_true (pl_pace_admit (pace, &address, SECOND));
  g_assert_false (pl_pace_admit (pace, &address, SECOND));
  g_assert_true (pl_pace_admit (pace, &address, SECOND + SECOND / 2));
  g_assert_false (pl_pace_admit (pace, &address, SECOND + SECOND / 2));
}

static void
test_a_64_is_one (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress one = parse ("2001:db8::1"), two = parse ("2001:db8::2"), far = parse ("2001:db8:1::");

  g_assert_cmpuint (ask_often (pace, &one, SECOND), ==, 100);
  g_assert_cmpuint (ask_often (pace, &two, SECOND), ==, 0);
  g_assert_cmpuint (ask_often (pace, &far, SECOND), ==, 100);
}

static void
test_who_has_gone_is_forgotten (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress address = parse ("203.0.113.9"), other = parse ("203.0.113.10");

  pl_pace_admit (pace, &address, SECOND);
  pl_pace_enter (pace, &address, SECOND);
  pl_pace_leave (pace, &address, 2 * SECOND);
  pl_pace_ask (pace, &other, 100 * SECOND);
  g_assert_cmpuint (pl_pace_get_n (pace), ==, 1);
}

static PlAddress
number (guint i)
{
  const guint8 octets[] = { 11 + i / 65536, i / 256, i, 1 };

  return pl_address_from_ipv4 (octets, 1);
}

static void
test_a_flood_has_a_bound (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress stays = parse ("203.0.113.9");

  for (guint i = 0; i < 8; i++)
    pl_pace_enter (pace, &stays, 0);
  for (guint i = 0; i < 100000; i++)
    {
      PlAddress address = number (i);

      g_assert_true (pl_pace_ask (pace, &address, i));
    }
  g_assert_cmpuint (pl_pace_get_n (pace), ==, PL_PACE_PLACES);
  g_assert_false (pl_pace_admit (pace, &stays, 100000));
}

/* Nobody can be forgotten: who is new is let in, and not counted. */
static void
test_a_flood_that_stays_has_a_bound (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);

  for (guint i = 0; i < 100000; i++)
    {
      PlAddress address = number (i);

      g_assert_true (pl_pace_admit (pace, &address, i));
      g_assert_cmpint (pl_pace_enter (pace, &address, i), ==, i < PL_PACE_PLACES);
    }
  g_assert_cmpuint (pl_pace_get_n (pace), ==, PL_PACE_PLACES);
  for (guint i = 0; i < PL_PACE_PLACES; i++)
    {
      PlAddress address = number (i);

      pl_pace_leave (pace, &address, 100000 + i);
    }
  PlAddress last = number (0);
  pl_pace_ask (pace, &last, 1000 * SECOND);
  g_assert_cmpuint (pl_pace_get_n (pace), ==, 1);
}

/* A connection that was not counted, since there was no room, takes nothing away from those that
 * are. */
static void
test_who_is_not_counted_is_not_missed (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress first = number (0), late = parse ("203.0.113.9");
  guint n_counted = 0;

  for (guint i = 0; i < PL_PACE_PLACES; i++)
    {
      PlAddress address = number (i);

      g_assert_true (pl_pace_enter (pace, &address, 0));
    }
  g_assert_false (pl_pace_enter (pace, &late, 0));
  pl_pace_leave (pace, &first, SECOND);
  for (guint i = 0; i < 8; i++)
    n_counted += pl_pace_enter (pace, &late, SECOND);
  g_assert_cmpuint (n_counted, ==, 8);
  g_assert_false (pl_pace_admit (pace, &late, 100 * SECOND));
}

#define THREADS 4

static gpointer
ask (gpointer data)
{
  PlAddress address = parse ("203.0.113.9");
  gsize n = 0;

  for (guint i = 0; i < 20000; i++)
    {
      pl_pace_enter (data, &address, 0);
      n += pl_pace_ask (data, &address, 0);
      pl_pace_leave (data, &address, 0);
    }
  return GSIZE_TO_POINTER (n);
}

static void
test_workers_share_it (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  GThread *threads[THREADS];
  gsize n = 0;

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new (NULL, ask, pace);
  for (guint i = 0; i < THREADS; i++)
    n += GPOINTER_TO_SIZE (g_thread_join (threads[i]));
  g_assert_cmpuint (n, ==, 100);
}

/* A figure for those who change this: run with -m perf. */
static void
test_costs_little (void)
{
  g_autoptr (PlPace) pace = pl_pace_new (&limits);
  PlAddress address = parse ("203.0.113.9");

  pl_pace_enter (pace, &address, 0);
  g_test_timer_start ();
  for (guint i = 0; i < 1000000; i++)
    pl_pace_ask (pace, &address, i);
  g_test_minimized_result (g_test_timer_elapsed () * 1000, "a stranger's request, ns: %.0f",
                           g_test_timer_elapsed () * 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pace/many-at-a-time-then-some-a-second",
                   test_many_at_a_time_then_some_a_second);
  g_test_add_func ("/pace/connections", test_connections);
  g_test_add_func ("/pace/new-connections", test_new_connections);
  g_test_add_func ("/pace/a-64-is-one", test_a_64_is_one);
  g_test_add_func ("/pace/who-has-gone-is-forgotten", test_who_has_gone_is_forgotten);
  g_test_add_func ("/pace/a-flood-has-a-bound", test_a_flood_has_a_bound);
  g_test_add_func ("/pace/a-flood-that-stays-has-a-bound", test_a_flood_that_stays_has_a_bound);
  g_test_add_func ("/pace/who-is-not-counted-is-not-missed", test_who_is_not_counted_is_not_missed);
  g_test_add_func ("/pace/workers-share-it", test_workers_share_it);
  if (g_test_perf ())
    g_test_add_func ("/pace/costs-little", test_costs_little);
  return g_test_run ();
}
