/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/waiting.h"

#include "tests/unit/model/sample.h"

static PlWaiting
make (const char *address, guint prefix_bits)
{
  PlWaiting waiting = { .n_failed = 30, .n_refused = 10 };
  PlAddress parsed;

  g_assert_true (pl_address_parse (pl_slice_from_string (address), &parsed));
  waiting.network = pl_network_around (&parsed, prefix_bits);
  return waiting;
}

static void
assert_who (const char *address, guint prefix_bits, const char *expected)
{
  PlWaiting waiting = make (address, prefix_bits);
  g_autofree char *who = pl_waiting_dup_who (&waiting, NULL);

  g_assert_cmpstr (who, ==, expected);
}

static void
test_who (void)
{
  assert_who ("203.0.113.9", 128, "203.0.113.9");
  assert_who ("203.0.113.9", 120, "203.0.113.0/24");
  assert_who ("2001:db8:1:2::1", 64, "2001:db8:1:2::/64");
  assert_who ("2001:db8:1:2::1", 48, "2001:db8:1::/48");
}

/* A network has none: it may be of several. */
static void
test_name (void)
{
  g_autoptr (PlDeviceList) devices = pl_device_list_new ();
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/", "Immich_Android_1.135.3");
  PlWaiting waiting = make ("192.168.1.23", 128);
  g_autofree char *unnamed = NULL;
  g_autofree char *named = NULL;
  g_autofree char *of_many = NULL;

  record->client = waiting.network.address;
  pl_device_list_note (devices, record, 0, 0);
  unnamed = pl_waiting_dup_who (&waiting, devices);
  g_assert_cmpstr (unnamed, ==, "192.168.1.23");
  pl_device_list_rename (devices, pl_device_list_find (devices, &record->client), "Anna’s phone");
  named = pl_waiting_dup_words (&waiting, devices);
  g_assert_cmpstr (named, ==,
                   "Somebody at Anna’s phone (192.168.1.23) is guessing passwords: 40 tries");
  waiting.network = pl_network_around (&record->client, 120);
  of_many = pl_waiting_dup_who (&waiting, devices);
  g_assert_cmpstr (of_many, ==, "192.168.1.0/24");
}

static void
assert_words (PlLogin login, guint n_failed, const char *expected)
{
  PlWaiting waiting = make ("203.0.113.9", 128);
  g_autofree char *words = NULL;

  waiting.login = login;
  waiting.n_failed = n_failed;
  words = pl_waiting_dup_words (&waiting, NULL);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  assert_words (PL_LOGIN_PASSWORD, 30, "Somebody at 203.0.113.9 is guessing passwords: 40 tries");
  assert_words (PL_LOGIN_LINK, 30,
                "Somebody at 203.0.113.9 is guessing passwords of links: 40 tries");
  assert_words (PL_LOGIN_KEY, 5, "Somebody at 203.0.113.9 is guessing API keys: 15 tries");
  assert_words (PL_LOGIN_PIN, 30, "Somebody at 203.0.113.9 is guessing PIN codes: 40 tries");
}

static void
assert_left (gint64 left_us, const char *expected)
{
  PlWaiting waiting = make ("203.0.113.9", 128);
  g_autofree char *left = NULL;

  waiting.left_us = left_us;
  left = pl_waiting_dup_left (&waiting);
  g_assert_cmpstr (left, ==, expected);
}

static void
test_left (void)
{
  assert_left (719 * G_USEC_PER_SEC + 1, "The next try has to wait for 12 min");
  assert_left (61 * G_USEC_PER_SEC, "The next try has to wait for 1 min 1 s");
  assert_left (7 * G_USEC_PER_SEC + 1, "The next try has to wait for 8 s");
  assert_left (1, "The next try has to wait for 1 s");
  assert_left (-1, "The next try has to wait for 0 s");
}

/* 22 November 2026, 23:30 UTC. */
#define LATE_US (G_GINT64_CONSTANT (1795390200) * G_USEC_PER_SEC)

static void
test_since (void)
{
  PlWaiting waiting = make ("203.0.113.9", 128);
  g_autofree char *same_day = NULL;
  g_autofree char *day_before = NULL;

  waiting.since_us = 28 * G_TIME_SPAN_MINUTE;
  same_day = pl_waiting_dup_since (&waiting, LATE_US);
  g_assert_cmpstr (same_day, ==, "Since 23:02");
  waiting.since_us = G_TIME_SPAN_HOUR;
  day_before = pl_waiting_dup_since (&waiting, LATE_US + G_TIME_SPAN_HOUR / 2 + 1);
  g_assert_cmpstr (day_before, ==, "Since 22 Nov, 23:00");
}

static void
test_same (void)
{
  PlWaiting waiting = make ("203.0.113.9", 128);
  PlWaiting neighbour = make ("203.0.113.10", 128);
  PlWaiting all = make ("203.0.113.9", 120);
  PlWaiting later = waiting;

  later.n_refused = 11;
  g_assert_true (pl_waiting_is_same (&waiting, &later));
  later.login = PL_LOGIN_KEY;
  g_assert_false (pl_waiting_is_same (&waiting, &later));
  g_assert_false (pl_waiting_is_same (&waiting, &neighbour));
  g_assert_false (pl_waiting_is_same (&waiting, &all));
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/waiting/who", test_who);
  g_test_add_func ("/waiting/name", test_name);
  g_test_add_func ("/waiting/words", test_words);
  g_test_add_func ("/waiting/left", test_left);
  g_test_add_func ("/waiting/since", test_since);
  g_test_add_func ("/waiting/same", test_same);
  return g_test_run ();
}
