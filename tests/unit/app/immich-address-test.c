/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/immich_address.h"

#include <gio/gio.h>
#include <string.h>

#define UNFINISHED "not an address yet"
#define PORT       "A port is a number from 1 to 65535."

/**
 * ReadingCase:
 * @urls: with spaces between; %NULL: it is no address
 * @words: a part of what is said then
 */
typedef struct
{
  const char *text;
  const char *host;
  const char *urls;
  const char *words;
} ReadingCase;

static const ReadingCase cases[] = {
  { "192.168.1.20", "192.168.1.20", "http://192.168.1.20:2283 http://192.168.1.20:80" },
  { "nas", "nas", "http://nas:2283 http://nas:80" },
  { "http://nas", "nas", "http://nas:80 http://nas:2283" },
  { "HTTP://NAS.local/", "nas.local", "http://nas.local:80 http://nas.local:2283" },
  { " nas:3001 ", "nas", "http://nas:3001" },
  { "NAS:3001", "nas", "http://nas:3001" },
  { "http://nas:2283", "nas", "http://nas:2283" },
  { "nas:0080", "nas", "http://nas:80" },
  { "nas.fritz.box.:2283", "nas.fritz.box.", "http://nas.fritz.box.:2283" },
  { "immich_server:2283", "immich_server", "http://immich_server:2283" },
  { "localhost", "localhost", "http://localhost:2283 http://localhost:80" },
  { "b\xC3\xBC"
    "cher:2283",
    "xn--bcher-kva", "http://xn--bcher-kva:2283" },

  { "2283", "127.0.0.1", "http://127.0.0.1:2283" },
  { ":2283", "127.0.0.1", "http://127.0.0.1:2283" },
  { "65535", "127.0.0.1", "http://127.0.0.1:65535" },
  { "65536", NULL, NULL, PORT },
  { "0", NULL, NULL, PORT },
  { ":99999", NULL, NULL, PORT },

  { "[::1]:2283", "::1", "http://[::1]:2283" },
  { "::1", "::1", "http://[::1]:2283 http://[::1]:80" },
  { "[FD00::2]", "fd00::2", "http://[fd00::2]:2283 http://[fd00::2]:80" },
  { "http://[fd00::2]", "fd00::2", "http://[fd00::2]:80 http://[fd00::2]:2283" },
  { "http://fd00::2/", "fd00::2", "http://[fd00::2]:80 http://[fd00::2]:2283" },
  { "fe80::1%lo", NULL, NULL, UNFINISHED },
  { "[fe80::1%lo]:80", NULL, NULL, UNFINISHED },
  { "[::1", NULL, NULL, UNFINISHED },
  { "[::1]x", NULL, NULL, UNFINISHED },
  { "[nas]:2283", NULL, NULL, UNFINISHED },
  { "[::1]:99999", NULL, NULL, PORT },

  { "nas:2283/", "nas", "http://nas:2283" },
  { "http://nas:2283/photos?x=1", "nas", "http://nas:2283" },
  { "nas:2283?x=ftp://y", "nas", "http://nas:2283" },
  { "nas/api#a", "nas", "http://nas:2283 http://nas:80" },
  { "https://photos.example", "photos.example", "https://photos.example:443" },
  { "HTTPS://Nas:8443/a", "nas", "https://nas:8443" },
  { "https://[fd00::2]", "fd00::2", "https://[fd00::2]:443" },

  { "nas:0", NULL, NULL, PORT },
  { "nas:99999", NULL, NULL, PORT },
  { "http://nas:18446744073709551616", NULL, NULL, PORT },
  { "nas:x", NULL, NULL, UNFINISHED },
  { "nas:", NULL, NULL, UNFINISHED },
  { "nas:-1", NULL, NULL, UNFINISHED },
  { "nas:22:83", NULL, NULL, UNFINISHED },

  { "", NULL, NULL, UNFINISHED },
  { "http://", NULL, NULL, UNFINISHED },
  { "http://2283", NULL, NULL, UNFINISHED },
  { "http://:2283", NULL, NULL, UNFINISHED },
  { "http:", NULL, NULL, UNFINISHED },
  { ":", NULL, NULL, UNFINISHED },
  { "/api", NULL, NULL, UNFINISHED },
  { "192.168.1", NULL, NULL, UNFINISHED },
  { "192.168.", NULL, NULL, UNFINISHED },
  { "300.1.1.1", NULL, NULL, UNFINISHED },
  { "nas..local", NULL, NULL, UNFINISHED },
  { ".local", NULL, NULL, UNFINISHED },
  { "my nas", NULL, NULL, UNFINISHED },
  { "nas%20a", NULL, NULL, UNFINISHED },
  { "na\xFFs", NULL, NULL, UNFINISHED },

  { "https://", NULL, NULL, UNFINISHED },
  { "ftp://nas", NULL, NULL, "begins with http://" },
  { "user:secret@nas:2283", NULL, NULL, "no user name" },
  { "http://user@nas", NULL, NULL, "no user name" },
};

static void
assert_place (const PlImmichAddress *address, const char *host)
{
  g_autofree char *end = g_strdup_printf (":%u", address->port);

  g_assert_cmpstr (address->host, ==, host);
  g_assert_true (g_str_has_suffix (address->urls[0], end));
}

static void
test_readings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PlImmichAddress) address = pl_immich_address_read (cases[i].text, &error);
      g_autofree char *urls = address != NULL ? g_strjoinv (" ", address->urls) : NULL;
      g_autofree char *url = pl_immich_address_dup_url (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (urls, ==, cases[i].urls);
      g_assert_cmpstr (url, ==, address != NULL ? address->urls[0] : NULL);
      g_assert_cmpint (address == NULL, ==, error != NULL);
      if (address != NULL)
        assert_place (address, cases[i].host);
      else
        g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_what_follows (void)
{
  static const struct
  {
    const char *text;
    gboolean has_rest;
  } rests[] = {
    { "nas", FALSE },          { "http://nas:2283/", FALSE }, { "http://nas/photos", TRUE },
    { "http://nas/?x", TRUE }, { "http://nas#x", TRUE },      { "nas:2283//", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autoptr (PlImmichAddress) address = pl_immich_address_read (rests[i].text, NULL);
      g_assert_cmpint (address->has_rest, ==, rests[i].has_rest);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/immich-address/readings", test_readings);
  g_test_add_func ("/app/immich-address/what-follows", test_what_follows);
  return g_test_run ();
}
