/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/report.h"
#include "app/system/sleep.h"

static void
test_masks (void)
{
  static const struct
  {
    const char *text;
    const char *masked;
  } cases[] = {
    { "", "" },
    { "Immich 1.135.3 at 192.168.1.20:2283", "Immich 1.135.3 at 192.168.1.20:2283" },
    { "http://127.0.0.1:8080 http://[::1]:8080", "http://127.0.0.1:8080 http://[::1]:8080" },
    { "10.0.0.1 172.31.9.9 169.254.3.4 100.64.0.7", "10.0.0.1 172.31.9.9 169.254.3.4 100.64.0.7" },
    { "http://[fd00::2]:8080 fe80::1", "http://[fd00::2]:8080 fe80::1" },
    { "http://203.0.113.9:8080/x", "http://•••:8080/x" },
    { "8.8.8.8, 100.128.0.1", "•••, •••" },
    { "http://[2001:db8::7]:8080", "http://[•••]:8080" },
    { "https://me:secret@nas/x", "https://•••@nas/x" },
    { "/s?key=abc&x=1;slug=d", "/s?key=•••&x=1;slug=•••" },
    { "?a=1&APIKEY=abc def", "?a=1&APIKEY=••• def" },
    { "sessionKey=abc", "sessionKey=abc" },
    { "?password=p%40ss.", "?password=•••" },
    { "14:03:07 and 1.2.3", "14:03:07 and 1.2.3" },
    { "“127.0.0.1:2283:2283” instead of “2283:2283”",
      "“127.0.0.1:2283:2283” instead of “2283:2283”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = pl_report_dup_masked (cases[i].text);
      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

static void
test_desktop_sleep (void)
{
  static const struct
  {
    const char *action;
    int timeout_s;
    gboolean sleeps;
  } cases[] = {
    { "suspend", 1200, TRUE },  { "suspend", 0, FALSE },  { "nothing", 1200, FALSE },
    { "hibernate", 900, TRUE }, { "logout", 900, FALSE }, { "blank", 900, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlSleep sleep = pl_sleep_from_desktop (cases[i].action, cases[i].timeout_s);
      g_assert_true (sleep.is_known);
      g_assert_cmpint (sleep.sleeps, ==, cases[i].sleeps);
      g_assert_cmpuint (sleep.after_s, ==, cases[i].sleeps ? cases[i].timeout_s : 0);
    }
}

static void
test_login_sleep (void)
{
  static const struct
  {
    const char *action;
    gboolean sleeps;
  } cases[] = {
    { "ignore", FALSE },
    { "lock", FALSE },
    { "suspend", TRUE },
    { "poweroff", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlSleep sleep = pl_sleep_from_login (cases[i].action, 1800 * G_USEC_PER_SEC);
      g_assert_true (sleep.is_known);
      g_assert_cmpint (sleep.sleeps, ==, cases[i].sleeps);
      g_assert_cmpuint (sleep.after_s, ==, cases[i].sleeps ? 1800 : 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup/report/masks", test_masks);
  g_test_add_func ("/checkup/sleep/desktop", test_desktop_sleep);
  g_test_add_func ("/checkup/sleep/login", test_login_sleep);
  return g_test_run ();
}
