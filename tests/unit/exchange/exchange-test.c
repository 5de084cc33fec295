/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/exchange.c and its steps, for a client that speaks no protocol at all and whose
 * octets can be held back: what is hardly to be provoked over sockets. */

#include "net/exchange/exchange.h"

#include <string.h>

#include "tests/unit/exchange/house.h"

/* One who asks: the client of an exchange. Its heads are a status and a line end. */
typedef struct
{
  House house;
  PlTask task;
  PlClient client;
  PeerEnd ours, theirs;
  PlStreamFuncs funcs; /* of our end */
  PlBuffer *input;
  PlExchange *exchange;
  PlAfterwards afterwards; /* when it is over */
  gboolean is_over;
  gboolean takes_nothing; /* no octet of an answer */
  gboolean was_last;
} Caller;

static Caller *
get_caller (PlClient *client)
{
  return (Caller *) ((char *) client - G_STRUCT_OFFSET (Caller, client));
}

static PlSlice
get_head_text (PlClient *client, const PlHead *head)
{
  return pl_slice (pl_buffer_get_data (*client->input), head->length_bytes);
}

static PlBuffer *
release_head (PlClient *client, PlHead *head)
{
  Caller *caller = get_caller (client);
  PlBufferPool *buffers = &caller->house.supplies.pools.buffers;
  PlBuffer *text = pl_buffer_take (buffers, PL_BUFFER_HEAD);

  text->end = head->length_bytes;
  memcpy (text->bytes, pl_buffer_get_data (caller->input), head->length_bytes);
  pl_buffer_consume (caller->input, head->length_bytes);
  if (pl_buffer_get_length (caller->input) == 0)
    pl_buffer_give (buffers, &caller->input);
  pl_supplies_give_head (&caller->house.supplies, &head);
  return text;
}

static gboolean
take_head (PlClient *client, const PlResponseHead *response, PlBuffer **first)
{
  Caller *caller = get_caller (client);
  PlBuffer *buffer = pl_buffer_take (&caller->house.supplies.pools.buffers, PL_BUFFER_HEAD);

  buffer->end = g_snprintf (buffer->bytes, 16, "%u\n", response->head->status);
  caller->was_last = response->is_last;
  *first = buffer;
  return !response->is_last;
}

static const PlClientFuncs client_funcs = {
  .get_head_text = get_head_text,
  .release_head = release_head,
  .take_head = take_head,
};

static PlIo
held_send (PlStream *stream,
           const GOutputVector *vectors,
           guint n_vectors,
           gboolean more,
           gsize *sent)
{
  PeerEnd *ours = (PeerEnd *) ((char *) stream - G_STRUCT_OFFSET (PeerEnd, stream));
  Caller *caller = (Caller *) ((char *) ours - G_STRUCT_OFFSET (Caller, ours));

  if (caller->takes_nothing)
    return PL_IO_BLOCKED;
  return caller->theirs.stream.funcs->send (stream, vectors, n_vectors, more, sent);
}

static void
run_caller (PlTask *task)
{
  Caller *caller = (Caller *) ((char *) task - G_STRUCT_OFFSET (Caller, task));
  PlRelay rest = { 0 };

  if (caller->exchange == NULL || !pl_exchange_advance (caller->exchange))
    return;
  caller->afterwards = pl_exchange_get_afterwards (caller->exchange, &rest);
  caller->is_over = TRUE;
  pl_relay_clear (&rest);
  g_clear_pointer (&caller->exchange, pl_exchange_free);
}

static void
caller_open (Caller *caller, Fixture *fixture)
{
  *caller = (Caller){ .task.run = run_caller };
  house_open (&caller->house, fixture);
  fixture_connect (fixture, &caller->ours, &caller->theirs);
  caller->funcs = *caller->ours.stream.funcs;
  caller->funcs.send = held_send;
  caller->funcs.can_splice = FALSE;
  caller->ours.stream.funcs = &caller->funcs;
  caller->ours.stream.socket.task = &caller->task;
  caller->client = (PlClient){
    .funcs = &client_funcs,
    .task = &caller->task,
    .stream = &caller->ours.stream,
    .input = &caller->input,
    .address = fixture_address (TRUE, 0),
    .protocol = PL_PROTOCOL_HTTP_1_1,
    .takes_interim = TRUE,
    .takes_chunks = TRUE,
  };
}

static void
caller_close (Caller *caller)
{
  Fixture *fixture = caller->house.fixture;

  if (caller->exchange != NULL)
    pl_exchange_end (caller->exchange, PL_CLOSE_SHUTTING_DOWN);
  g_clear_pointer (&caller->exchange, pl_exchange_free);
  pl_buffer_give (&caller->house.supplies.pools.buffers, &caller->input);
  fixture_close (fixture, &caller->ours);
  fixture_close (fixture, &caller->theirs);
  pl_reactor_cancel (fixture->reactor, &caller->task);
  house_close (&caller->house);
}

