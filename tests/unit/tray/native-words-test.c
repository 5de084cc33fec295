/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/tray/native_words.h"

static void
label_is (const char *label, gboolean has_mnemonic, const char *expected)
{
  g_autofree char *native = pl_native_words_dup_label (label, has_mnemonic);

  g_assert_cmpstr (native, ==, expected);
}

static void
test_labels (void)
{
  label_is ("_Quit", TRUE, "&Quit");
  label_is ("T_he Internet", TRUE, "T&he Internet");
  label_is ("Früchte & _Co", TRUE, "Früchte && &Co");
  label_is ("my__photos", TRUE, "my_photos");
  label_is ("ends with _", TRUE, "ends with &");
  label_is ("my_photos & yours", FALSE, "my_photos && yours");
  label_is ("", TRUE, "");
}

/* Words in room for so many units; what is behind that room must stay as it is. */
static void
words_are (const char *words, gsize n_units, const char *expected)
{
  gunichar2 units[16];

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    units[i] = 0x7a7a;
  pl_native_words_put (units, n_units, words);
  for (guint i = (guint) n_units; i < G_N_ELEMENTS (units); i++)
    g_assert_cmphex (units[i], ==, 0x7a7a);

  g_autofree char *back = g_utf16_to_utf8 (units, -1, NULL, NULL, NULL);
  g_assert_cmpstr (back, ==, expected);
}

static void
test_cuts (void)
{
  words_are ("", 2, "");
  words_are ("a", 2, "a");
  words_are ("ab", 2, "…");
  words_are ("abc", 4, "abc");
  words_are ("abcd", 4, "ab…");
  words_are ("über", 5, "über");
  words_are ("überall", 5, "übe…");
  words_are ("no\xffne", 15, "no\xef\xbf\xbdne");
}

/* What takes two units comes whole or not at all. */
static void
test_pairs (void)
{
  words_are ("a🏮", 4, "a🏮");
  words_are ("a🏮b", 5, "a🏮b");
  words_are ("a🏮bc", 5, "a🏮…");
  words_are ("a🏮bc", 4, "a…");
  words_are ("🏮🏮", 4, "🏮…");
  words_are ("🏮🏮", 3, "…");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/native-words/labels", test_labels);
  g_test_add_func ("/native-words/cuts", test_cuts);
  g_test_add_func ("/native-words/pairs", test_pairs);
  return g_test_run ();
}
