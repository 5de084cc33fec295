/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host and port, and which host a request is for. */

#include "net/http/target.h"

#include "tests/unit/feed.h"

static const struct
{
  const char *text;
  const char *host; /* %NULL: refused */
  guint16 port;
} splits[] = {
  { "localhost", "localhost", 0 },
  { "photos.example.org:8080", "photos.example.org", 8080 },
  { "192.168.1.2:1", "192.168.1.2", 1 },
  { "my_server-1.~", "my_server-1.~", 0 },
  { "a:65535", "a", 65535 },
  { "a:00080", "a", 80 },
  { "a:", "a", 0 },
  { "[::1]", "::1", 0 },
  { "[::1]:443", "::1", 443 },
  { "[2001:DB8::ffff:1.2.3.4]:80", "2001:DB8::ffff:1.2.3.4", 80 },
  { "[::]:", "::", 0 },

  { "", NULL },
  { ":", NULL },
  { ":80", NULL },
  { "a:0", NULL },
  { "a:00000", NULL },
  { "a:65536", NULL },
  { "a:000080", NULL },
  { "a:8a", NULL },
  { "a:-1", NULL },
  { "a: 80", NULL },
  { "a:80 ", NULL },
  { "a:80:80", NULL },
  { "a::", NULL },
  { "::1", NULL },
  { "a b", NULL },
  { "a,b", NULL },
  { "a/b", NULL },
  { "a\\b", NULL },
  { "a?b", NULL },
  { "a#b", NULL },
  { "user@a", NULL },
  { "%61", NULL },
  { "a;b", NULL },
  { "\"a\"", NULL },
  { "\xc3\xa4", NULL },
  { "[", NULL },
  { "[]", NULL },
  { "[::1", NULL },
  { "::1]", NULL },
  { "[::1]x", NULL },
  { "[::1]80", NULL },
  { "[::1]]", NULL },
  { "[[::1]]", NULL },
  { "a[::1]", NULL },
  { "[1.2.3.4]", NULL },
  { "[localhost]", NULL },
  { "[:::1]", NULL },
  { "[::g]", NULL },
  { "[12345::]", NULL },
  { "[1:2:3:4:5:6:7:8:9]", NULL },
  { "[fe80::1%eth0]", NULL },
  { "[fe80::1%25eth0]", NULL },
  { "[v1.a:b]", NULL },
};

static void
test_split (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      PlSlice text = pl_slice_from_string (splits[i].text);
      PlSlice host;
      guint16 port;

      feed_note (pl_slice_from_string (splits[i].text));
      text.bytes = feed_at_edge (text);
      g_assert_cmpint (pl_authority_split (text, &host, &port), ==, splits[i].host != NULL);
      if (splits[i].host == NULL)
        continue;
      g_assert_cmpmem (host.bytes, host.length, splits[i].host, strlen (splits[i].host));
      g_assert_cmpuint (port, ==, splits[i].port);
    }
}

static void
test_split_nul (void)
{
  PlSlice host;
  guint16 port;

  g_assert_false (pl_authority_split (pl_slice (NULL, 0), &host, &port));
  g_assert_false (pl_authority_split (PL_SLICE ("a\0"), &host, &port));
  g_assert_false (pl_authority_split (PL_SLICE ("a:8\0"), &host, &port));
  g_assert_false (pl_authority_split (PL_SLICE ("[::1\0]"), &host, &port));
}

static void
test_split_longest (void)
{
  g_autofree char *text = g_strnfill (256, 'a');
  PlSlice host;
  guint16 port;

  g_assert_true (pl_authority_split (pl_slice (text, 255), &host, &port));
  g_assert_cmpuint (host.length, ==, 255);
  g_assert_false (pl_authority_split (pl_slice (text, 256), &host, &port));

  memcpy (text, "[::", 3);
  text[254] = ']';
  g_assert_false (pl_authority_split (pl_slice (text, 255), &host, &port));
}

