/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the upstream is told of the way a request came: by a stranger, whose word is thrown away,
 * and by a trusted proxy, whose word is kept where it can be read one way only. */

#include "net/route/forwarded.h"
#include "net/route/hops.h"
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

  /* Chains: read from their end to the first who is not trusted. */
  { "two hops", PROXY, FALSE, "X-Forwarded-For: 203.0.113.5, 10.0.0.2\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "forged first hop", PROXY, FALSE, "X-Forwarded-For: 1.1.1.1, 203.0.113.5\n",
    "203.0.113.5, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "forged trusted first hop", PROXY, FALSE, "X-Forwarded-For: 10.9.9.9, 203.0.113.5, 10.0.0.2\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "all trusted", PROXY, FALSE, "X-Forwarded-For: 10.0.0.3, 10.0.0.2\n",
    "10.0.0.3, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "10.0.0.3" },
  { "several fields", PROXY, FALSE,
    "X-Forwarded-For: 1.1.1.1\n"
    "Accept: */*\n"
    "x-forwarded-for: 203.0.113.5,10.0.0.2\n"
    "X-FORWARDED-FOR:\t10.0.0.3\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.3, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "ports", PROXY, FALSE, "X-Forwarded-For: 203.0.113.5:4711, [fd00::2]:80, [fd00::3]\n",
    "203.0.113.5, fd00::2, fd00::3, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "odd ports", PROXY, FALSE, "X-Forwarded-For: 203.0.113.5:0, [fd00::2]:_x, 10.0.0.2:99999\n",
    "203.0.113.5, fd00::2, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "spellings", PROXY, FALSE, "X-Forwarded-For: ::ffff:203.0.113.5, FD00:0::0:2, 10.0.0.2\n",
    "203.0.113.5, fd00::2, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "zones", PROXY, FALSE, "X-Forwarded-For: fe80::1%eth0, [fd00::2%25wlan0]:80, fd00::3%1\n",
    "fe80::1, fd00::2, fd00::3, 10.0.0.1", OUR_HOST, "http", "fe80::1" },
  { "empty elements", PROXY, FALSE, "X-Forwarded-For: , 203.0.113.5 ,, \nX-Forwarded-For:\n",
    "203.0.113.5, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "nothing but commas", PROXY, FALSE, "X-Forwarded-For: , ,\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "said once to each of two", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5, 203.0.113.5, 10.0.0.2\n", "203.0.113.5, 10.0.0.2, 10.0.0.1",
    OUR_HOST, "http", "203.0.113.5" },

  /* A hop that cannot be read hides what lies beyond, and nothing of what was read before it. */
  { "unknown", PROXY, FALSE, "X-Forwarded-For: unknown\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "behind an unknown", PROXY, FALSE, "X-Forwarded-For: 1.1.1.1, Unknown, 10.0.0.2\n",
    "10.0.0.2, 10.0.0.1", OUR_HOST, "http", "10.0.0.2" },
  { "junk to hide behind", PROXY, FALSE, "X-Forwarded-For: junk, 203.0.113.5\n",
    "203.0.113.5, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "junk to hide behind two", PROXY, FALSE, "X-Forwarded-For: junk, 203.0.113.5, 10.0.0.2\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "junk in a field of its own", PROXY, FALSE,
    "X-Forwarded-For: junk\nX-Forwarded-For: 203.0.113.5\n", "203.0.113.5, 10.0.0.1", OUR_HOST,
    "http", "203.0.113.5" },
  { "an open quotation mark to hide behind", PROXY, FALSE,
    "X-Forwarded-For: 1.1.1.1, \", 203.0.113.5\n", "203.0.113.5, 10.0.0.1", OUR_HOST, "http",
    "203.0.113.5" },
  { "a name", PROXY, FALSE, "X-Forwarded-For: 203.0.113.5, localhost\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "a name in another field", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5\nX-Forwarded-For: evil\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "blanks inside", PROXY, FALSE, "X-Forwarded-For: 1.1.1.1 2.2.2.2\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "octets over 127", PROXY, FALSE, "X-Forwarded-For: \xff\xfe\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "quoted", PROXY, FALSE, "X-Forwarded-For: \"1.1.1.1, 2.2.2.2\"\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "obfuscated", PROXY, FALSE, "X-Forwarded-For: _secret\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "no number", PROXY, FALSE, "X-Forwarded-For: 1.2.3\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "leading zeros", PROXY, FALSE, "X-Forwarded-For: 010.0.0.7\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "no port", PROXY, FALSE, "X-Forwarded-For: 1.2.3.4:\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "a bad port", PROXY, FALSE, "X-Forwarded-For: 1.2.3.4:8a\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "two ports", PROXY, FALSE, "X-Forwarded-For: 1.2.3.4:80:80\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "a bad port behind brackets", PROXY, FALSE, "X-Forwarded-For: [2001:db8::5]80\n", "10.0.0.1",
    OUR_HOST, "http", "10.0.0.1" },
  { "brackets left open", PROXY, FALSE, "X-Forwarded-For: [2001:db8::5\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "IPv4 in brackets", PROXY, FALSE, "X-Forwarded-For: [1.2.3.4]\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "an empty zone", PROXY, FALSE, "X-Forwarded-For: fe80::1%\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "a zone of IPv4", PROXY, FALSE, "X-Forwarded-For: 1.2.3.4%eth0\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "a prefix", PROXY, FALSE, "X-Forwarded-For: 1.2.3.0/24\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },

  { "underscores", PROXY, FALSE,
    "X_Forwarded_For: 1.1.1.1\nX_Forwarded_Proto: https\nX_Forwarded_Host: evil.example\n",
    "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },

  /* Proto: the one that the hop saw which saw the real client. */
  { "proto in capitals", PROXY, FALSE, "X-Forwarded-Proto: HTTPS\n", "10.0.0.1", OUR_HOST, "https",
    "10.0.0.1" },
  { "proto http through TLS", PROXY, TRUE, "X-Forwarded-Proto: Http\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "no proto through TLS", PROXY, TRUE, "", "10.0.0.1", OUR_HOST, "https", "10.0.0.1" },
  { "proto wss", PROXY, FALSE, "X-Forwarded-Proto: wss\n", "10.0.0.1", OUR_HOST, "https",
    "10.0.0.1" },
  { "proto ws", PROXY, TRUE, "X-Forwarded-Proto: WS\n", "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
  { "another proto", PROXY, FALSE, "X-Forwarded-Proto: ftp\n", "10.0.0.1", OUR_HOST, "http",
    "10.0.0.1" },
  { "empty proto", PROXY, TRUE, "X-Forwarded-Proto:\n", "10.0.0.1", OUR_HOST, "https", "10.0.0.1" },
  { "proto twice the same", PROXY, FALSE, "X-Forwarded-Proto: https\nX-Forwarded-Proto: https\n",
    "10.0.0.1", OUR_HOST, "https", "10.0.0.1" },
  { "proto of two hops", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5, 10.0.0.2\nX-Forwarded-Proto: https, http\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", OUR_HOST, "https", "203.0.113.5" },
  { "proto of two hops, set by one", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5, 10.0.0.2\nX-Forwarded-Proto: https\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", OUR_HOST, "https", "203.0.113.5" },
  { "proto forged in front", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5\nX-Forwarded-Proto: https, http\n", "203.0.113.5, 10.0.0.1",
    OUR_HOST, "http", "203.0.113.5" },
  { "proto with a junk element", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5, 10.0.0.3, 10.0.0.2\nX-Forwarded-Proto: http, junk, https\n",
    "203.0.113.5, 10.0.0.3, 10.0.0.2, 10.0.0.1", OUR_HOST, "https", "203.0.113.5" },
  { "proto of an unknown", PROXY, FALSE,
    "X-Forwarded-For: unknown, 10.0.0.2\nX-Forwarded-Proto: http, https, http\n",
    "10.0.0.2, 10.0.0.1", OUR_HOST, "https", "10.0.0.2" },

  /* Host: the same. */
  { "host with port", PROXY, FALSE, "X-Forwarded-Host: shown.example:8443\n", "10.0.0.1",
    "shown.example:8443", "http", "10.0.0.1" },
  { "IPv6 host", PROXY, FALSE, "X-Forwarded-Host: [2001:db8::1]:8443\n", "10.0.0.1",
    "[2001:db8::1]:8443", "http", "10.0.0.1" },
  { "host list of one hop", PROXY, FALSE, "X-Forwarded-Host: a.example, b.example\n", "10.0.0.1",
    "b.example", "http", "10.0.0.1" },
  { "host list of two hops", PROXY, FALSE,
    "X-Forwarded-For: 203.0.113.5, 10.0.0.2\nX-Forwarded-Host: evil.example\n"
    "X-Forwarded-Host: a.example, b.example\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", "a.example", "http", "203.0.113.5" },
  { "host with a path", PROXY, FALSE, "X-Forwarded-Host: a.example/evil\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "host with user", PROXY, FALSE, "X-Forwarded-Host: user@a.example\n", "10.0.0.1", OUR_HOST,
    "http", "10.0.0.1" },
  { "host with a bad port", PROXY, FALSE, "X-Forwarded-Host: a.example:99999\n", "10.0.0.1",
    OUR_HOST, "http", "10.0.0.1" },
  { "empty host", PROXY, FALSE, "X-Forwarded-Host:\n", "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },

  /* Forwarded. */
  { "Forwarded", PROXY, FALSE, "Forwarded: for=203.0.113.5;proto=https;host=shown.example\n",
    "203.0.113.5, 10.0.0.1", "shown.example", "https", "203.0.113.5" },
  { "Forwarded in other spellings", PROXY, FALSE,
    "Forwarded: By=_x; For=\"[2001:DB8::5]:4711\" "
    ";HOST=\"shown.example:8443\";;Proto=WSS;ext=\"a,b\"\n",
    "2001:db8::5, 10.0.0.1", "shown.example:8443", "https", "2001:db8::5" },
  { "Forwarded by two hops", PROXY, FALSE,
    "Forwarded: for=1.1.1.1;proto=http;host=evil.example, "
    "for=203.0.113.5;proto=https;host=a.example\n"
    "Forwarded: for=10.0.0.2;proto=http;host=b.example\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", "a.example", "https", "203.0.113.5" },
  { "Forwarded by two hops, of which one says less", PROXY, FALSE,
    "Forwarded: for=203.0.113.5, for=10.0.0.2;proto=https;host=b.example\n",
    "203.0.113.5, 10.0.0.2, 10.0.0.1", "b.example", "https", "203.0.113.5" },
  { "Forwarded without quotation marks where they should be", PROXY, FALSE,
    "Forwarded: for=[2001:db8::5]\n", "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
  { "Forwarded without brackets where they should be", PROXY, FALSE,
    "Forwarded: for=\"2001:db8::5\"\n", "2001:db8::5, 10.0.0.1", OUR_HOST, "http", "2001:db8::5" },
  { "Forwarded for a hidden one", PROXY, FALSE,
    "Forwarded: for=1.1.1.1;proto=http, for=_hidden;proto=https;host=a.example, for=10.0.0.2\n",
    "10.0.0.2, 10.0.0.1", "a.example", "https", "10.0.0.2" },
  { "Forwarded for an unknown one with a port", PROXY, FALSE, "Forwarded: for=\"unknown:_p\"\n",
    "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
  { "Forwarded for nobody", PROXY, FALSE, "Forwarded: for=1.1.1.1, proto=https;host=a.example\n",
    "10.0.0.1", "a.example", "https", "10.0.0.1" },
  { "Forwarded twice for", PROXY, FALSE, "Forwarded: for=1.1.1.1;FOR=2.2.2.2;proto=https\n",
    "10.0.0.1", OUR_HOST, "http", "10.0.0.1" },
  { "Forwarded with blanks", PROXY, FALSE, "Forwarded: for = 1.1.1.1;proto=https\n", "10.0.0.1",
    OUR_HOST, "http", "10.0.0.1" },
  { "Forwarded behind an open quotation mark", PROXY, FALSE,
    "Forwarded: for=\"1.1.1.1, for=203.0.113.5;proto=https\n", "203.0.113.5, 10.0.0.1", OUR_HOST,
    "https", "203.0.113.5" },
  { "Forwarded with odd proto and host", PROXY, FALSE,
    "Forwarded: for=203.0.113.5;proto=ftp;host=\"a.example/x\"\n", "203.0.113.5, 10.0.0.1",
    OUR_HOST, "http", "203.0.113.5" },
  { "Forwarded beside X-Forwarded-For", PROXY, FALSE,
    "Forwarded: for=1.1.1.1;proto=https;host=evil.example\nX-Forwarded-For: 203.0.113.5\n",
    "203.0.113.5, 10.0.0.1", OUR_HOST, "http", "203.0.113.5" },
  { "Forwarded beside X-Forwarded-Proto", PROXY, FALSE,
    "Forwarded: for=1.1.1.1;proto=http;host=evil.example\nX-Forwarded-Proto: https\n", "10.0.0.1",
    OUR_HOST, "https", "10.0.0.1" },
};

/* The word of more hops than are read is not asked for. */
static void
test_many_hops (void)
{
  g_autoptr (PlTrust) trusted = sample_trust (TRUSTED);
  g_autoptr (GString) text = g_string_new ("GET / HTTP/1.1\nX-Forwarded-For: 203.0.113.5");
  g_autoptr (SampleHead) sample = NULL;
  PlHops hops;

  for (guint i = 0; i < PL_HOPS_MAX; i++)
    g_string_append_printf (text, ", 10.0.1.%u", i);
  g_string_append (text, "\n\n");
  sample = sample_head_new (PL_HEAD_REQUEST, text->str);

  pl_hops_read (&sample->head, trusted, &hops);
  g_assert_cmpuint (hops.n_addresses, ==, PL_HOPS_MAX);
  g_assert_cmpint (hops.addresses[PL_HOPS_MAX - 1].bytes[15], ==, 0);
}

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

  PlAddress real = pl_forwarded_get_client (&input);
  PlAddress expected_real = sample_address (test->real_ip);

  g_test_message ("%s", test->name);
  g_assert_cmpstr (written, ==, expected);
  g_assert_cmpmem (real.bytes, sizeof real.bytes, expected_real.bytes, sizeof expected_real.bytes);
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

/* Circles: 10.0.0.1 is the proxy, and at home. */

static const struct
{
  const char *client;
  const char *fields;
  PlCircle circle;
} circles[] = {
  { "192.168.1.9:1", "", PL_CIRCLE_HOME },
  { "127.0.0.1:1", "", PL_CIRCLE_COMPUTER },
  { "203.0.113.9:1", "", PL_CIRCLE_WORLD },
  { "127.0.0.1:1", "X-Forwarded-Proto: https\n", PL_CIRCLE_WORLD },
  { "203.0.113.9:1", "X-Forwarded-For: 192.168.1.7\n", PL_CIRCLE_WORLD },

  { PROXY, "", PL_CIRCLE_HOME },
  { PROXY, "X-Forwarded-For: 192.168.1.7\n", PL_CIRCLE_HOME },
  { PROXY, "X-Forwarded-For: 127.0.0.1\n", PL_CIRCLE_HOME },
  { PROXY, "X-Forwarded-For: 10.0.0.9\n", PL_CIRCLE_HOME },
  { PROXY, "X-Forwarded-For: 203.0.113.5, 192.168.1.7, 10.0.0.9\n", PL_CIRCLE_HOME },
  { PROXY, "X-Forwarded-For: 192.168.1.7, 203.0.113.5\n", PL_CIRCLE_WORLD },
  { PROXY, "X-Forwarded-For: 192.168.1.7\nX-Forwarded-For: 203.0.113.5\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=192.168.1.7\n", PL_CIRCLE_HOME },
  { PROXY, "Forwarded: for=203.0.113.5\n", PL_CIRCLE_WORLD },

  /* It does not say for whom. */
  { PROXY, "X-Forwarded-Proto: https\n", PL_CIRCLE_WORLD },
  { PROXY, "X-Forwarded-Host: photos.example\n", PL_CIRCLE_WORLD },
  { PROXY, "X-Real-IP: 192.168.1.7\n", PL_CIRCLE_WORLD },
  { PROXY, "X-Forwarded-For:\n", PL_CIRCLE_WORLD },
  { PROXY, "X-Forwarded-For: unknown\n", PL_CIRCLE_WORLD },
  { PROXY, "X-Forwarded-For: 192.168.1.7, unknown\n", PL_CIRCLE_WORLD },
  { PROXY, "X-Forwarded-For: unknown, 10.0.0.9\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=_hidden\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: proto=https\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=_hidden, for=10.0.0.9\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=\"192.168.1.7, for=10.0.0.9\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=1.1.1.1;for=192.168.1.7\n", PL_CIRCLE_WORLD },

  /* It speaks one language, and passes on what a stranger says in the other. */
  { PROXY, "Forwarded: for=203.0.113.5\nX-Forwarded-For: 192.168.1.7\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=203.0.113.5\nX-Forwarded-Proto: https\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=192.168.1.7\nX-Forwarded-For: 203.0.113.5\n", PL_CIRCLE_WORLD },
  { PROXY, "Forwarded: for=192.168.1.7\nX-Forwarded-Proto: https\n", PL_CIRCLE_HOME },
  { PROXY, "Forwarded: for=192.168.1.7\nX-Forwarded-For: 192.168.1.7\n", PL_CIRCLE_HOME },
};

static void
test_circles (void)
{
  g_autoptr (PlTrust) trusted = sample_trust (TRUSTED);

  for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
    {
      g_autofree char *text = g_strconcat ("GET / HTTP/1.1\n", circles[i].fields, "\n", NULL);
      g_autoptr (SampleHead) sample = sample_head_new (PL_HEAD_REQUEST, text);
      PlAddress client = sample_address (circles[i].client);
      PlForwardedInput input = { .client = &client, .trusted = trusted, .head = &sample->head };

      g_test_message ("%s %s", circles[i].client, circles[i].fields);
      g_assert_cmpint (pl_forwarded_find_circle (&input, NULL), ==, circles[i].circle);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/forwarded/cases", test_cases);
  g_test_add_func ("/route/forwarded/many-hops", test_many_hops);
  g_test_add_func ("/route/forwarded/nobody-trusted", test_nobody_trusted);
  g_test_add_func ("/route/forwarded/no-authority", test_no_authority);
  g_test_add_func ("/route/forwarded/circles", test_circles);
  return g_test_run ();
}
