/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange: what becomes of an exchange over a kept connection that the upstream, or the
 * network, has left. */

#include "tests/unit/exchange/caller.h"

/* A kept connection that the upstream has left: to send fails at once. */
static PlIo
broken_send (PlStream *stream,
             const GOutputVector *vectors,
             guint n_vectors,
             gboolean more,
             gsize *sent)
{
  pl_socket_mark (&stream->socket, PL_READY_READ); /* its end can be read, too */
  return PL_IO_BROKEN;
}

static PlIo
ended_receive (PlStream *stream, char *bytes, gsize capacity, gsize *received)
{
  return PL_IO_END;
}

static void
keep_connection (Caller *caller, PeerEnd *ours, PeerEnd *theirs)
{
  PlConnection *connection = pl_connection_new ();

  fixture_connect (caller->house.fixture, ours, theirs);
  connection->stream.funcs = ours->stream.funcs;
  g_assert_true (pl_socket_move (&ours->stream.socket, &connection->stream.socket, &ours->task));
  pl_endpoint_release (house_get_endpoint (&caller->house), connection, 60000);
}

/* Where the first attempt could not send a single octet, all of the request is sent in the second,
 * also of one that may not be sent twice. */
static void
test_retry_sends_all_anew (Fixture *fixture, gconstpointer platform)
{
  static PlStreamFuncs stale;
  Caller caller;
  PeerEnd ours = { 0 }, theirs = { 0 }, upstream;
  const PlRecord *record;
  g_autofree char *request = NULL;

  caller_open (&caller, fixture);
  keep_connection (&caller, &ours, &theirs);
  stale = *caller.theirs.stream.funcs;
  stale.send = broken_send;
  stale.receive = ended_receive;
  stale.can_splice = FALSE;
  ((PlConnection *) g_queue_peek_head (&house_get_endpoint (&caller.house)->idle))->stream.funcs
      = &stale;

  caller_ask (&caller, "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
  house_accept (&caller.house, &upstream);
  request = house_read (&caller.house, &upstream, "\r\n\r\nbody");
  g_assert_true (g_str_has_prefix (request, "POST /upload HTTP/1.1\r\n"));
  house_send (&upstream, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  record = caller_await_end (&caller, 1);

  g_assert_cmpint (record->reason, ==, PL_CLOSE_DONE);
  g_assert_cmpuint (record->up_bytes, ==, 4);
  g_assert_false (record->reused);
  g_assert_cmpint (record->sent_us, >=, record->connect_us);
  fixture_close (fixture, &upstream);
  fixture_close (fixture, &theirs);
  caller_close (&caller);
}

/* Two kept connections to a computer that is gone: it acknowledges nothing, as the system finds.
 * The one used last is the first to be used. */
typedef struct
{
  PeerEnd ours[2], theirs[2];
  guint n_doubts;
} Gone;

static void
doubt_cb (const char *upstream, const char *endpoint, gpointer user_data)
{
  g_assert_cmpstr (upstream, ==, "immich");
  g_assert_true (g_str_has_prefix (endpoint, "127.0.0.1:"));
  ((Gone *) user_data)->n_doubts++;
}

static void
keep_gone (Caller *caller, Gone *gone)
{
  PlEndpoint *endpoint = house_get_endpoint (&caller->house);

  *gone = (Gone){ 0 };
  for (guint i = 0; i < G_N_ELEMENTS (gone->ours); i++)
    {
      keep_connection (caller, &gone->ours[i], &gone->theirs[i]);
      ((PlConnection *) g_queue_peek_head (&endpoint->idle))->stream.socket.has_timed_out = TRUE;
    }
  caller->house.limits.upstream_vanished_ms = 20;
  caller->house.supplies.doubt = doubt_cb;
  caller->house.supplies.user_data = gone;
}

/* What was sent has arrived, or never did; either way nobody answers there any more. */
static void
close_gone (Caller *caller, Gone *gone)
{
  g_assert_cmpuint (g_queue_get_length (&house_get_endpoint (&caller->house)->idle), ==, 0);
  g_assert_cmpuint (gone->n_doubts, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (gone->theirs); i++)
    fixture_close (caller->house.fixture, &gone->theirs[i]);
}

static void
test_vanished_is_tried_elsewhere (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  const PlRecord *record;
  Gone gone;

  caller_open (&caller, fixture);
  keep_gone (&caller, &gone);
  caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  house_accept (&caller.house, &upstream);
  caller_answer (&caller, &upstream, "\r\n\r\n",
                 "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  record = caller_await_end (&caller, 1);
  g_assert_cmpint (record->reason, ==, PL_CLOSE_DONE);
  g_assert_cmpuint (record->status, ==, 204);
  close_gone (&caller, &gone);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* Whether it was carried out is not known, so it is not sent twice. */
static void
test_vanished_fails_what_may_not_be_repeated (Fixture *fixture, gconstpointer platform)
{
  static const char *const requests[] = {
    "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
    "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
    "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo", /* the client is at it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      Caller caller;
      const PlRecord *record;
      Gone gone;

      caller_open (&caller, fixture);
      keep_gone (&caller, &gone);
      caller_ask (&caller, requests[i]);
      record = caller_await_end (&caller, 1);
      g_assert_cmpint (record->reason, ==, PL_CLOSE_UPSTREAM_VANISHED);
      g_assert_cmpuint (record->status, ==, 504);
      close_gone (&caller, &gone);
      caller_close (&caller);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("exchange-kept-connections", "retry-sends-all-anew", test_retry_sends_all_anew);
  fixture_add_test ("exchange-kept-connections", "vanished-is-tried-elsewhere",
                    test_vanished_is_tried_elsewhere);
  fixture_add_test ("exchange-kept-connections", "vanished-fails-what-may-not-be-repeated",
                    test_vanished_fails_what_may_not_be_repeated);
  return g_test_run ();
}
