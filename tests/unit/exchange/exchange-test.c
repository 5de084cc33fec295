/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/exchange.c and its steps, for a client that speaks no protocol at all and whose
 * octets can be held back: what is hardly to be provoked over sockets. */

#include <string.h>

#include "tests/unit/exchange/caller.h"

/* The usual course */

static void
test_answered (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  const PlRecord *record;
  g_autofree char *answered = NULL;

  caller_open (&caller, fixture);
  caller_ask (&caller, "GET /photo HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&caller.house, &upstream);
  caller_answer (&caller, &upstream, "\r\n\r\n",
                 "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nimage");
  record = caller_await_end (&caller, 1);

  answered = house_read (&caller.house, &caller.theirs, "image");
  g_assert_cmpstr (answered, ==, "200\nimage");
  g_assert_cmpint (caller.afterwards, ==, PL_AFTER_KEEP_ALIVE);
  g_assert_cmpint (record->reason, ==, PL_CLOSE_DONE);
  g_assert_cmpuint (record->status, ==, 200);
  g_assert_cmpuint (record->down_bytes, ==, 5);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* While it lasts it is reported, as long as something moves, and again when it moves again. */
static void
test_progress (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  guint n_running;

  caller_open (&caller, fixture);
  caller.house.limits.progress_interval_ms = 20;
  caller_ask (&caller, "GET /video HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&caller.house, &upstream);
  caller_answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nvid");
  FIXTURE_WAIT (fixture, caller.house.n_running >= 1);
  fixture_run_for (fixture, 150);
  n_running = caller.house.n_running;
  fixture_run_for (fixture, 150);
  g_assert_cmpuint (caller.house.n_running, ==, n_running);

  house_send (&upstream, "eo");
  FIXTURE_WAIT (fixture, caller.house.n_running > n_running);
  house_send (&upstream, "film");
  g_assert_cmpuint (caller_await_end (&caller, 1)->down_bytes, ==, 9);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* Who waits for an answer holds no buffer of its upload. */
static void
test_waiting_holds_no_input (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  g_autofree char *request = NULL;

  caller_open (&caller, fixture);
  caller_ask (&caller, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
  house_accept (&caller.house, &upstream);
  house_send (&caller.theirs, "dy");
  request = house_read (&caller.house, &upstream, "\r\n\r\nbody");
  FIXTURE_WAIT (fixture, caller.input == NULL);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* A client whose bodies end with its stream */

static void
write_digest (PlClient *client, PlWriter *writer)
{
  pl_writer_add_field (writer, PL_SLICE ("digest"), PL_SLICE ("x"));
}

static void
take_note (PlClient *client, const PlHead *trailers)
{
  g_assert_cmpuint (trailers->n_fields, ==, 1);
  g_assert_true (pl_slice_equal (trailers->fields[0].name, PL_SLICE ("X-Note")));
  client->takes_interim = FALSE; /* so that it is seen */
}

static void
test_unmeasured_body_goes_in_chunks (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PlClientFuncs funcs;
  PeerEnd upstream;
  g_autofree char *request = NULL, *answered = NULL;

  caller_open (&caller, fixture);
  funcs = *caller.client.funcs;
  funcs.write_trailers = write_digest;
  funcs.take_trailers = take_note;
  caller.client.funcs = &funcs;
  caller.client.sends_until_end = TRUE;
  caller.client.takes_chunks = FALSE;
  caller_ask (&caller, "POST / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&caller.house, &upstream);
  house_send (&caller.theirs, "seven");
  pl_stream_shut_write (&caller.theirs.stream);
  request = house_read (&caller.house, &upstream, "\r\n0\r\ndigest: x\r\n\r\n");
  g_assert_nonnull (strstr (request, "Transfer-Encoding: chunked\r\n"));
  g_assert_nonnull (strstr (request, "\r\n\r\n00005\r\nseven\r\n"));

  house_send (&upstream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                         "4\r\ndone\r\n0\r\nX-Note: y\r\n\r\n");
  g_assert_cmpuint (caller_await_end (&caller, 1)->up_bytes, ==, 5);
  answered = house_read (&caller.house, &caller.theirs, "done");
  g_assert_cmpstr (answered, ==, "200\ndone");
  g_assert_false (caller.client.takes_interim);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* Where the head gives a length, it holds. */
static void
test_measured_body_stays_as_it_is (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  g_autofree char *request = NULL;

  caller_open (&caller, fixture);
  caller.client.sends_until_end = TRUE;
  caller_ask (&caller, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
  house_accept (&caller.house, &upstream);
  house_send (&caller.theirs, "body");
  request = house_read (&caller.house, &upstream, "\r\n\r\nbody");
  g_assert_null (strstr (request, "chunked"));
  house_send (&upstream, "HTTP/1.1 204 No Content\r\n\r\n");
  g_assert_cmpint (caller_await_end (&caller, 1)->reason, ==, PL_CLOSE_DONE);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* Expectations */

/* A client that still waits for its 100 may send the body after this answer or not. */
static void
test_answered_instead_of_100 (Fixture *fixture, gconstpointer platform)
{
  static const char *const answers[]
      = { "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 100 Go On\r\n\r\nHTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n" };

  for (guint has_100 = 0; has_100 < 2; has_100++)
    {
      Caller caller;
      PeerEnd upstream;

      caller_open (&caller, fixture);
      caller_ask (&caller, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                           "Expect: 100-continue\r\n\r\n");
      house_accept (&caller.house, &upstream);
      caller_answer (&caller, &upstream, "\r\n\r\n", answers[has_100]);
      g_assert_cmpuint (caller_await_end (&caller, 1)->status, ==, 413);
      g_assert_cmpint (caller.was_last, ==, !has_100);
      g_assert_cmpint (caller.afterwards, ==, has_100 ? PL_AFTER_DISCARD : PL_AFTER_LINGER);
      fixture_close (fixture, &upstream);
      caller_close (&caller);
    }
}

/* Endpoints */

/* That it did not let others in is forgiven to one that lets us in. */
static void
test_who_lets_in_is_forgiven (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  PlEndpoint *endpoint;

  caller_open (&caller, fixture);
  endpoint = house_get_endpoint (&caller.house);
  pl_endpoint_failed (endpoint, fixture->reactor->now_us);
  g_assert_true (pl_endpoint_is_passed_over (endpoint, fixture->reactor->now_us));
  caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&caller.house, &upstream);
  caller_answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  (void) caller_await_end (&caller, 1);
  g_assert_false (pl_endpoint_is_passed_over (endpoint, fixture->reactor->now_us));
  g_assert_cmpuint (endpoint->n_running, ==, 0);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* Reasons */

/* What went wrong first is what went wrong: that the client does not even take the answer about it
 * comes of it, or does not matter. */
static void
test_first_reason_wins (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  const PlRecord *record;

  caller_open (&caller, fixture);
  caller.house.limits.unavailable_wait_ms = 0;
  caller.house.limits.body_silence_timeout_ms = 50;
  caller.takes_nothing = TRUE;
  house_shut (&caller.house);
  caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  record = caller_await_end (&caller, 1);

  g_assert_cmpint (record->reason, ==, PL_CLOSE_UPSTREAM_DOWN);
  g_assert_cmpint (caller.afterwards, ==, PL_AFTER_ABORT);
  caller_close (&caller);
}

/* Times */

/* A slow upload is the client's time: until all was sent, and not a wait for the upstream. */
static void
test_sent_when_all_is (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  const PlRecord *record;
  g_autofree char *head = NULL;

  caller_open (&caller, fixture);
  caller_ask (&caller, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
  house_accept (&caller.house, &upstream);
  head = house_read (&caller.house, &upstream, "bo");
  fixture_run_for (fixture, 60);
  house_send (&caller.theirs, "dy");
  caller_answer (&caller, &upstream, "dy", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  record = caller_await_end (&caller, 1);

  g_assert_cmpint (record->connect_us, >=, 0);
  g_assert_cmpint (record->sent_us, >=, record->connect_us + 50000);
  g_assert_cmpint (record->first_byte_us, >=, record->sent_us);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* An upload that breaks off was never sent. */
static void
test_never_sent (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  const PlRecord *record;
  g_autofree char *head = NULL;

  caller_open (&caller, fixture);
  caller_ask (&caller, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
  house_accept (&caller.house, &upstream);
  head = house_read (&caller.house, &upstream, "bo");
  fixture_close (fixture, &caller.theirs);
  record = caller_await_end (&caller, 1);

  g_assert_cmpint (record->reason, ==, PL_CLOSE_CLIENT_GONE);
  g_assert_cmpint (record->connect_us, >=, 0);
  g_assert_cmpint (record->sent_us, ==, -1);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("exchange", "unmeasured-body-goes-in-chunks",
                    test_unmeasured_body_goes_in_chunks);
  fixture_add_test ("exchange", "measured-body-stays-as-it-is", test_measured_body_stays_as_it_is);
  fixture_add_test ("exchange", "answered", test_answered);
  fixture_add_test ("exchange", "progress", test_progress);
  fixture_add_test ("exchange", "waiting-holds-no-input", test_waiting_holds_no_input);
  fixture_add_test ("exchange", "answered-instead-of-100", test_answered_instead_of_100);
  fixture_add_test ("exchange", "who-lets-in-is-forgiven", test_who_lets_in_is_forgiven);
  fixture_add_test ("exchange", "first-reason-wins", test_first_reason_wins);
  fixture_add_test ("exchange", "sent-when-all-is", test_sent_when_all_is);
  fixture_add_test ("exchange", "never-sent", test_never_sent);
  return g_test_run ();
}
