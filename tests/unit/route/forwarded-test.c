/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the upstream is told of the way a request came: by a stranger, whose word is thrown away,
 * and by a trusted proxy, whose word is kept where it can be read one way only. */

#include "net/route/forwarded.h"
#include "tests/unit/route/sample.h"

#define TRUSTED "10.0.0.0/8;fd00::/8"

typedef struct
{
  const char *name;
  const char *client;
  gboolean is_tls;
  const char *fields; /* of the request, beside Host: photos.example:8080 */
  const char *chain;
  const char *host;
  const char *proto;
  const char *real_ip;
} ForwardedCase;

#define STRANGER "192.168.1.9:50000"
#define PROXY    "10.0.0.1:50000"
#define OUR_HOST "photos.example:8080"

static const ForwardedCase cases[] = {
  { "stranger", STRANGER, FALSE, "", "192.168.1.9", OUR_HOST, "http", "192.168.1.9" },
  { "stranger over TLS", STRANGER, TRUE, "", "192.168.1.9", OUR_HOST, "https", "192.168.1.9" },
  { "IPv6 stranger", "[2001:DB8::9]:50000", FALSE, "", "2001:db8::9", OUR_HOST, "http",
    "2001:db8::9" },
  { "mapped stranger", "[::ffff:192.168.1.9]:50000", FALSE, "", "192.168.1.9", OUR_HOST, "http",
    "192.168.1.9" },
  { "stranger who forges", STRANGER, FALSE,
    "X-Forwarded-For: 10.0.0.7\n"
    "X-Forwarded-Host: evil.example\n"
    "X-Forwarded-Proto: https\n"
    "X-Real-IP: 10.0.0.7\n"
    "Forwarded: for=10.0.0.7\n",
    "192.168.1.9", OUR_HOST, "http", "192.168.1.9" },
  { "loopback is not trusted by itself", "127.0.0.1:50000", FALSE, "X-Forwarded-For: 203.0.113.5\n",
    "127.0.0.1", OUR_HOST, "http", "127.0.0.1" },

  { "proxy that says nothing", PROXY, FALSE, "", "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
  { "proxy", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5\n"
    "X-Forwarded-Host: shown.example\n"
    "X-Forwarded-Proto: https\n"
    "X-Real-IP: 1.1.1.1\n",
    "203.0.113.5, 10.0.0.1", "shown.example", "https", "203.0.113.5" },
  { "IPv6 proxy", "[fd00::1]:50000", FALSE, "X-Forwarded-For: 2001:db8::5\n",
    "2001:db8::5, fd00::1", OUR_HOST, "http", "2001:db8::5" },
  { "mapped proxy", "[::ffff:10.0.0.1]:50000", FALSE, "X-Forwarded-For: 203.0.113.5\n",
    "203.0.113.5, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },

  /* Chains. */
  { "two hops", PROXY, FALSE, "X-Forwarded-For: 203.0.113.5, 10.0.0.2\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "forged first hop", PROXY, FALSE, "X-Forwarded-For: 1.1.1.1, 203.0.113.5\n",
    "1.1.1.1, 203.0.113.5, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "forged trusted first hop", PROXY, FALSE, "X-Forwarded-For: 10.9.9.9, 203.0.113.5, 10.0.0.2\n",
    "10.9.9.9, 203.0.113.5, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "all trusted", PROXY, FALSE, "X-Forwarded-For: 10.0.0.3, 10.0.0.2\n",
    "10.0.0.3, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "10.0.0.3" },
  { "several fields", PROXY, FALSE,
    "X-Forwarded-For: 1.1.1.1\n"
    "Accept: */*\n"
    "x-forwarded-for: 203.0.113.5,10.0.0.2\n"
    "X-FORWARDED-FOR:\t10.0.0.3\n",
    "1.1.1.1, 203.0.113.5, 10.0.0.2, 10.0.0.3, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "ports", PROXY, FALSE, "X-Forwarded-For: 203.0.113.5:4711, [fd00::2]:80, [fd00::3]\n",
    "203.0.113.5:4711, [fd00::2]:80, [fd00::3], 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "empty elements", PROXY, FALSE, "X-Forwarded-For: , 203.0.113.5 ,, \nX-Forwarded-For:\n",
    "203.0.113.5, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "nothing but commas", PROXY, FALSE, "X-Forwarded-For: , ,\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "unknown", PROXY, FALSE, "X-Forwarded-For: unknown\n", "unknown, 10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "behind an unknown", PROXY, FALSE, "X-Forwarded-For: 1.1.1.1, Unknown, 10.0.0.2\n",
    "1.1.1.1, Unknown, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "10.0.0.2" },

  /* Garbage in a chain: none of it is believed. */
  { "a name", PROXY, FALSE, "X-Forwarded-For: 203.0.113.5, localhost\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "a name in another field", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5\nX-Forwarded-For: evil\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "a zone", PROXY, FALSE, "X-Forwarded-For: fe80::1%eth0\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "blanks inside", PROXY, FALSE, "X-Forwarded-For: 1.1.1.1 2.2.2.2\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "octets over 127", PROXY, FALSE, "X-Forwarded-For: \xff\xfe\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "quoted", PROXY, FALSE, "X-Forwarded-For: \"1.1.1.1, 2.2.2.2\"\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "obfuscated", PROXY, FALSE, "X-Forwarded-For: _secret\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },

  /* Other spellings and the RFC 7239 field are not read. */
  { "underscores", PROXY, FALSE,
    "X_Forwarded_For: 1.1.1.1\nX_Forwarded_Proto: https\nX_Forwarded_Host: evil.example\n",
    "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
  { "Forwarded", PROXY, FALSE, "Forwarded: for=1.1.1.1;proto=https;host=evil.example\n", "10.0.0.1",
    OUR_HOST, "http", "10.0.0.1" },

  /* Proto. */
  { "proto in capitals", PROXY, FALSE, "X-Forwarded-Proto: HTTPS\n", "10.0.0.1", OUR_HOST, "https",
    "10.0.0.1" },
  { "proto http through TLS", PROXY, TRUE, "X-Forwarded-Proto: http\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "no proto through TLS", PROXY, TRUE, "", "10.0.0.1", OUR_HOST, "https", "10.0.0.1" },
  { "proto list", PROXY, FALSE, "X-Forwarded-Proto: https, http\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "proto twice", PROXY, FALSE, "X-Forwarded-Proto: https\nX-Forwarded-Proto: https\n", "10.0.0.1",
    OUR_HOST, "http", "10.0.0.1" },
  { "another proto", PROXY, FALSE, "X-Forwarded-Proto: wss\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "empty proto", PROXY, TRUE, "X-Forwarded-Proto:\n", "10.0.0.1", OUR_HOST, "https", "10.0.0.1" },

  /* Host. */
  { "host with port", PROXY, FALSE, "X-Forwarded-Host: shown.example:8443\n", "10.0.0.1",
    "shown.example:8443", "http", "10.0.0.1" },
  { "IPv6 host", PROXY, FALSE, "X-Forwarded-Host: [2001:db8::1]:8443\n", "10.0.0.1",
    "[2001:db8::1]:8443", "http", "10.0.0.1" },
  { "host list", PROXY, FALSE, "X-Forwarded-Host: a.example, b.example\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "host twice", PROXY, FALSE, "X-Forwarded-Host: a.example\nX-Forwarded-Host: a.example\n",
    "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
  { "host with a path", PROXY, FALSE, "X-Forwarded-Host: a.example/evil\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "host with user", PROXY, FALSE, "X-Forwarded-Host: user@a.example\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "host with a bad port", PROXY, FALSE, "X-Forwarded-Host: a.example:99999\n", "10.0.0.1",
    OUR_HOST, "http", "10.0.0.1" },
  { "empty host", PROXY, FALSE, "X-Forwarded-Host:\n", "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
};

static char *
dup_written (const PlForwardedInput *input)
{
  char buffer[1024];
  PlWriter writer;

  pl_writer_init (&writer, buffer, sizeof buffer);
  pl_forwarded_write (input, &writer);
  return sample_dup_written (&writer);
}

static void
check (const ForwardedCase *test, const PlTrust *trusted)
{
  g_autofree char *text
      = g_strconcat ("GET / HTTP/1.1\nHost: " OUR_HOST "\n", test->fields, "\n", NULL);
  g_autoptr (SampleHead) sample = sample_head_new (PL_HEAD_REQUEST, text);
  PlAddress client = sample_address (test->client);
  PlForwardedInput input = {
    .client = &client,
    .trusted = trusted,
    .head = &sample->head,
    .authority = pl_head_get_value (&sample->head, PL_FIELD_HOST),
    .is_tls = test->is_tls,
  };
  g_autofree char *written = dup_written (&input);
  g_autofree char *expected
      = g_strdup_printf ("X-Forwarded-For: %s\nX-Forwarded-Host: %s\nX-Forwarded-Proto: %s\n"
                         "X-Real-IP: %s\n",
                         test->chain, test->host, test->proto, test->real_ip);

  g_test_message ("%s", test->name);
  g_assert_cmpstr (written, ==, expected);
}

static void
test_cases (void)
{
  g_autoptr (PlTrust) trusted = sample_trust (TRUSTED);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&cases[i], trusted);
}

/* With nobody trusted, a proxy is a stranger. */
static void
test_nobody_trusted (void)
{
  static const ForwardedCase test
      = { "nobody trusted",
          PROXY,
          FALSE,
          "X-Forwarded-For: 1.1.1.1\nX-Forwarded-Proto: https\nX-Forwarded-Host: evil.example\n",
          "10.0.0.1",
          OUR_HOST,
          "http",
          "10.0.0.1" };

  check (&test, NULL);
}

static void
test_no_authority (void)
{
  g_autoptr (SampleHead) sample = sample_head_new (PL_HEAD_REQUEST, "GET / HTTP/1.0\n\n");
  PlAddress client = sample_address (STRANGER);
  PlForwardedInput input = { .client = &client, .head = &sample->head };
  g_autofree char *written = dup_written (&input);

  g_assert_cmpstr (written, ==,
                   "X-Forwarded-For: 192.168.1.9\nX-Forwarded-Proto: http\n"
                   "X-Real-IP: 192.168.1.9\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/forwarded/cases", test_cases);
  g_test_add_func ("/route/forwarded/nobody-trusted", test_nobody_trusted);
  g_test_add_func ("/route/forwarded/no-authority", test_no_authority);
  return g_test_run ();
}