/* Begins an exchange with @text, which is a head and maybe the begin of a body. */
static void
caller_ask (Caller *caller, const char *text)
{
  PlSupplies *supplies = &caller->house.supplies;
  PlHead *head = pl_supplies_take_head (supplies);
  PlHeadLimits limits = { 8192, 8192 };
  PlHttpFault fault;

  caller->is_over = FALSE;
  caller->input = pl_buffer_take (&supplies->pools.buffers, PL_BUFFER_MESSAGE);
  caller->input->end = strlen (text);
  memcpy (caller->input->bytes, text, strlen (text));
  pl_head_init (head, PL_HEAD_REQUEST, limits);
  g_assert_cmpint (pl_head_parse (head, caller->input->bytes, strlen (text), &fault), ==,
                   PL_PARSE_DONE);
  caller->exchange = pl_exchange_new (supplies, &caller->client, head);
  pl_reactor_queue (supplies->reactor, &caller->task);
}

static void
answer (Caller *caller, PeerEnd *upstream, const char *request_end, const char *text)
{
  g_autofree char *request = house_read (&caller->house, upstream, request_end);

  house_send (upstream, text);
}

static const PlRecord *
await_end (Caller *caller, guint n)
{
  FIXTURE_WAIT (caller->house.fixture, caller->is_over);
  return house_await_record (&caller->house, n);
}

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
  answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nimage");
  record = await_end (&caller, 1);

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
  answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nvid");
  FIXTURE_WAIT (fixture, caller.house.n_running >= 1);
  fixture_run_for (fixture, 150);
  n_running = caller.house.n_running;
  fixture_run_for (fixture, 150);
  g_assert_cmpuint (caller.house.n_running, ==, n_running);

  house_send (&upstream, "eo");
  FIXTURE_WAIT (fixture, caller.house.n_running > n_running);
  house_send (&upstream, "film");
  g_assert_cmpuint (await_end (&caller, 1)->down_bytes, ==, 9);
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
      answer (&caller, &upstream, "\r\n\r\n", answers[has_100]);
      g_assert_cmpuint (await_end (&caller, 1)->status, ==, 413);
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
  answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  (void) await_end (&caller, 1);
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
  record = await_end (&caller, 1);

  g_assert_cmpint (record->reason, ==, PL_CLOSE_UPSTREAM_DOWN);
  g_assert_cmpint (caller.afterwards, ==, PL_AFTER_ABORT);
  caller_close (&caller);
}

/* Kept connections */

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
  record = await_end (&caller, 1);

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
  answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  record = await_end (&caller, 1);
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
      record = await_end (&caller, 1);
      g_assert_cmpint (record->reason, ==, PL_CLOSE_UPSTREAM_VANISHED);
      g_assert_cmpuint (record->status, ==, 504);
      close_gone (&caller, &gone);
      caller_close (&caller);
    }
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
  answer (&caller, &upstream, "dy", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  record = await_end (&caller, 1);

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
  record = await_end (&caller, 1);

  g_assert_cmpint (record->reason, ==, PL_CLOSE_CLIENT_GONE);
  g_assert_cmpint (record->connect_us, >=, 0);
  g_assert_cmpint (record->sent_us, ==, -1);
  fixture_close (fixture, &upstream);
  caller_close (&caller);
}

/* Heads */

static void
assert_head (GBytes *head, const char *part, const char *absent)
{
  g_autofree char *text = NULL;

  g_assert_nonnull (head);
  text = g_strndup (g_bytes_get_data (head, NULL), g_bytes_get_size (head));
  if (strstr (text, part) == NULL || strstr (text, absent) != NULL)
    g_error ("“%s”, not “%s” should be in: %s", part, absent, text);
}

/* Nobody watched, and in the morning it is asked what it was. */
static void
test_heads_of_failures_are_kept (Fixture *fixture, gconstpointer platform)
{
  static const char *const requests[]
      = { "GET /a?key=SECRET HTTP/1.1\r\nHost: a\r\nCookie: SECRET\r\nX-Mine: seen\r\n\r\n",
          "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nX-My-Token: SECRET\r\n"
          "X-Mine: seen\r\n\r\nbody" };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      Caller caller;
      PeerEnd upstream;
      const PlRecordHeads *heads;

      caller_open (&caller, fixture);
      caller_ask (&caller, requests[i]);
      house_accept (&caller.house, &upstream);
      answer (&caller, &upstream, "\r\n\r\n",
              "HTTP/1.1 500 No\r\nContent-Length: 0\r\nSet-Cookie: SECRET\r\nX-Its: seen\r\n\r\n");
      heads = await_end (&caller, 1)->heads;
      g_assert_nonnull (heads);
      assert_head (heads->request_in, "X-Mine: seen\r\n", "SECRET");
      assert_head (heads->request_out, "X-Real-IP: 127.0.0.1\r\n", "SECRET");
      assert_head (heads->request_out, "X-Mine: seen\r\n", "SECRET");
      assert_head (heads->response_in, "HTTP/1.1 500 No\r\n", "SECRET");
      assert_head (heads->response_in, "X-Its: seen\r\n", "SECRET");
      g_assert_nonnull (heads->response_out);
      fixture_close (fixture, &upstream);
      caller_close (&caller);
    }
}

