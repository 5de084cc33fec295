/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of the settings, to which one entry more is added. */

#include "app/settings/list.h"

#include <string.h>

static PlSettings *
new_settings (const char *data)
{
  return pl_settings_new_from_data ("porchlight.ini", data, strlen (data), NULL);
}

static void
takes_one_more (void)
{
  g_autoptr (PlSettings) settings = new_settings ("[door]\nalso-links=GET /a\n");
  g_autofree char *lines = NULL;

  g_assert_true (pl_settings_list_has (settings, "door", "also-links", "GET /a"));
  g_assert_false (pl_settings_list_has (settings, "door", "also-links", "GET /api/{id}/tiles"));
  g_assert_true (pl_settings_list_add (settings, "door", "also-links", "GET /api/{id}/tiles"));
  g_assert_true (pl_settings_list_has (settings, "door", "also-links", "GET /api/{id}/tiles"));
  lines = pl_settings_dup_text (settings, "door", "also-links");
  g_assert_cmpstr (lines, ==, "GET /a;GET /api/{id}/tiles");
}

static void
takes_the_first (void)
{
  g_autoptr (PlSettings) settings = new_settings ("");
  g_autofree char *networks = NULL;

  g_assert_true (pl_settings_list_add (settings, "forwarding", "trusted-proxies", "192.168.1.2"));
  networks = pl_settings_dup_text (settings, "forwarding", "trusted-proxies");
  g_assert_cmpstr (networks, ==, "192.168.1.2");
}

static void
takes_nothing_that_may_not_stand_there (void)
{
  static const char *const entries[] = { "", "GET /b;GET /c", "DELETE /b" };
  g_autoptr (PlSettings) settings = new_settings ("[door]\nalso-links=GET /a\n");
  g_autofree char *lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_assert_false (pl_settings_list_add (settings, "door", "also-links", entries[i]));
  lines = pl_settings_dup_text (settings, "door", "also-links");
  g_assert_cmpstr (lines, ==, "GET /a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/takes-one-more", takes_one_more);
  g_test_add_func ("/list/takes-the-first", takes_the_first);
  g_test_add_func ("/list/takes-nothing-that-may-not-stand-there",
                   takes_nothing_that_may_not_stand_there);
  return g_test_run ();
}
