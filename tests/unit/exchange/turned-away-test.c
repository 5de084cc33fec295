/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/turned_away.c: nothing is counted twice or lost, and there is an end to what is
 * remembered. */

#include "net/exchange/turned_away.h"

#include <string.h>

/* 203.0.113.@last, or, from 256 on, of further networks. */
static PlAddress
get_address (guint number)
{
  guint8 octets[] = { 203, 0, 113 + number / 256, number % 256 };

  return pl_address_from_ipv4 (octets, 1000 + number);
}

static const PlTurnedAway *
find (const PlTurnedAwayList *list, guint number)
{
  PlAddress address = get_address (number);

  for (guint i = 0; i < list->n_places; i++)
    if (memcmp (list->places[i].address.bytes, address.bytes, sizeof address.bytes) == 0)
      return &list->places[i];
  return NULL;
}

static void
add (PlTurnedAwayList *list, guint number, gint64 when_us)
{
  PlAddress address = get_address (number);

  pl_turned_away_add (list, &address, 1, when_us);
}

/* However many ports and connections: one place an address. */
static void
test_counted_by_address (void)
{
  PlTurnedAwayList list = { 0 };
  PlAddress address = get_address (5);

  for (guint i = 0; i < 1000; i++)
    {
      address.port = 1000 + i;
      pl_turned_away_add (&list, &address, 1, 500 + i);
    }
  add (&list, 6, 1600);
  add (&list, 5, 700); /* a clock that was set back */

  g_assert_cmpuint (list.n_places, ==, 2);
  g_assert_cmpuint (list.n_connections, ==, 1002);
  g_assert_cmpuint (find (&list, 5)->n_connections, ==, 1001);
  g_assert_cmpint (find (&list, 5)->last_us, ==, 1499);
  g_assert_cmpuint (find (&list, 5)->address.port, ==, 0);
  g_assert_cmpuint (find (&list, 6)->n_connections, ==, 1);
}

/* A flood from everywhere drives out who is quiet, not who is still there. */
static void
test_oldest_quiet_goes (void)
{
  PlTurnedAwayList list = { 0 };
  gint64 now_us = 0;

  for (guint i = 0; i < 1000; i++)
    {
      add (&list, i, ++now_us);
      add (&list, 3, ++now_us);
    }
  g_assert_cmpuint (list.n_places, ==, PL_TURNED_AWAY_PLACES);
  g_assert_cmpuint (list.n_connections, ==, 2000);
  g_assert_nonnull (find (&list, 3));
  g_assert_cmpuint (find (&list, 3)->n_connections, >=, 997);
  g_assert_null (find (&list, 4));
  for (guint i = 0; i < PL_TURNED_AWAY_PLACES - 1; i++)
    g_assert_nonnull (find (&list, 999 - i));
}

static void
test_batches_become_a_whole (void)
{
  PlTurnedAwayList whole = { 0 }, batch;

  for (guint n = 0; n < 3; n++)
    {
      batch = (PlTurnedAwayList){ 0 };
      for (guint i = 0; i < 2 * PL_TURNED_AWAY_PLACES; i++)
        add (&batch, i, i);
      pl_turned_away_add_all (&whole, &batch);
    }
  g_assert_cmpuint (whole.n_places, ==, PL_TURNED_AWAY_PLACES);
  g_assert_cmpuint (whole.n_connections, ==, 6 * PL_TURNED_AWAY_PLACES);
  for (guint i = 0; i < whole.n_places; i++)
    g_assert_cmpuint (whole.places[i].n_connections, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/turned-away/counted-by-address", test_counted_by_address);
  g_test_add_func ("/exchange/turned-away/oldest-quiet-goes", test_oldest_quiet_goes);
  g_test_add_func ("/exchange/turned-away/batches-become-a-whole", test_batches_become_a_whole);
  return g_test_run ();
}
