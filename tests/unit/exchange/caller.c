/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/exchange/caller.h"

#include <string.h>

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

void
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
    .socket = &caller->ours.stream.socket,
    .input = &caller->input,
    .address = fixture_address (TRUE, 0),
    .protocol = PL_PROTOCOL_HTTP_1_1,
    .takes_interim = TRUE,
    .takes_chunks = TRUE,
  };
}

void
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

void
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

void
caller_answer (Caller *caller, PeerEnd *upstream, const char *request_end, const char *text)
{
  g_autofree char *request = house_read (&caller->house, upstream, request_end);

  house_send (upstream, text);
}

const PlRecord *
caller_await_end (Caller *caller, guint n)
{
  FIXTURE_WAIT (caller->house.fixture, caller->is_over);
  return house_await_record (&caller->house, n);
}
