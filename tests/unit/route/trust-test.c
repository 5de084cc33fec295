/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in, and networks of trusted proxies as people write them. */

#include "net/route/trust.h"

#include <gio/gio.h>

#include "tests/unit/route/sample.h"

static const struct
{
  const char *address;
  PlExposure least; /* the least exposure that admits it */
} exposure_cases[] = {
  { "127.0.0.1", PL_EXPOSURE_COMPUTER },        { "::1", PL_EXPOSURE_COMPUTER },
  { "::ffff:127.0.0.1", PL_EXPOSURE_COMPUTER }, { "192.168.1.2", PL_EXPOSURE_NETWORK },
  { "fe80::1", PL_EXPOSURE_NETWORK },           { "100.100.1.1", PL_EXPOSURE_NETWORK },
  { "203.0.113.1", PL_EXPOSURE_INTERNET },      { "2001:db8::1", PL_EXPOSURE_INTERNET },
};

static void
test_exposure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (exposure_cases); i++)
    {
      PlAddress address = sample_address (exposure_cases[i].address);

      for (int exposure = PL_EXPOSURE_COMPUTER; exposure <= PL_EXPOSURE_INTERNET; exposure++)
        g_assert_cmpint (pl_exposure_admits (exposure, NULL, &address), ==,
                         exposure >= (int) exposure_cases[i].least);
    }
}

/* Networks that are home change nothing for who is let in, or not, for another reason. */
static void
test_home (void)
{
  g_autoptr (PlTrust) home = sample_trust ("2001:db8:1::/64;2001:db8:2::/64");
  PlAddress at_home = sample_address ("2001:db8:2::9");
  PlAddress stranger = sample_address ("2001:db8:3::9");
  PlAddress lan = sample_address ("192.168.1.9");

  g_assert_false (pl_exposure_admits (PL_EXPOSURE_COMPUTER, home, &at_home));
  g_assert_true (pl_exposure_admits (PL_EXPOSURE_NETWORK, home, &at_home));
  g_assert_false (pl_exposure_admits (PL_EXPOSURE_NETWORK, home, &stranger));
  g_assert_true (pl_exposure_admits (PL_EXPOSURE_NETWORK, home, &lan));
  g_assert_true (pl_exposure_admits (PL_EXPOSURE_INTERNET, home, &stranger));
}

static const struct
{
  const char *a;
  const char *b;
  gboolean are_equal;
} equal_cases[] = {
  { "10.0.0.0/8", "10.0.0.0/8", TRUE },
  { "10.0.0.0/8;fd00::/8", "fd00::/8;10.0.0.0/8", TRUE },
  { "10.0.0.0/8;10.0.0.0/8", "10.0.0.0/8", TRUE },
  { "10.0.0.0/8", "10.0.0.0/9", FALSE },
  { "10.0.0.0/8", "11.0.0.0/8", FALSE },
  { "10.0.0.0/8;fd00::/8", "10.0.0.0/8", FALSE },
  { "10.0.0.0/8", "10.0.0.0/8;fd00::/8", FALSE },
};

static void
test_equal (void)
{
  g_autoptr (PlTrust) none = pl_trust_new ();

  g_assert_true (pl_trust_equal (none, none));
  for (guint i = 0; i < G_N_ELEMENTS (equal_cases); i++)
    {
      g_autoptr (PlTrust) a = sample_trust (equal_cases[i].a);
      g_autoptr (PlTrust) b = sample_trust (equal_cases[i].b);
      g_autoptr (PlTrust) copy = pl_trust_dup (a);

      g_assert_cmpint (pl_trust_equal (a, b), ==, equal_cases[i].are_equal);
      g_assert_true (pl_trust_equal (a, copy));
      g_assert_false (pl_trust_equal (a, none));
      g_assert_false (pl_trust_equal (none, a));
    }
}

static const struct
{
  const char *networks;
  const char *address;
  gboolean is_in;
} contains_cases[] = {
  { "192.168.0.0/16", "192.168.255.1", TRUE },
  { "192.168.0.0/16", "192.169.0.1", FALSE },
  { "192.168.0.0/16", "::ffff:192.168.0.1", TRUE },
  { "::ffff:192.168.0.0/112", "192.168.0.1", TRUE },
  { "192.168.1.2", "192.168.1.2", TRUE },
  { "192.168.1.2", "192.168.1.3", FALSE },
  { "192.168.1.2/32", "192.168.1.2", TRUE },
  { "192.168.1.128/25", "192.168.1.127", FALSE },
  { "192.168.1.128/25", "192.168.1.128", TRUE },
  { "10.0.0.0/31", "10.0.0.1", TRUE },
  { "10.0.0.0/31", "10.0.0.2", FALSE },
  { "0.0.0.0/0", "8.8.8.8", TRUE },
  { "0.0.0.0/0", "2001:db8::1", FALSE },
  { "::/0", "2001:db8::1", TRUE },
  { "::/0", "8.8.8.8", FALSE },
  { "fd00::/8", "fdff::1", TRUE },
  { "fd00::/8", "fc00::1", FALSE },
  { "2001:db8::/33", "2001:db8:7fff::", TRUE },
  { "2001:db8::/33", "2001:db8:8000::", FALSE },
  { "::1", "::1", TRUE },
  { "10.0.0.0/8; fd00::/8 ", "fd00::1", TRUE },
  { "10.0.0.0/8; fd00::/8 ", "10.9.9.9", TRUE },
  { "10.0.0.0/8; fd00::/8 ", "11.0.0.1", FALSE },
};

static void
test_contains (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (contains_cases); i++)
    {
      g_autoptr (PlTrust) trust = sample_trust (contains_cases[i].networks);
      PlAddress address = sample_address (contains_cases[i].address);

      g_test_message ("%s in %s", contains_cases[i].address, contains_cases[i].networks);
      g_assert_cmpint (pl_trust_contains (trust, &address), ==, contains_cases[i].is_in);
    }
}

static void
test_nobody_is_trusted (void)
{
  g_autoptr (PlTrust) empty = pl_trust_new ();
  PlAddress address = sample_address ("127.0.0.1");

  g_assert_false (pl_trust_contains (empty, &address));
  g_assert_false (pl_trust_contains (NULL, &address));
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "/",
    "/8",
    "localhost",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/+8",
    "10.0.0.0/ 8",
    "10.0.0.0/8 8",
    "10.0.0.0/8/8",
    "10.0.0.0/255.0.0.0",
    "10.0.0.0:80",
    "10.0.0.0:80/8",
    "[::1]:80",
    "10.0.0/8",
    "10/8",
    "192.168.1.2/16",
    "10.0.0.1/31",
    "0.0.0.1/0",
    "fd00::1/8",
    "fd00::/129",
    "::ffff:10.0.0.0/8",
    "fe80::%eth0/10",
    "10.0.0.0/8,fd00::/8",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PlTrust) trust = pl_trust_new ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_false (pl_trust_add (trust, texts[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, texts[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/trust/home", test_home);
  g_test_add_func ("/route/trust/equal", test_equal);
  g_test_add_func ("/route/trust/exposure", test_exposure);
  g_test_add_func ("/route/trust/contains", test_contains);
  g_test_add_func ("/route/trust/nobody-is-trusted", test_nobody_is_trusted);
  g_test_add_func ("/route/trust/refused", test_refused);
  return g_test_run ();
}
