/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who counts as turned away of those who came in, and who does not. */

#include "app/engine/strangers.h"

static void
ask (GPtrArray *records, const char *client, const char *target, PlCloseReason reason)
{
  PlRecordText text = { .method = PL_SLICE ("GET"), .target = pl_slice_from_string (target) };
  PlRecord *record = pl_record_new (&text);

  g_assert_true (pl_address_parse (pl_slice_from_string (client), &record->client));
  record->state = PL_RECORD_FINISHED;
  record->reason = reason;
  record->started_us = 1000;
  record->duration_us = 5;
  g_ptr_array_add (records, record);
}

static void
counts_those_from_outside (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  g_autoptr (PlTrust) home = pl_trust_new ();
  PlTurnedAwayList batch;

  g_assert_true (pl_trust_add (home, "2001:db8:1::/64", NULL));
  ask (records, "203.0.113.5:1", "/", PL_CLOSE_DONE);
  ask (records, "203.0.113.5:1", "/", PL_CLOSE_UPSTREAM_DOWN);
  ask (records, "203.0.113.6:1", "/api/x?key=1", PL_CLOSE_NOT_SHARED);
  ask (records, "192.168.1.9:1", "/", PL_CLOSE_NOT_SHARED);
  ask (records, "127.0.0.1:1", "/", PL_CLOSE_NOT_SHARED);
  ask (records, "[2001:db8:1::9]:1", "/", PL_CLOSE_NOT_SHARED);
  g_assert_false (pl_strangers_gather (records, home, &batch));
  g_assert_cmpuint (batch.n_places, ==, 0);

  ask (records, "203.0.113.7:1", "/", PL_CLOSE_NOT_SHARED);
  ask (records, "203.0.113.7:2", "/api/assets/x", PL_CLOSE_SHARE_LINK_MISSING);
  ask (records, "[2001:db8:2::9]:1", "//", PL_CLOSE_SHARE_ADDRESS_UNCLEAR);
  ask (records, "[2001:db8:2::9]:1", "/?apiKey=", PL_CLOSE_SHARE_WITH_LOGIN);
  g_assert_true (pl_strangers_gather (records, home, &batch));
  g_assert_cmpuint (batch.n_places, ==, 2);
  g_assert_cmpuint (batch.n_connections, ==, 4);
  g_assert_cmpint (batch.places[0].last_us, ==, 1005);

  g_assert_true (pl_strangers_gather (records, NULL, &batch));
  g_assert_cmpuint (batch.n_places, ==, 3);
}

static void
has_a_bound (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_record_unref);
  PlTurnedAwayList batch;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *client = g_strdup_printf ("198.51.%u.%u:1", i / 250, i % 250);
      ask (records, client, "/", PL_CLOSE_NOT_SHARED);
    }
  g_assert_true (pl_strangers_gather (records, NULL, &batch));
  g_assert_cmpuint (batch.n_places, ==, PL_TURNED_AWAY_PLACES);
  g_assert_cmpuint (batch.n_connections, ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strangers/outside", counts_those_from_outside);
  g_test_add_func ("/strangers/bound", has_a_bound);
  return g_test_run ();
}
