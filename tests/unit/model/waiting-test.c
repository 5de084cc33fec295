/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/waiting.h"

static PlWaiting
make (const char *address, guint prefix_bits)
{
  PlWaiting waiting = { .n_failed = 30, .n_refused = 10, .left_us = 719 * G_USEC_PER_SEC + 1 };
  PlAddress parsed;

  g_assert_true (pl_address_parse (pl_slice_from_string (address), &parsed));
  waiting.network = pl_network_around (&parsed, prefix_bits);
  return waiting;
}

static void
assert_who (const char *address, guint prefix_bits, const char *expected)
{
  PlWaiting waiting = make (address, prefix_bits);
  g_autofree char *who = pl_waiting_dup_who (&waiting);

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

static void
test_words (void)
{
  PlWaiting waiting = make ("203.0.113.9", 128);
  g_autofree char *words = pl_waiting_dup_words (&waiting);
  g_autofree char *left = pl_waiting_dup_left (&waiting);

  g_assert_cmpstr (words, ==, "Somebody at 203.0.113.9 is guessing passwords: 40 tries");
  g_assert_cmpstr (left, ==, "The next try has to wait for 12 min");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/waiting/who", test_who);
  g_test_add_func ("/waiting/words", test_words);
  return g_test_run ();
}
