/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/client/: a client's connection from its begin to its end, and what the client is told
 * about it. */

#include <string.h>

#include "tests/unit/client/visit.h"

/* The client asks and the upstream answers; what the client then has. */
static char *
ask (Visit *visit, PeerEnd *upstream, const char *request)
{
  g_autofree char *seen = NULL;

  house_send (&visit->client, request);
  if (!pl_stream_is_open (&upstream->stream))
    house_accept (&visit->house, upstream);
  seen = house_read (&visit->house, upstream, "\r\n\r\n");
  house_send (upstream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
  return house_read (&visit->house, &visit->client, "done");
}

static void
test_one_after_another (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  PeerEnd upstream = { 0 };

  visit_open (&visit, fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *answer = ask (&visit, &upstream, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      g_assert_nonnull (strstr (answer, "200 OK"));
      g_assert_null (strstr (answer, "Connection:"));
    }
  g_assert_cmpuint (visit.n_ended, ==, 0);
  fixture_close (fixture, &upstream);
  visit_close (&visit);
}

/* By its records one knows an old connection from a new one. */
static void
test_records_tell_the_age_of_the_connection (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  PeerEnd upstream = { 0 };
  gint64 before_us = g_get_real_time ();
  const PlRecord *first, *second;

  visit_open (&visit, fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *answer = ask (&visit, &upstream, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      (void) house_await_record (&visit.house, i + 1);
    }
  first = visit.house.records->pdata[0];
  second = visit.house.records->pdata[1];
  g_assert_cmpint (first->connected_us, >=, before_us - G_USEC_PER_SEC);
  g_assert_cmpint (first->connected_us, <=, first->started_us);
  g_assert_cmpint (second->started_us, >, first->started_us);
  g_assert_cmpint (second->connected_us, ==, first->connected_us);
  fixture_close (fixture, &upstream);
  visit_close (&visit);
}

/* Whoever is told that the connection lives on may send the next request, into a program that is
 * ending. */
static void
test_nothing_is_promised_while_draining (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  PeerEnd upstream = { 0 };
  g_autofree char *seen = NULL, *answer = NULL;

  visit_open (&visit, fixture);
  house_send (&visit.client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&visit.house, &upstream);
  seen = house_read (&visit.house, &upstream, "\r\n\r\n");
  visit.house.supplies.is_draining = TRUE;
  pl_session_drain (g_queue_peek_head (&visit.sessions.list));
  house_send (&upstream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
  answer = house_read (&visit.house, &visit.client, NULL);

  g_assert_nonnull (strstr (answer, "\r\nConnection: close\r\n"));
  g_assert_true (g_str_has_suffix (answer, "done"));
  FIXTURE_WAIT (fixture, visit.n_ended == 1);
  fixture_close (fixture, &upstream);
  visit_close (&visit);
}

/* Our own answers promise as little. */
static void
test_own_answer_while_draining (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  g_autofree char *answer = NULL;

  visit_open (&visit, fixture);
  house_shut (&visit.house);
  house_send (&visit.client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  visit.house.supplies.is_draining = TRUE;
  answer = house_read (&visit.house, &visit.client, NULL);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 503 "));
  g_assert_nonnull (strstr (answer, "\r\nConnection: close\r\n"));
  visit_close (&visit);
}

/* Sends while it is taken. Returns how much was. */
static gsize
pour (Visit *visit, gsize most)
{
  static const char octets[16 * 1024];
  gsize total = 0, sent;
  PlIo io;

  while (total < most && visit->n_ended == 0)
    {
      io = fixture_send (&visit->client, octets, sizeof octets, &sent);
      if (io == PL_IO_DONE)
        total += sent;
      else if (io != PL_IO_BLOCKED)
        break;
      pl_socket_want (&visit->client.stream.socket, PL_READY_WRITE);
      fixture_turn (visit->house.fixture);
    }
  return total;
}

/* A client that was answered for the last time and goes on sending holds its connection no longer
 * than for so many octets. */
static void
test_lingering_is_bounded (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  g_autofree char *answer = NULL;

  visit_open (&visit, fixture);
  visit.house.limits.discard_bytes = 100 * 1024;
  visit.house.limits.linger_timeout_ms = visit.house.limits.discard_timeout_ms = 600000;
  house_send (&visit.client, "this is no request\r\n");
  answer = house_read (&visit.house, &visit.client, "\r\n\r\n");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));

  (void) pour (&visit, G_MAXSIZE);
  FIXTURE_WAIT (fixture, visit.n_ended == 1);
  visit_close (&visit);
}

/* And no longer than for a while, however little it sends. */
static void
test_lingering_ends (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  g_autofree char *answer = NULL;
  gint64 began_us;

  visit_open (&visit, fixture);
  visit.house.limits.linger_timeout_ms = 60000;
  visit.house.limits.discard_timeout_ms = 100;
  house_send (&visit.client, "this is no request\r\n");
  answer = house_read (&visit.house, &visit.client, "\r\n\r\n");
  began_us = g_get_monotonic_time ();
  while (visit.n_ended == 0)
    {
      gsize sent;

      g_assert_cmpint (g_get_monotonic_time () - began_us, <, 10 * G_USEC_PER_SEC);
      (void) fixture_send (&visit.client, "x", 1, &sent);
      fixture_run_for (fixture, 20);
    }
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 90 * 1000);
  visit_close (&visit);
}

/* Each octet comes in time, all of the head do not. */
static void
test_trickling_head_has_one_deadline (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  g_autofree char *answer = NULL;

  visit_open (&visit, fixture);
  visit.house.limits.request_head_timeout_ms = 150;
  house_send (&visit.client, "GET / HTTP/1.1\r\n");
  for (guint i = 0; i < 100 && visit.house.records->len == 0; i++)
    {
      gsize sent;

      (void) fixture_send (&visit.client, "X: 1\r\n", 6, &sent);
      fixture_run_for (fixture, 20);
    }
  g_assert_cmpuint (visit.house.records->len, ==, 1); /* while it trickled */
  g_assert_cmpint (house_await_record (&visit.house, 1)->reason, ==, PL_CLOSE_REQUEST_TIMEOUT);
  answer = house_read (&visit.house, &visit.client, "\r\n\r\n");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 408 "));
  visit_close (&visit);
}

/* What was sent behind a last request is never read as one. A connection closed over it would be
 * reset, and a reset may overtake the answer. */
static void
test_last_answer_arrives_whole (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  PeerEnd upstream = { 0 };
  g_autofree char *seen = NULL, *answer = NULL;
  char bytes[64];
  gsize received;

  visit_open (&visit, fixture);
  house_send (&visit.client, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  house_accept (&visit.house, &upstream);
  seen = house_read (&visit.house, &upstream, "\r\n\r\n");
  (void) pour (&visit, 96 * 1024); /* more than is read ahead */
  house_send (&upstream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
  FIXTURE_WAIT (fixture, visit.house.records->len == 1);
  fixture_run_for (fixture, 50);
  answer = house_read (&visit.house, &visit.client, "done");
  g_assert_cmpint (fixture_receive (fixture, &visit.client, bytes, sizeof bytes, &received), ==,
                   PL_IO_END);
  fixture_close (fixture, &visit.client);
  FIXTURE_WAIT (fixture, visit.n_ended == 1);
  fixture_close (fixture, &upstream);
  visit_close (&visit);
}

/* The heads of our own answers are in records as the client had them. */
static void
test_head_of_own_answer_is_kept (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  const PlRecord *record;
  g_autofree char *answer = NULL, *kept = NULL;
  GBytes *head;

  visit_open (&visit, fixture);
  house_shut (&visit.house);
  visit.house.limits.unavailable_wait_ms = 0;
  house_send (&visit.client, "GET /%20?key=SECRET HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\nGET");
  answer = house_read (&visit.house, &visit.client, "\r\n\r\n");
  record = house_await_record (&visit.house, 1);

  g_assert_nonnull (record->heads);
  head = record->heads->response_out;
  kept = g_strndup (g_bytes_get_data (head, NULL), g_bytes_get_size (head));
  g_assert_true (g_str_has_prefix (answer, kept));
  g_clear_pointer (&kept, g_free);
  head = record->heads->request_in;
  kept = g_strndup (g_bytes_get_data (head, NULL), g_bytes_get_size (head));
  g_assert_cmpstr (kept, ==, "GET /%20?key=*** HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\n");
  visit_close (&visit);
}

/* Who speaks TLS here is told so in TLS, and its record says what the person did. */
static void
test_tls_is_turned_away (Fixture *fixture, gconstpointer platform)
{
  static const char *const beginnings[] = { "\x16", "\x16\x03", "\x16\x03\x01\x02" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      Visit visit;
      const PlRecord *record;
      char alert[8];
      gsize received;

      visit_open (&visit, fixture);
      house_send (&visit.client, beginnings[i]);
      record = house_await_record (&visit.house, 1);
      g_assert_cmpint (record->reason, ==, PL_CLOSE_TLS_SPOKEN);
      g_assert_cmpuint (record->status, ==, 0);
      g_assert_cmpstr (record->target, ==, "");
      g_assert_true (pl_address_is_loopback (&record->client));
      g_assert_cmpint (record->connected_us, >, 0);
      g_assert_cmpint (fixture_receive (fixture, &visit.client, alert, sizeof alert, &received), ==,
                       PL_IO_DONE);
      g_assert_cmpmem (alert, received, "\x15\x03\x01\x00\x02\x02\x46", 7);
      g_assert_cmpint (fixture_receive (fixture, &visit.client, alert, sizeof alert, &received), ==,
                       PL_IO_END);
      visit_close (&visit);
    }
}

/* What begins almost so, and what comes after a request, is malformed HTTP. */
static void
test_no_tls (Fixture *fixture, gconstpointer platform)
{
  Visit visit;
  PeerEnd upstream = { 0 };
  g_autofree char *first = NULL, *second = NULL;

  visit_open (&visit, fixture);
  first = ask (&visit, &upstream, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_send (&visit.client, "\x16\x03\x01");
  second = house_read (&visit.house, &visit.client, NULL);
  g_assert_true (g_str_has_prefix (second, "HTTP/1.1 400 "));
  fixture_close (fixture, &upstream);
  visit_close (&visit);

  visit_open (&visit, fixture);
  g_clear_pointer (&second, g_free);
  house_send (&visit.client, "\x16\x02\x01");
  second = house_read (&visit.house, &visit.client, NULL);
  g_assert_true (g_str_has_prefix (second, "HTTP/1.1 400 "));
  visit_close (&visit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("session", "one-after-another", test_one_after_another);
  fixture_add_test ("session", "records-tell-the-age-of-the-connection",
                    test_records_tell_the_age_of_the_connection);
  fixture_add_test ("session", "nothing-promised-while-draining",
                    test_nothing_is_promised_while_draining);
  fixture_add_test ("session", "own-answer-while-draining", test_own_answer_while_draining);
  fixture_add_test ("session", "lingering-is-bounded", test_lingering_is_bounded);
  fixture_add_test ("session", "lingering-ends", test_lingering_ends);
  fixture_add_test ("session", "trickling-head-has-one-deadline",
                    test_trickling_head_has_one_deadline);
  fixture_add_test ("session", "last-answer-arrives-whole", test_last_answer_arrives_whole);
  fixture_add_test ("session", "head-of-own-answer-is-kept", test_head_of_own_answer_is_kept);
  fixture_add_test ("session", "tls-is-turned-away", test_tls_is_turned_away);
  fixture_add_test ("session", "no-tls", test_no_tls);
  return g_test_run ();
}
