/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client of HTTP/2 may send: frames of any kind, behind the preface, in pieces. Its requests
 * are refused, or have no route; all of their answers leave. */

#include "net/client/http2/session.h"

#include "tests/fuzz/fuzz.h"

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

/* Nothing waits for time, so all is over after a few turns for each piece. */
#define MANY_TURNS 1000000

static GMainContext *context;
static PlRouteTable *routes;
static PlTrust *trusted;
static PlSupplies supplies;
static PlSessions sessions;
static gboolean has_ended;

/* The client: the first octet of the input says how large its pieces are. */
static PlSlice rest;
static gsize piece_bytes;
static gsize sent_at_once;

static PlIo
receive (PlStream *stream, char *bytes, gsize capacity, gsize *received)
{
  *received = MIN (MIN (capacity, piece_bytes), rest.length);
  if (*received == 0)
    return PL_IO_END;
  memcpy (bytes, rest.bytes, *received);
  rest = pl_slice_from (rest, *received);
  return PL_IO_DONE;
}

static PlIo
take (PlStream *stream, const GOutputVector *vectors, guint n_vectors, gboolean more, gsize *sent)
{
  *sent = MIN (vectors[0].size, sent_at_once);
  return PL_IO_DONE;
}

static void
shut_write (PlStream *stream)
{
}

static void
close_stream (PlStream *stream, gboolean abort)
{
  stream->socket.is_open = FALSE;
}

static const PlStreamFuncs stream_funcs = {
  .receive = receive,
  .send = take,
  .shut_write = shut_write,
  .close = close_stream,
};

static void
run_session (PlTask *task)
{
  PlSession *session = (PlSession *) ((char *) task - G_STRUCT_OFFSET (PlSession, task));

  session->funcs->advance (session);
}

static void
note_end (gpointer user_data)
{
  has_ended = TRUE;
}

static void
pass_records_over (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
}

/* Anew for each input, so that what it leaves behind is a leak. */
static void
open_house (void)
{
  PlSnapshotSource nothing = { .routes = routes, .trusted = trusted };

  pl_supplies_init (&supplies, 0);
  supplies.reactor = pl_reactor_new (context, &pl_platform_generic, NULL);
  supplies.outbox = pl_outbox_new (pass_records_over, NULL);
  supplies.snapshot = pl_snapshot_new (&nothing, NULL);
  sessions = (PlSessions){ .supplies = &supplies, .on_ended = note_end };
}

static void
close_house (void)
{
  pl_reactor_free (supplies.reactor);
  pl_outbox_free (supplies.outbox);
  pl_supplies_clear (&supplies);
}

static PlSession *
make_session (void)
{
  static const PlSessionFuncs silent = { 0 };
  PlSession *session = g_new0 (PlSession, 1);

  session->task.run = run_session;
  session->funcs = &silent;
  session->sessions = &sessions;
  session->supplies = &supplies;
  session->deadline.task = &session->task;
  session->link.data = session;
  session->stream.funcs = &stream_funcs;
  session->stream.socket.reactor = supplies.reactor;
  session->stream.socket.task = &session->task;
  session->stream.socket.ready = PL_READY_READ | PL_READY_WRITE;
  session->stream.socket.is_open = TRUE;
  g_queue_push_tail_link (&sessions.list, &session->link);
  return session;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new (PREFACE);

  if (context == NULL)
    {
      context = g_main_context_new ();
      routes = pl_route_table_new ();
      trusted = pl_trust_new ();
    }
  open_house ();
  g_string_append_len (text, (const char *) data, size);
  rest = pl_slice (text->str, text->len);
  piece_bytes = size > 0 ? 16 + 64 * data[0] : 16;
  sent_at_once = piece_bytes;
  has_ended = FALSE;
  pl_http2_begin (make_session ());
  for (guint i = 0; i < MANY_TURNS && !has_ended; i++)
    g_main_context_iteration (context, FALSE);
  g_assert_true (has_ended);
  g_assert_true (g_queue_is_empty (&sessions.list));
  close_house ();
  return 0;
}
