/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every key of the table: values that are right, those at the borders, and those that are wrong,
 * with what is then said. */

#include "app/settings/check.h"

#include <gio/gio.h>
#include <string.h>

/**
 * ValueCase:
 * @allowed: for a bad value: a part of what is said; %NULL: the value is good
 */
typedef struct
{
  const char *group;
  const char *key;
  const char *text;
  const char *allowed;
} ValueCase;

static const ValueCase cases[] = {
  { "listen", "port", "1", NULL },
  { "listen", "port", "8080", NULL },
  { "listen", "port", "65535", NULL },
  { "listen", "port", "0", "a whole number from 1 to 65535" },
  { "listen", "port", "65536", "a whole number from 1 to 65535" },
  { "listen", "port", "-1", "a whole number from 1 to 65535" },
  { "listen", "port", "+1", "a whole number from 1 to 65535" },
  { "listen", "port", "8080x", "a whole number from 1 to 65535" },
  { "listen", "port", "0x50", "a whole number from 1 to 65535" },
  { "listen", "port", "18446744073709551617", "a whole number from 1 to 65535" },
  { "listen", "port", "", "a whole number from 1 to 65535" },
  { "listen", "port", "auto", "a whole number from 1 to 65535" },

  { "listen", "exposure", "computer", NULL },
  { "listen", "exposure", "network", NULL },
  { "listen", "exposure", "internet", NULL },
  { "listen", "exposure", "Internet", "computer, network or internet" },
  { "listen", "exposure", "", "computer, network or internet" },

  { "listen", "bind", "", NULL },
  { "listen", "bind", "192.168.1.20", NULL },
  { "listen", "bind", "192.168.1.20; fd00::20;", NULL },
  { "listen", "bind", "localhost", "localhost" },
  { "listen", "bind", "127.0.0.1:80", "127.0.0.1:80" },

  { "listen", "local-name", "porchlight", NULL },
  { "listen", "local-name", "Photos-2", NULL },
  { "listen", "local-name", "", NULL },
  { "listen", "local-name", "porchlight.local", "one word of letters, digits and hyphens" },
  { "listen", "local-name", "-porch", "one word of letters" },
  { "listen", "local-name", "porch-", "one word of letters" },
  { "listen", "local-name", "häuschen", "one word of letters" },
  { "listen", "local-name", "my porch", "one word of letters" },
  { "listen", "local-name", "a23456789012345678901234567890123456789012345678", NULL },
  { "listen", "local-name", "a234567890123456789012345678901234567890123456789",
    "one word of letters" },

  { "listen", "workers", "auto", NULL },
  { "listen", "workers", "1", NULL },
  { "listen", "workers", "64", NULL },
  { "listen", "workers", "0", "auto or a whole number from 1 to 64" },
  { "listen", "workers", "65", "auto or a whole number from 1 to 64" },

  { "upstream immich", "urls", "http://127.0.0.1:2283", NULL },
  { "upstream immich", "urls", "http://[::1]:2283/;http://nas.local", NULL },
  { "upstream immich", "urls", "", "http://127.0.0.1:2283" },
  { "upstream immich", "urls", ";", "http://127.0.0.1:2283" },
  { "upstream immich", "urls", "gopher://immich.example", "https://" },
  { "upstream immich", "urls", "http://a/api", NULL },
  { "upstream immich", "urls", "127.0.0.1:2283", NULL },
  { "upstream immich", "urls", "2283; nas", NULL },
  { "upstream immich", "urls", "nas; http://nas:2283/photos", "“nas:2283” is there twice" },
  { "upstream immich", "urls", "http://a:99999", "A port is a number from 1 to 65535." },
  { "upstream immich", "urls", "nas; b:99999", "“b:99999”: A port is" },
  { "upstream immich", "urls", "my nas", "not an address yet" },
  { "upstream immich", "urls", "http://user@nas", "no user name" },

  { "upstream immich", "urls", "https://photos.example", NULL },

  { "upstream immich", "verify-tls", "false", NULL },
  { "upstream immich", "verify-tls", "no", "true or false" },
  { "upstream immich", "ca-file", "/etc/porchlight/authority.pem", NULL },

  { "upstream immich", "balance", "round-robin", NULL },
  { "upstream immich", "balance", "least-used", NULL },
  { "upstream immich", "balance", "first", NULL },
  { "upstream immich", "balance", "random", "round-robin, least-used or first" },

  { "upstream immich", "health-path", "", NULL },
  { "upstream immich", "health-path", "/api/server/ping", NULL },
  { "upstream immich", "health-path", "ping", "a path such as /api/server/ping" },
  { "upstream immich", "health-path", "/a b", "a path such as /api/server/ping" },
  { "upstream immich", "health-path", "/a\r\nX: y", "a path such as /api/server/ping" },
  { "upstream immich", "health-path", "/ä", "a path such as /api/server/ping" },
  { "upstream immich", "health-path", "/a#b", "a path such as /api/server/ping" },

  { "upstream immich", "health-interval-s", "1", NULL },
  { "upstream immich", "health-interval-s", "3600", NULL },
  { "upstream immich", "health-interval-s", "0", "a whole number from 1 to 3600 (seconds)" },
  { "upstream immich", "health-interval-s", "3601", "a whole number from 1 to 3600 (seconds)" },

  { "upstream immich", "connect-timeout-s", "1", NULL },
  { "upstream immich", "connect-timeout-s", "300", NULL },
  { "upstream immich", "connect-timeout-s", "0", "a whole number from 1 to 300 (seconds)" },
  { "upstream immich", "connect-timeout-s", "301", "a whole number from 1 to 300 (seconds)" },

  { "upstream immich", "response-timeout-s", "1", NULL },
  { "upstream immich", "response-timeout-s", "86400", NULL },
  { "upstream immich", "response-timeout-s", "0", "a whole number from 1 to 86400 (seconds)" },
  { "upstream immich", "response-timeout-s", "86401", "a whole number from 1 to 86400 (seconds)" },
  { "upstream immich", "response-timeout-s", "10 s", "a whole number from 1 to 86400 (seconds)" },

  { "route api", "path", "/", NULL },
  { "route api", "path", "/api", NULL },
  { "route api", "path", "/api/", NULL },
  { "route api", "path", "api", "api" },
  { "route api", "path", "", "" },
  { "route api", "path", "/a/../b", "/a/../b" },

  { "route api", "host", "", NULL },
  { "route api", "host", "photos.example", NULL },
  { "route api", "host", "photos example", "photos example" },
  { "route api", "host", "a/b", "a/b" },

  { "route api", "strip-prefix", "true", NULL },
  { "route api", "strip-prefix", "false", NULL },
  { "route api", "strip-prefix", "yes", "true or false" },
  { "route api", "strip-prefix", "1", "true or false" },

  { "route api", "upstream", "anything", NULL },

  { "forwarding", "trusted-proxies", "", NULL },
  { "forwarding", "trusted-proxies", "10.0.0.0/8; fd00::/8", NULL },
  { "forwarding", "trusted-proxies", "10.0.0.1", NULL },
  { "forwarding", "trusted-proxies", "10.0.0.1/8", "10.0.0.1/8" },
  { "forwarding", "trusted-proxies", "my-proxy", "my-proxy" },

  { "tls", "mode", "off", NULL },
  { "tls", "mode", "local", NULL },
  { "tls", "mode", "vpn", "off, local, files or acme" },
  { "tls", "certificate", "/etc/letsencrypt/live/photos.example/fullchain.pem", NULL },
  { "tls", "key", "a.key; b.key", NULL },
  { "tls", "password-file", "", NULL },
  { "tls", "names", "photos.example; *.Photos.example;", NULL },
  { "tls", "names", "m\xc3\xbcller.example", NULL },
  { "tls", "names", "photos", NULL }, /* at home that may be one */
  { "tls", "names", "", NULL },
  { "tls", "names", "192.168.1.20", "not an address" },
  { "tls", "names", "[fd00::1]", "not an address" },
  { "tls", "names", "https://photos.example", "the name alone" },
  { "tls", "names", "photos.example:443", "the name alone" },
  { "tls", "names", "photos_1.example", "names such as" },
  { "tls", "names", "a..example", "names such as" },
  { "tls", "names", "photos.*.example", "names such as" },
  { "tls", "names", "-.example", "names such as" },
  { "tls", "email", "me@photos.example", NULL },
  { "tls", "directory-ca-file", "root.pem", NULL },
  { "tls", "eab-id", "kid-1", NULL },
  { "tls", "eab-key-file", "eab.key", NULL },
  { "tls", "dns-hook", "hook", NULL },
  { "tls", "directory", "letsencrypt", NULL },
  { "tls", "directory", "staging", NULL },
  { "tls", "directory", "https://ca.lan/acme/directory", NULL },
  { "tls", "directory", "http://ca.lan/", "letsencrypt or staging, or the address" },
  { "tls", "directory", "zerossl", "letsencrypt or staging, or the address" },
  { "tls", "plain", "redirect", NULL },
  { "tls", "plain", "everybody", "home, redirect or refuse" },
  { "tls", "hsts", "true", NULL },
  { "tls", "hsts", "1", "true or false" },

  { "door", "world", "everything", NULL },
  { "door", "world", "some", "everything or links" },
  { "door", "home", "links", NULL },
  { "door", "home", "", "everything or links" },
  { "door", "guest-uploads", "true", NULL },
  { "door", "guest-uploads", "yes", "true or false" },
  { "door", "also-links", "", NULL },
  { "door", "also-links", "GET /api/assets/{id}/tiles;PUT /api/x", NULL },
  { "door", "also-links", "DELETE /api/assets/{id}", "GET, POST or PUT" },
  { "door", "turned-away", "", NULL },
  { "door", "turned-away", "192.168.1.23;2001:db8::7;203.0.113.0/24", NULL },
  { "door", "turned-away", "Anna's phone", "is not a network" },
  { "door", "guard", "false", NULL },
  { "door", "guard", "maybe", "true or false" },
  { "door", "limits", "false", NULL },
  { "door", "limits", "100", "true or false" },

  { "log", "keep", "100", NULL },
  { "log", "keep", "1000000", NULL },
  { "log", "keep", "99", "a whole number from 100 to 1000000 (requests)" },
  { "log", "keep", "1000001", "a whole number from 100 to 1000000 (requests)" },

  { "log", "access-log", "", NULL },
  { "log", "access-log", "-", NULL },
  { "log", "access-log", "/var/log/porchlight.log", NULL },

  { "log", "format", "combined", NULL },
  { "log", "format", "json", NULL },
  { "log", "format", "JSON", "combined or json" },

  { "window", "start-at-login", "true", NULL },
  { "window", "start-at-login", "false", NULL },
  { "window", "start-at-login", "on", "true or false" },

  { "window", "start-hidden", "true", NULL },
  { "window", "start-hidden", "false", NULL },
  { "window", "start-hidden", "on", "true or false" },

  { "window", "keep-awake", "true", NULL },
  { "window", "keep-awake", "false", NULL },
  { "window", "keep-awake", "on", "true or false" },

  { "window", "notify-immich", "true", NULL },
  { "window", "notify-immich", "false", NULL },
  { "window", "notify-immich", "on", "true or false" },

  { "window", "notify-device", "true", NULL },
  { "window", "notify-device", "false", NULL },
  { "window", "notify-device", "on", "true or false" },

  { "window", "notify-guesser", "true", NULL },
  { "window", "notify-guesser", "false", NULL },
  { "window", "notify-guesser", "on", "true or false" },

  { "window", "notify-trouble", "true", NULL },
  { "window", "notify-trouble", "false", NULL },
  { "window", "notify-trouble", "on", "true or false" },

  { "window", "look-for-updates", "true", NULL },
  { "window", "look-for-updates", "false", NULL },
  { "window", "look-for-updates", "on", "true or false" },

  { "window", "demo", "true", NULL },
  { "window", "demo", "false", NULL },
  { "window", "demo", "on", "true or false" },

  { "window", "language", "", NULL },
  { "window", "language", "de", NULL },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PlSetting *setting = pl_setting_find (cases[i].group, cases[i].key);
      g_autoptr (GError) error = NULL;

      g_test_message ("[%s] %s=%s", cases[i].group, cases[i].key, cases[i].text);
      g_assert_nonnull (setting);
      gboolean is_good = pl_setting_check (setting, cases[i].text, &error);
      g_assert_cmpint (is_good, ==, cases[i].allowed == NULL);
      if (is_good)
        continue;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, cases[i].allowed));
    }
}

