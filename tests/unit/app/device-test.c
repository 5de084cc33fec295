/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices by the names they have in the field. */

#include "app/model/device.h"

typedef struct
{
  const char *user_agent;
  const char *words;
} Case;

static const Case cases[] = {
  { "Immich_Android_1.94.1", "Immich app (Android)" },
  { "Immich_Android_1.135.3", "Immich app (Android)" },
  { "Immich_iOS_1.118.0", "Immich app (iOS)" },
  { "immich-ios/1.140.0 CFNetwork/1494.0.7 Darwin/23.4.0", "Immich app (iOS)" },
  { "immich-android/1.140.0", "Immich app (Android)" },
  { "Immich_Unknown_1.100.0", "Immich app" },
  { "Dart/3.1 (dart:io)", "Immich app" },
  { "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Firefox on Windows" },
  { "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
    "Safari/537.36",
    "Chrome on Linux" },
  { "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
    "Edge on Windows" },
  { "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
    "Samsung Internet on Android" },
  { "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Safari on an iPhone" },
  { "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "CriOS/126.0 Mobile/15E148 Safari/604.1",
    "Chrome on an iPad" },
  { "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15",
    "Safari on a Mac" },
  { "Firefox/1", "Firefox" },
  { "curl/7.88.1", "curl" },
  { "immich-go (0.20)", "immich-go" },
  { "node", "node" },
  { "a-very-long-name-of-a-program-that-nobody-knows/1", "a-very-long-name-of-a-pr" },
  { "/", "" },
  { "", "" },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = pl_device_dup_words (cases[i].user_agent);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* More than are cached, and each twice. */
static void
test_shared_words (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *user_agent = g_strdup_printf ("client-%u/1.0", i);
      g_autofree char *expected = g_strdup_printf ("client-%u", i);
      char *first = pl_device_share_words (user_agent);
      char *second = pl_device_share_words (user_agent);

      g_assert_cmpstr (first, ==, expected);
      g_assert_true (first == second);
      g_ref_string_release (first);
      g_ref_string_release (second);
    }
}

/* What is kept in a file says the same when it is read, and is of no language. */
static void
test_programs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *program = pl_device_share_program (cases[i].user_agent);
      g_autofree char *words = pl_program_dup_words (program);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_ref_string_release (program);
    }
  g_assert_cmpint (pl_program_get_kind ("Immich app (iOS)"), ==, PL_PROGRAM_APP);
  g_assert_cmpint (pl_program_get_kind ("Firefox;Windows"), ==, PL_PROGRAM_BROWSER);
  g_assert_cmpint (pl_program_get_kind ("Firefox"), ==, PL_PROGRAM_BROWSER);
  g_assert_cmpint (pl_program_get_kind ("Fire"), ==, PL_PROGRAM_OTHER);
  g_assert_cmpint (pl_program_get_kind (""), ==, PL_PROGRAM_OTHER);
  g_autofree char *tampered = pl_program_dup_words ("Firefox;");
  g_assert_cmpstr (tampered, ==, "Firefox;");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/device/words", test_words);
  g_test_add_func ("/app/device/shared-words", test_shared_words);
  g_test_add_func ("/app/device/programs", test_programs);
  return g_test_run ();
}