/* Whatever step it failed in, what there was by then is there. */
static void
test_heads_of_what_never_arrived (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  const PlRecordHeads *heads;

  caller_open (&caller, fixture);
  caller.house.limits.unavailable_wait_ms = 0;
  house_shut (&caller.house);
  caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\nX-Mine: seen\r\n\r\n");
  heads = await_end (&caller, 1)->heads;

  g_assert_nonnull (heads);
  assert_head (heads->request_in, "X-Mine: seen\r\n", "X-Real-IP");
  assert_head (heads->request_out, "X-Mine: seen\r\n", "SECRET");
  g_assert_null (heads->response_in);
  g_assert_nonnull (heads->response_out);
  caller_close (&caller);
}

/* A head that could be read, though not what it asks for. */
static void
test_heads_of_what_was_refused (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  const PlRecordHeads *heads;

  caller_open (&caller, fixture);
  caller_ask (&caller, "GET / HTTP/1.1\r\nX-Mine: seen\r\nX-Secret: SECRET\r\n\r\n");
  heads = await_end (&caller, 1)->heads;

  g_assert_nonnull (heads);
  assert_head (heads->request_in, "X-Mine: seen\r\n", "SECRET");
  g_assert_null (heads->request_out);
  caller_close (&caller);
}

/* An answer that broke off is one, too, though it began well. */
static void
test_heads_of_what_broke_off (Fixture *fixture, gconstpointer platform)
{
  Caller caller;
  PeerEnd upstream;
  const PlRecord *record;

  caller_open (&caller, fixture);
  caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\nX-Mine: seen\r\n\r\n");
  house_accept (&caller.house, &upstream);
  answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nim");
  fixture_close (fixture, &upstream);
  record = await_end (&caller, 1);

  g_assert_cmpint (record->reason, ==, PL_CLOSE_RESPONSE_TRUNCATED);
  g_assert_nonnull (record->heads);
  assert_head (record->heads->request_in, "X-Mine: seen\r\n", "X-Real-IP");
  assert_head (record->heads->request_out, "X-Real-IP: 127.0.0.1\r\n", "SECRET");
  caller_close (&caller);
}

/* Of what went well nothing is kept, unless somebody watches: then all as it is. */
static void
test_heads_of_success (Fixture *fixture, gconstpointer platform)
{
  for (guint is_watched = 0; is_watched < 2; is_watched++)
    {
      Caller caller;
      PeerEnd upstream;
      const PlRecord *record;

      caller_open (&caller, fixture);
      pl_outbox_set_wants_heads (caller.house.supplies.outbox, is_watched);
      caller_ask (&caller, "GET / HTTP/1.1\r\nHost: a\r\nCookie: SECRET\r\n\r\n");
      house_accept (&caller.house, &upstream);
      answer (&caller, &upstream, "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      record = await_end (&caller, 1);
      g_assert_cmpint (record->heads != NULL, ==, is_watched);
      if (is_watched)
        {
          assert_head (record->heads->request_in, "Cookie: SECRET\r\n", "***");
          assert_head (record->heads->request_out, "Cookie: SECRET\r\n", "***");
          assert_head (record->heads->response_in, "HTTP/1.1 200 OK\r\n", "***");
        }
      fixture_close (fixture, &upstream);
      caller_close (&caller);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add_test ("exchange", "answered", test_answered);
  fixture_add_test ("exchange", "progress", test_progress);
  fixture_add_test ("exchange", "waiting-holds-no-input", test_waiting_holds_no_input);
  fixture_add_test ("exchange", "answered-instead-of-100", test_answered_instead_of_100);
  fixture_add_test ("exchange", "who-lets-in-is-forgiven", test_who_lets_in_is_forgiven);
  fixture_add_test ("exchange", "first-reason-wins", test_first_reason_wins);
  fixture_add_test ("exchange", "retry-sends-all-anew", test_retry_sends_all_anew);
  fixture_add_test ("exchange", "vanished-is-tried-elsewhere", test_vanished_is_tried_elsewhere);
  fixture_add_test ("exchange", "vanished-fails-what-may-not-be-repeated",
                    test_vanished_fails_what_may_not_be_repeated);
  fixture_add_test ("exchange", "sent-when-all-is", test_sent_when_all_is);
  fixture_add_test ("exchange", "never-sent", test_never_sent);
  fixture_add_test ("exchange", "heads-of-failures-are-kept", test_heads_of_failures_are_kept);
  fixture_add_test ("exchange", "heads-of-what-never-arrived", test_heads_of_what_never_arrived);
  fixture_add_test ("exchange", "heads-of-what-was-refused", test_heads_of_what_was_refused);
  fixture_add_test ("exchange", "heads-of-what-broke-off", test_heads_of_what_broke_off);
  fixture_add_test ("exchange", "heads-of-success", test_heads_of_success);
  return g_test_run ();
}
