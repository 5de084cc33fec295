/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/client/http2/: what of a client of HTTP/2 is not to be seen over sockets. */

#include <string.h>

#include "tests/unit/client/visit.h"

/* A preface, settings, and GET / of the host a. */
static const char begin[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                            "\0\0\0\4\0\0\0\0\0"
                            "\0\0\6\1\5\0\0\0\1\x82\x84\x86\x41\1a";

static void
send_octets (PeerEnd *end, const char *octets, gsize length)
{
  gsize sent;

  g_assert_cmpint (fixture_send (end, octets, length, &sent), ==, PL_IO_DONE);
  g_assert_cmpuint (sent, ==, length);
}

static void
answer (Visit *visit, PeerEnd *upstream, const char *text)
{
  g_autofree char *request = NULL;

  house_accept (&visit->house, upstream);
  request = house_read (&visit->house, upstream, "\r\n\r\n");
  house_send (upstream, text);
}

static void
assert_head (GBytes *head, const char *begins, const char *has, const char *lacks)
{
  g_autofree char *text = NULL;

  g_assert_nonnull (head);
  text = g_strndup (g_bytes_get_data (head, NULL), g_bytes_get_size (head));
  g_assert_true (g_str_has_prefix (text, begins));
  g_assert_true (g_str_has_suffix (text, "\r\n\r\n"));
  g_assert_nonnull (strstr (text, has));
  g_assert_null (strstr (text, lacks));
}

/* They never were text, and are told as if they had been. */
static void
test_heads_are_written_down (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  PeerEnd upstream;
  const PlRecord *record;

  visit_open (&visit, fixture);
  send_octets (&visit.client, begin, sizeof begin - 1);
  answer (&visit, &upstream,
          "HTTP/1.1 500 No\r\nContent-Length: 2\r\nX-Its: seen\r\nSet-Cookie: SECRET\r\n"
          "Keep-Alive: timeout=5\r\n\r\nno");
  record = house_await_record (&visit.house, 1);
  g_assert_cmpint (record->protocol, ==, PL_PROTOCOL_HTTP_2);
  g_assert_cmpint (record->connected_us, >, 0);
  g_assert_cmpint (record->connected_us, <=, record->started_us);
  g_assert_cmpuint (record->status, ==, 500);
  g_assert_nonnull (record->heads);
  assert_head (record->heads->request_in, "GET / HTTP/2.0\r\n", "host: a\r\n", "HTTP/1");
  assert_head (record->heads->request_out, "GET / HTTP/1.1\r\n", "host: a\r\n", "HTTP/2");
  assert_head (record->heads->response_in, "HTTP/1.1 500 No\r\n", "Keep-Alive: timeout=5",
               "SECRET");
  assert_head (record->heads->response_out, "HTTP/2.0 500 \r\n",
               "\r\nx-its: seen\r\nset-cookie: ***\r\ndate: ", "eep-");
  fixture_close (fixture, &upstream);
  visit_close (&visit);
}

/* The room for requests that are going on is given back. */
static void
test_it_ends_while_much_goes_on (Fixture *fixture, gconstpointer platform)
{
  static const char more[] = "\0\0\6\1\4\0\0\0\3\x83\x84\x86\x41\1a"
                             "\0\0\4\0\0\0\0\0\3data";
  Visit visit;
  PeerEnd first, second;
  g_autofree char *request = NULL;

  visit_open (&visit, fixture);
  send_octets (&visit.client, begin, sizeof begin - 1);
  answer (&visit, &first, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  send_octets (&visit.client, more, sizeof more - 1);
  house_accept (&visit.house, &second);
  request = house_read (&visit.house, &second, "00004\r\ndata\r\n");
  visit_close (&visit);
  fixture_close (fixture, &first);
  fixture_close (fixture, &second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("http2", "heads-are-written-down", test_heads_are_written_down);
  fixture_add_test ("http2", "it-ends-while-much-goes-on", test_it_ends_while_much_goes_on);
  return g_test_run ();
}
