/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/client/arrival/: one port for who encrypts and who does not, and what is told of those with
 * whom no encryption could be agreed on. */

#include <string.h>

#include "tests/unit/client/visit.h"
#include "tests/unit/io/certificate.h"

/* A visit to a house that has a certificate, and a client that trusts it. */
typedef struct
{
  Visit visit;
  PlTlsContext *server;
  PlTlsContext *client;
  PlBufferPool buffers; /* the client's */
} Call;

static void
call_open (Call *call, Fixture *fixture)
{
  g_autoptr (GBytes) authority = NULL;

  *call = (Call){ 0 };
  visit_open (&call->visit, fixture);
  call->server = certificate_new_context (pl_arrival_protocols, &authority);
  call->client = pl_tls_context_new_client (TRUE, authority, NULL);
  call->visit.house.supplies.snapshot->tls = call->server;
}

static void
call_close (Call *call)
{
  visit_close (&call->visit);
  pl_buffer_pool_clear (&call->buffers);
  pl_tls_context_unref (call->server);
  pl_tls_context_unref (call->client);
}

static PlIo
shake_hands (Call *call, const char *host)
{
  PlStream *stream = &call->visit.client.stream;
  PlIo io;

  pl_tls_begin_client (stream, call->client, &call->buffers, host);
  FIXTURE_WAIT (
      call->visit.house.fixture,
      (pl_socket_want (&stream->socket, pl_tls_get_wants (stream)), io = pl_tls_handshake (stream))
          != PL_IO_BLOCKED);
  return io;
}

