/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/close.c: what everybody who reads the list of endings relies on. */

#include "net/exchange/close.h"

#include <string.h>

/* For machines, so like a word of a program: small letters, with single hyphens between. */
static void
test_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (PlCloseReason reason = 0; reason < PL_CLOSE_COUNT; reason++)
    {
      const char *name = pl_close_get_name (reason);

      g_assert_true (
          g_regex_match_simple ("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name, G_REGEX_DOLLAR_ENDONLY, 0));
      g_assert_true (g_hash_table_add (names, (gpointer) name));
      g_assert_true (pl_close_get_name (reason) == name);
    }
  g_assert_cmpstr (pl_close_get_name (PL_CLOSE_CLIENT_GONE), ==, "client-gone");
  g_assert_cmpstr (pl_close_get_name (PL_CLOSE_UPSTREAM_TIMEOUT), ==, "upstream-timeout");
}

static void
test_words (void)
{
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);

  for (PlCloseReason reason = 0; reason < PL_CLOSE_COUNT; reason++)
    {
      const char *words = pl_close_get_words (reason);
      const char *amount = strchr (words, '%');

      g_assert_cmpuint (strlen (words), >, 0);
      g_assert_true (g_hash_table_add (all, (gpointer) words));
      g_assert_true (amount == NULL || amount[1] == 's');
      g_assert_true (amount == NULL || strchr (amount + 1, '%') == NULL);
      g_assert_false (g_str_has_suffix (words, "."));
    }
}

static void
test_sides (void)
{
  for (PlCloseReason reason = 0; reason < PL_CLOSE_COUNT; reason++)
    g_assert_cmpint (pl_close_get_side (reason), <=, PL_FAULT_US);
  g_assert_cmpint (PL_CLOSE_NONE, ==, 0);
  g_assert_cmpint (pl_close_get_side (PL_CLOSE_NONE), ==, PL_FAULT_NOBODY);
  g_assert_cmpint (pl_close_get_side (PL_CLOSE_DONE), ==, PL_FAULT_NOBODY);
  g_assert_cmpint (pl_close_get_side (PL_CLOSE_CLIENT_GONE), ==, PL_FAULT_CLIENT);
  g_assert_cmpint (pl_close_get_side (PL_CLOSE_UPSTREAM_DOWN), ==, PL_FAULT_UPSTREAM);
  g_assert_cmpint (pl_close_get_side (PL_CLOSE_OUT_OF_RESOURCES), ==, PL_FAULT_US);
}

/* Who may not see something is told nothing of it. */
static void
test_at_door (void)
{
  guint n = 0;

  for (PlCloseReason reason = 0; reason < PL_CLOSE_COUNT; reason++)
    if (pl_close_is_at_door (reason))
      {
        g_assert_cmpuint (pl_close_get_status (reason), ==, 404);
        g_assert_cmpint (pl_close_get_side (reason), ==, PL_FAULT_CLIENT);
        n++;
      }
  g_assert_cmpuint (n, ==, 7);
  g_assert_false (pl_close_is_at_door (PL_CLOSE_NO_ROUTE));
  g_assert_false (pl_close_is_at_door (PL_CLOSE_DEVICE_TURNED_AWAY)); /* it is told */
  g_assert_true (pl_close_is_refusal (PL_CLOSE_DEVICE_TURNED_AWAY));
  g_assert_true (pl_close_is_refusal (PL_CLOSE_STRANGER_TOO_FAST));
  g_assert_true (pl_close_is_refusal (PL_CLOSE_LOGIN_MUST_WAIT));
  g_assert_false (pl_close_is_refusal (PL_CLOSE_NO_ROUTE));
  g_assert_false (pl_close_is_refusal (PL_CLOSE_PLAIN_REFUSED));
}

/* RFC 9110 §15.4-§15.6: 3xx when nobody is at fault, 4xx when the client is, 5xx when it is not.
 * That a path leads nowhere is told to the client as its own mistake, though a rule of ours may be
 * missing. */
static void
test_statuses (void)
{
  for (PlCloseReason reason = 0; reason < PL_CLOSE_COUNT; reason++)
    {
      guint status = pl_close_get_status (reason);
      PlFaultSide side = pl_close_get_side (reason);

      if (status == 0)
        continue;
      if (side == PL_FAULT_NOBODY)
        g_assert_cmpuint (status / 100, ==, 3);
      else if (reason != PL_CLOSE_NO_ROUTE)
        g_assert_cmpuint (status / 100, ==, side == PL_FAULT_CLIENT ? 4 : 5);
    }
  g_assert_cmpuint (pl_close_get_status (PL_CLOSE_NO_ROUTE), ==, 404);
  g_assert_cmpuint (pl_close_get_status (PL_CLOSE_DONE), ==, 0);
  g_assert_cmpuint (pl_close_get_status (PL_CLOSE_UPSTREAM_TIMEOUT), ==, 504);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/close/names", test_names);
  g_test_add_func ("/exchange/close/words", test_words);
  g_test_add_func ("/exchange/close/sides", test_sides);
  g_test_add_func ("/exchange/close/at-door", test_at_door);
  g_test_add_func ("/exchange/close/statuses", test_statuses);
  return g_test_run ();
}
