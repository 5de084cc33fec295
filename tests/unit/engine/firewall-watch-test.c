/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of the firewall. The one that is asked stands here instead of the system's. */

#include "app/engine/firewall_watch.h"

#define PATIENCE_US (10 * G_USEC_PER_SEC)

static gint system_firewall; /* atomic */
static gint n_looks;         /* atomic */
static gint looked_for;      /* atomic */

PlFirewall
pl_firewall_look (guint16 port)
{
  PlFirewall firewall = (PlFirewall) g_atomic_int_get (&system_firewall);

  g_atomic_int_set (&looked_for, port);
  g_atomic_int_inc (&n_looks);
  return firewall;
}

char *
pl_firewall_dup_commands (PlFirewall firewall)
{
  g_assert_cmpint (firewall, ==, PL_FIREWALL_SHUT);
  return g_strdup ("netsh");
}

static void
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Until it is known, or, where it stays the same, until it was looked at. */
static void
look (PlFirewallWatch *watch, PlFirewall firewall)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  gint before = g_atomic_int_get (&n_looks);

  g_atomic_int_set (&system_firewall, (gint) firewall);
  pl_firewall_watch_look (watch, 8080);
  while (pl_firewall_watch_get (watch) != firewall || g_atomic_int_get (&n_looks) == before)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
says (PlFirewallWatch *watch, PlExposure exposure, const char *part)
{
  const char *words = pl_firewall_watch_get_words (watch, exposure);

  if (part == NULL)
    g_assert_null (words);
  else
    g_assert_true (words != NULL && g_strrstr (words, part) != NULL);
}

static void
leads_to (PlFirewallWatch *watch, PlExposure exposure, const char *expected)
{
  g_autofree char *commands = pl_firewall_watch_dup_commands (watch, exposure);

  g_assert_cmpstr (commands, ==, expected);
}

static void
test_words (void)
{
  guint n_changes = 0;
  g_autoptr (PlFirewallWatch) watch = pl_firewall_watch_new (count_cb, &n_changes);

  says (watch, PL_EXPOSURE_NETWORK, NULL);
  look (watch, PL_FIREWALL_ASKS);
  g_assert_cmpint (g_atomic_int_get (&looked_for), ==, 8080);
  says (watch, PL_EXPOSURE_COMPUTER, "When you let your network in, Windows asks");
  says (watch, PL_EXPOSURE_NETWORK, "until then no other device comes in");
  says (watch, PL_EXPOSURE_INTERNET, "until then no other device comes in");
  look (watch, PL_FIREWALL_SHUT);
  says (watch, PL_EXPOSURE_COMPUTER, NULL);
  says (watch, PL_EXPOSURE_NETWORK, "keeps other devices out");
  look (watch, PL_FIREWALL_ELSEWHERE);
  says (watch, PL_EXPOSURE_COMPUTER, NULL);
  says (watch, PL_EXPOSURE_NETWORK, "public");
  look (watch, PL_FIREWALL_OPEN);
  says (watch, PL_EXPOSURE_NETWORK, NULL);
  g_assert_cmpuint (n_changes, ==, 4);
}

/* They belong to the words that end with “paste this”, and to no others. */
static void
test_commands (void)
{
  guint n_changes = 0;
  g_autoptr (PlFirewallWatch) watch = pl_firewall_watch_new (count_cb, &n_changes);

  leads_to (watch, PL_EXPOSURE_NETWORK, NULL);
  look (watch, PL_FIREWALL_ASKS);
  leads_to (watch, PL_EXPOSURE_NETWORK, NULL);
  look (watch, PL_FIREWALL_SHUT);
  leads_to (watch, PL_EXPOSURE_COMPUTER, NULL);
  leads_to (watch, PL_EXPOSURE_NETWORK, "netsh");
  leads_to (watch, PL_EXPOSURE_INTERNET, "netsh");
  look (watch, PL_FIREWALL_ELSEWHERE);
  leads_to (watch, PL_EXPOSURE_NETWORK, NULL);
}

/* What is in the way is looked at again each time, what is not is left alone for a while. */
static void
test_patience (void)
{
  guint n_changes = 0;
  g_autoptr (PlFirewallWatch) watch = pl_firewall_watch_new (count_cb, &n_changes);

  look (watch, PL_FIREWALL_SHUT);
  look (watch, PL_FIREWALL_OPEN);
  gint before = g_atomic_int_get (&n_looks);
  pl_firewall_watch_look (watch, 8080);
  for (guint turn = 0; turn < 50; turn++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpint (g_atomic_int_get (&n_looks), ==, before);

  pl_firewall_watch_look (watch, 8081);
  while (g_atomic_int_get (&looked_for) != 8081)
    g_usleep (1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/firewall-watch/words", test_words);
  g_test_add_func ("/firewall-watch/commands", test_commands);
  g_test_add_func ("/firewall-watch/patience", test_patience);
  return g_test_run ();
}