static void
test_request_over_tls (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *seen = NULL, *answer = NULL;
  PeerEnd upstream = { 0 };
  const PlRecord *record;
  Call call;

  call_open (&call, fixture);
  g_assert_cmpint (shake_hands (&call, "localhost"), ==, PL_IO_DONE);
  house_send (&call.visit.client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&call.visit.house, &upstream);
  seen = house_read (&call.visit.house, &upstream, "\r\n\r\n");
  g_assert_nonnull (strstr (seen, "\r\nX-Forwarded-Proto: https\r\n"));
  house_send (&upstream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
  answer = house_read (&call.visit.house, &call.visit.client, "done");

  record = house_await_record (&call.visit.house, 1);
  g_assert_cmpstr (record->tls_version, ==, "TLSv1.3");
  g_assert_cmpstr (record->tls_cipher, ==, "TLS_AES_128_GCM_SHA256");
  g_assert_cmpint (record->protocol, ==, PL_PROTOCOL_HTTP_1_1);
  fixture_close (fixture, &upstream);
  call_close (&call);
}

static void
test_plain_on_the_same_port (Fixture *fixture, gconstpointer platform)
{
  g_autofree char *seen = NULL;
  PeerEnd upstream = { 0 };
  Call call;

  call_open (&call, fixture);
  house_send (&call.visit.client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&call.visit.house, &upstream);
  seen = house_read (&call.visit.house, &upstream, "\r\n\r\n");
  g_assert_nonnull (strstr (seen, "\r\nX-Forwarded-Proto: http\r\n"));
  fixture_close (fixture, &upstream);
  call_close (&call);
}

static void
test_untrusted (Fixture *fixture, gconstpointer platform)
{
  const PlRecord *record;
  Call call;

  call_open (&call, fixture);
  g_assert_cmpint (shake_hands (&call, "elsewhere.example"), ==, PL_IO_BROKEN);
  record = house_await_record (&call.visit.house, 1);
  g_assert_cmpint (record->reason, ==, PL_CLOSE_TLS_UNTRUSTED);
  g_assert_null (record->tls_version);
  call_close (&call);
}

static void
test_slow_handshake (Fixture *fixture, gconstpointer platform)
{
  Call call;

  call_open (&call, fixture);
  call.visit.house.limits.tls_handshake_timeout_ms = 50;
  house_send (&call.visit.client, "\x16\x03\x01");
  g_assert_cmpint (house_await_record (&call.visit.house, 1)->reason, ==, PL_CLOSE_TLS_TIMEOUT);
  FIXTURE_WAIT (fixture, call.visit.n_ended == 1);
  call_close (&call);
}

static void
test_gone_in_the_handshake (Fixture *fixture, gconstpointer platform)
{
  Call call;

  call_open (&call, fixture);
  house_send (&call.visit.client, "\x16\x03\x01");
  fixture_close (fixture, &call.visit.client);
  g_assert_cmpint (house_await_record (&call.visit.house, 1)->reason, ==, PL_CLOSE_TLS_GONE);
  call_close (&call);
}

/* Nothing that shakes hands is in the way of an end. */
static void
test_drained_in_the_handshake (Fixture *fixture, gconstpointer platform)
{
  Call call;

  call_open (&call, fixture);
  house_send (&call.visit.client, "\x16\x03\x01");
  fixture_run_for (fixture, 30);
  pl_session_drain (g_queue_peek_head (&call.visit.sessions.list));
  g_assert_cmpuint (call.visit.n_ended, ==, 1);
  call_close (&call);
}

/* Who cannot agree, again and again, does not push everybody else's records out. */
static void
test_failures_are_bounded (Fixture *fixture, gconstpointer platform)
{
  Call call;

  call_open (&call, fixture);
  call.visit.house.limits.failures_recorded = 1;
  g_assert_true (pl_supplies_may_record_failure (&call.visit.house.supplies));
  g_assert_cmpint (shake_hands (&call, "elsewhere.example"), ==, PL_IO_BROKEN);
  fixture_close (fixture, &call.visit.client);
  FIXTURE_WAIT (fixture, call.visit.n_ended == 1);
  fixture_run_for (fixture, 50);
  g_assert_cmpuint (call.visit.house.records->len, ==, 0);
  call_close (&call);
}

/* Without encryption */

#define PAGE "Host: photos.lan:8080\r\nAccept: text/html\r\n"

/* What the client is told at once; the upstream is not asked. */
static void
assert_told (Fixture *fixture,
             PlPlainRule rule,
             const char *request,
             const char *const *told,
             PlCloseReason reason)
{
  g_autofree char *answer = NULL;
  Call call;

  call_open (&call, fixture);
  call.visit.house.supplies.snapshot->plain = rule;
  g_assert_true (pl_trust_add (call.visit.house.trusted, "127.0.0.0/8", NULL));
  house_send (&call.visit.client, request);
  answer = house_read (&call.visit.house, &call.visit.client, "\r\n\r\n");
  for (guint i = 0; told[i] != NULL; i++)
    if (strstr (answer, told[i]) == NULL)
      g_error ("%s is not in %s", told[i], answer);
  g_assert_cmpint (house_await_record (&call.visit.house, 1)->reason, ==, reason);
  call_close (&call);
}

static void
test_pages_are_sent_on (Fixture *fixture, gconstpointer platform)
{
  static const char *const told[] = { "HTTP/1.1 308 Permanent Redirect\r\n",
                                      "\r\nLocation: https://photos.lan:8080/a?b=c\r\n", NULL };

  assert_told (fixture, PL_PLAIN_REDIRECT, "GET /a?b=c HTTP/1.1\r\n" PAGE "\r\n", told,
               PL_CLOSE_PLAIN_SENT_ON);
  assert_told (fixture, PL_PLAIN_REDIRECT,
               "HEAD http://photos.lan:8080/a?b=c HTTP/1.1\r\n" PAGE "\r\n", told,
               PL_CLOSE_PLAIN_SENT_ON);
  assert_told (fixture, PL_PLAIN_HOME,
               "GET /a?b=c HTTP/1.1\r\n" PAGE "X-Forwarded-For: 203.0.113.7\r\n\r\n", told,
               PL_CLOSE_PLAIN_SENT_ON);
}

static void
test_plain_is_refused (Fixture *fixture, gconstpointer platform)
{
  static const char *const told[]
      = { "HTTP/1.1 426 Upgrade Required\r\n", "\r\nUpgrade: TLS/1.2, HTTP/1.1\r\n",
          "\r\nConnection: ", NULL };
  static const char *const closed[]
      = { "HTTP/1.1 426 ", "\r\nConnection: close, Upgrade\r\n", NULL };

  assert_told (fixture, PL_PLAIN_REFUSE, "GET /a HTTP/1.1\r\n" PAGE "\r\n", told,
               PL_CLOSE_PLAIN_REFUSED);
  assert_told (fixture, PL_PLAIN_HOME,
               "GET /api HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n", told,
               PL_CLOSE_PLAIN_REFUSED);
  assert_told (fixture, PL_PLAIN_HOME,
               "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
               "X-Forwarded-For: 203.0.113.7\r\n\r\n",
               closed, PL_CLOSE_PLAIN_REFUSED);
}

/* What is no page, and what a proxy in front of us has encrypted, goes on. */
static void
test_plain_is_served (Fixture *fixture, gconstpointer platform)
{
  static const struct
  {
    PlPlainRule rule;
    const char *request;
  } cases[] = {
    { PL_PLAIN_HOME, "GET / HTTP/1.1\r\n" PAGE "\r\n" },
    { PL_PLAIN_REDIRECT, "GET /api HTTP/1.1\r\nHost: a\r\n\r\n" },
    { PL_PLAIN_REDIRECT, "DELETE / HTTP/1.1\r\n" PAGE "\r\n" },
    { PL_PLAIN_REFUSE, "GET / HTTP/1.1\r\n" PAGE "X-Forwarded-For: 203.0.113.7\r\n"
                       "X-Forwarded-Proto: https\r\n\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *seen = NULL;
      PeerEnd upstream = { 0 };
      Call call;

      call_open (&call, fixture);
      call.visit.house.supplies.snapshot->plain = cases[i].rule;
      g_assert_true (pl_trust_add (call.visit.house.trusted, "127.0.0.0/8", NULL));
      house_send (&call.visit.client, cases[i].request);
      house_accept (&call.visit.house, &upstream);
      seen = house_read (&call.visit.house, &upstream, "\r\n\r\n");
      fixture_close (fixture, &upstream);
      call_close (&call);
    }
}

/* Said to those who came encrypted alone (RFC 6797 §7.2), and not twice. */
static void
assert_strict (Fixture *fixture, gboolean is_encrypted, const char *field, const char *told)
{
  g_autofree char *seen = NULL, *answer = NULL;
  g_autofree char *response
      = g_strdup_printf ("HTTP/1.1 200 OK\r\n%sContent-Length: 4\r\n\r\ndone", field);
  PeerEnd upstream = { 0 };
  const char *found;
  Call call;

  call_open (&call, fixture);
  call.visit.house.supplies.snapshot->hsts = TRUE;
  if (is_encrypted)
    g_assert_cmpint (shake_hands (&call, "localhost"), ==, PL_IO_DONE);
  house_send (&call.visit.client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&call.visit.house, &upstream);
  seen = house_read (&call.visit.house, &upstream, "\r\n\r\n");
  house_send (&upstream, response);
  answer = house_read (&call.visit.house, &call.visit.client, "done");
  found = strstr (answer, "Strict-Transport-Security: ");
  g_assert_cmpint (found != NULL, ==, told != NULL);
  g_assert_true (told == NULL || g_str_has_prefix (found, told));
  g_assert_true (found == NULL || strstr (found + 1, "Strict-Transport-Security: ") == NULL);
  fixture_close (fixture, &upstream);
  call_close (&call);
}

static void
test_strict (Fixture *fixture, gconstpointer platform)
{
  assert_strict (fixture, TRUE, "", "Strict-Transport-Security: max-age=31536000\r\n");
  assert_strict (fixture, TRUE, "Strict-Transport-Security: max-age=1\r\n",
                 "Strict-Transport-Security: max-age=1\r\n");
  assert_strict (fixture, FALSE, "", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("tls-client", "request-over-tls", test_request_over_tls);
  fixture_add_test ("tls-client", "plain-on-the-same-port", test_plain_on_the_same_port);
  fixture_add_test ("tls-client", "untrusted", test_untrusted);
  fixture_add_test ("tls-client", "slow-handshake", test_slow_handshake);
  fixture_add_test ("tls-client", "gone-in-the-handshake", test_gone_in_the_handshake);
  fixture_add_test ("tls-client", "drained-in-the-handshake", test_drained_in_the_handshake);
  fixture_add_test ("tls-client", "failures-are-bounded", test_failures_are_bounded);
  fixture_add_test ("tls-client", "pages-are-sent-on", test_pages_are_sent_on);
  fixture_add_test ("tls-client", "plain-is-refused", test_plain_is_refused);
  fixture_add_test ("tls-client", "plain-is-served", test_plain_is_served);
  fixture_add_test ("tls-client", "strict", test_strict);
  return g_test_run ();
}