static gboolean
is_tried (const PlSetting *setting, gboolean with_bad)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (pl_setting_find (cases[i].group, cases[i].key) == setting
        && (cases[i].allowed != NULL) == with_bad)
      return TRUE;
  return FALSE;
}

/* A new row of the table needs its cases above. */
static void
test_every_row_is_tried (void)
{
  guint n_settings = 0;
  const PlSetting *table = pl_setting_table (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      g_test_message ("[%s] %s", table[i].group, table[i].key);
      g_assert_true (is_tried (&table[i], FALSE));
      g_assert_true (is_tried (&table[i], TRUE) || table[i].kind == PL_SETTING_TEXT);
    }
}

static void
test_initial_values_are_allowed (void)
{
  guint n_settings = 0;
  const PlSetting *table = pl_setting_table (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      g_autoptr (GError) error = NULL;
      if (table[i].initial == NULL)
        continue;
      pl_setting_check (&table[i], table[i].initial, &error);
      g_assert_no_error (error);
    }
}

typedef struct
{
  const char *group;
  gboolean is_known;
  gboolean needs_name;
} GroupCase;

static const GroupCase groups[] = {
  { "listen", TRUE, FALSE },
  { "listen x", FALSE, FALSE },
  { "upstream", FALSE, TRUE },
  { "upstream ", FALSE, TRUE },
  { "upstream immich", TRUE, FALSE },
  { "upstream two words", TRUE, FALSE },
  { "upstreams x", FALSE, FALSE },
  { "route", FALSE, TRUE },
  { "route  api", TRUE, FALSE },
  { "Listen", FALSE, FALSE },
  { "", FALSE, FALSE },
};

static void
test_groups (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_test_message ("[%s]", groups[i].group);
      g_assert_cmpint (pl_setting_group_is_known (groups[i].group), ==, groups[i].is_known);
      g_assert_cmpint (pl_setting_group_needs_name (groups[i].group), ==, groups[i].needs_name);
    }
  g_assert_cmpstr (pl_setting_get_group_name ("upstream two words"), ==, "two words");
  g_assert_cmpstr (pl_setting_get_group_name ("listen"), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/values/every-value", test_values);
  g_test_add_func ("/app/values/every-row-is-tried", test_every_row_is_tried);
  g_test_add_func ("/app/values/initial-values-are-allowed", test_initial_values_are_allowed);
  g_test_add_func ("/app/values/groups", test_groups);
  return g_test_run ();
}