static const struct
{
  const char *head; /* without its empty line */
  PlHttpFault fault;
  const char *authority;
} decisions[] = {
  { "GET / HTTP/1.1\r\nHost: a\r\n", PL_HTTP_FAULT_NONE, "a" },
  { "GET / HTTP/1.1\r\nhOST: A:80\r\n", PL_HTTP_FAULT_NONE, "A:80" },
  { "GET / HTTP/1.1\r\nHost: [::1]:80\r\n", PL_HTTP_FAULT_NONE, "[::1]:80" },
  { "GET / HTTP/1.1\r\nHost:\r\n", PL_HTTP_FAULT_NONE, "" },
  { "OPTIONS * HTTP/1.1\r\nHost: a\r\n", PL_HTTP_FAULT_NONE, "a" },
  { "GET / HTTP/1.0\r\n", PL_HTTP_FAULT_NONE, "" },
  { "GET / HTTP/1.0\r\nHost: a\r\n", PL_HTTP_FAULT_NONE, "a" },
  { "GET http://a/ HTTP/1.0\r\n", PL_HTTP_FAULT_NONE, "a" },

  { "GET / HTTP/1.1\r\n", PL_HTTP_FAULT_HOST_MISSING, NULL },
  { "GET http://a/ HTTP/1.1\r\n", PL_HTTP_FAULT_HOST_MISSING, NULL },
  { "GET / HTTP/1.1\r\nX-Host: a\r\n", PL_HTTP_FAULT_HOST_MISSING, NULL },
  { "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n", PL_HTTP_FAULT_HOST_REPEATED, NULL },
  { "GET / HTTP/1.1\r\nHost:\r\nhost: a\r\n", PL_HTTP_FAULT_HOST_REPEATED, NULL },
  { "GET / HTTP/1.0\r\nHost: a\r\nX: y\r\nHost: b\r\n", PL_HTTP_FAULT_HOST_REPEATED, NULL },
  { "GET / HTTP/1.1\r\nHost: a b\r\n", PL_HTTP_FAULT_HOST_MALFORMED, NULL },
  { "GET / HTTP/1.1\r\nHost: a, b\r\n", PL_HTTP_FAULT_HOST_MALFORMED, NULL },
  { "GET / HTTP/1.1\r\nHost: a:x\r\n", PL_HTTP_FAULT_HOST_MALFORMED, NULL },
  { "GET / HTTP/1.1\r\nHost: http://a/\r\n", PL_HTTP_FAULT_HOST_MALFORMED, NULL },
  { "GET / HTTP/1.0\r\nHost: user@a\r\n", PL_HTTP_FAULT_HOST_MALFORMED, NULL },
  { "GET http://a/ HTTP/1.1\r\nHost: a/\r\n", PL_HTTP_FAULT_HOST_MALFORMED, NULL },

  { "GET http://a/ HTTP/1.1\r\nHost: a\r\n", PL_HTTP_FAULT_NONE, "a" },
  { "GET http://A/ HTTP/1.1\r\nHost: a:80\r\n", PL_HTTP_FAULT_NONE, "A" },
  { "GET HTTP://a:80/ HTTP/1.1\r\nHost: a\r\n", PL_HTTP_FAULT_NONE, "a:80" },
  { "GET https://a/ HTTP/1.1\r\nHost: a:443\r\n", PL_HTTP_FAULT_NONE, "a" },
  { "GET http://[::1]/ HTTP/1.1\r\nHost: [::1]:80\r\n", PL_HTTP_FAULT_NONE, "[::1]" },
  { "GET http://a/ HTTP/1.1\r\nHost: b\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
  { "GET http://a/ HTTP/1.1\r\nHost:\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
  { "GET http://a/ HTTP/1.1\r\nHost: a:443\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
  { "GET https://a/ HTTP/1.1\r\nHost: a:80\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
  { "GET http://a:8080/ HTTP/1.1\r\nHost: a\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
  { "GET http://a/ HTTP/1.1\r\nHost: a.\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
  { "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n", PL_HTTP_FAULT_NONE, "a:443" },
  { "CONNECT a:443 HTTP/1.1\r\nHost: b:443\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
  { "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n", PL_HTTP_FAULT_HOST_DIFFERS, NULL },
};

static void
test_decide (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autofree char *text = g_strconcat (decisions[i].head, "\r\n", NULL);
      PlHeadLimits limits = { 32768, 100 };
      PlHead head;
      PlTarget target;
      PlSlice authority;
      PlHttpFault fault;

      feed_note (pl_slice_from_string (text));
      pl_head_init (&head, PL_HEAD_REQUEST, limits);
      g_assert_cmpint (pl_head_parse (&head, text, strlen (text), &fault), ==, PL_PARSE_DONE);
      g_assert_cmpint (pl_target_parse (head.method, head.target, &target), ==, 0);
      fault = pl_target_decide_authority (&head, &target, &authority);
      g_assert_cmpstr (pl_http_fault_get_words (fault), ==,
                       pl_http_fault_get_words (decisions[i].fault));
      if (fault == PL_HTTP_FAULT_NONE)
        g_assert_cmpmem (authority.bytes, authority.length, decisions[i].authority,
                         strlen (decisions[i].authority));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/authority/split/table", test_split);
  g_test_add_func ("/http/authority/split/nul", test_split_nul);
  g_test_add_func ("/http/authority/split/longest", test_split_longest);
  g_test_add_func ("/http/authority/decide", test_decide);
  return g_test_run ();
}
