/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A relay does three things in turn until it must wait: it vets what was received (which octets are
 * body, and where does it end), it sends what was vetted, and when all is sent it receives more. */

#include "net/io/relay.h"

#include "net/io/relay_chunk.h"
#include "net/io/relay_gather.h"
#include "net/io/relay_vet.h"

/* From this much on a body is spliced: below, the copy is cheaper than the two further calls. */
#define SPLICE_FROM_BYTES (64 * 1024)

/* Up to this much of a body is copied behind its head. */
#define JOINED_BYTES (4 * 1024)

/* What one relay may move before others have their turn. */
#define TURN_BYTES (1024 * 1024)

void
pl_relay_init (PlRelay *relay, const PlRelaySetup *setup)
{
  *relay = (PlRelay){
    .pools = setup->pools,
    .from = setup->from,
    .to = setup->to,
    .input = setup->input,
    .head = setup->head,
    .kind = setup->body.kind,
    .dechunk = setup->dechunk,
    .chunk = setup->chunk,
    .trailers = setup->trailers,
    .keeps_head = setup->keep_head,
    .end_follows = setup->end_follows,
    .remaining_bytes = setup->body.kind == PL_BODY_FIXED ? setup->body.length_bytes : 0,
    .is_whole = setup->body.kind == PL_BODY_NONE,
  };
  pl_chunked_init (&relay->chunked);
}

void
pl_relay_clear (PlRelay *relay)
{
  if (relay->pools == NULL)
    return;
  pl_relay_gather_clear (relay);
  pl_buffer_give (&relay->pools->buffers, &relay->head);
  pl_buffer_give (&relay->pools->buffers, &relay->sent_head);
  pl_pipe_give (&relay->pools->pipes, &relay->pipe);
}

void
pl_relay_forget_head (PlRelay *relay)
{
  pl_buffer_give (&relay->pools->buffers, &relay->sent_head);
  relay->keeps_head = FALSE;
}

PlBuffer *
pl_relay_take_head_back (PlRelay *relay)
{
  PlBuffer *head
      = relay->head != NULL ? g_steal_pointer (&relay->head) : g_steal_pointer (&relay->sent_head);

  head->start = 0;
  return head;
}

PlSlice
pl_relay_get_kept_head (const PlRelay *relay)
{
  const PlBuffer *head = relay->head != NULL ? relay->head : relay->sent_head;

  return relay->keeps_head && head != NULL ? pl_slice (head->bytes, head->end) : pl_slice (NULL, 0);
}

void
pl_relay_discard (PlRelay *relay)
{
  pl_relay_gather_clear (relay);
  pl_buffer_give (&relay->pools->buffers, &relay->head);
  pl_pipe_give (&relay->pools->pipes, &relay->pipe);
  relay->to = NULL;
}

/* Sending */

static gboolean
pipe_has_octets (const PlRelay *relay)
{
  return relay->pipe != NULL && pl_pipe_get_length (relay->pipe) > 0;
}

gboolean
pl_relay_owes (const PlRelay *relay)
{
  return relay->head != NULL || relay->vetted > 0 || pipe_has_octets (relay);
}

/* The octets of a sent head are still there: only its start moves. */
static void
put_head_away (PlRelay *relay)
{
  if (relay->keeps_head)
    relay->sent_head = g_steal_pointer (&relay->head);
  else
    pl_buffer_give (&relay->pools->buffers, &relay->head);
}

static void
count_sent (PlRelay *relay, gsize sent)
{
  gsize of_head = MIN (sent, pl_buffer_get_length (relay->head));

  if (relay->head != NULL)
    {
      relay->head->start += of_head;
      if (pl_buffer_get_length (relay->head) == 0)
        put_head_away (relay);
    }
  if (sent > of_head)
    {
      pl_buffer_consume (*relay->input, sent - of_head);
      relay->vetted -= sent - of_head;
    }
}

static PlIo
throw_away (PlRelay *relay, gsize *sent)
{
  *sent = relay->vetted;
  count_sent (relay, *sent);
  return PL_IO_DONE;
}

/* A small body rides in the head's buffer: a plain send costs the system less than a gathered one.
 * Not where the head may have to be sent again. */
static gboolean
should_join (const PlRelay *relay)
{
  return relay->head != NULL && !relay->keeps_head && relay->vetted > 0
         && relay->vetted <= JOINED_BYTES && relay->vetted <= pl_buffer_get_room (relay->head);
}

static void
join_head_and_body (PlRelay *relay)
{
  memcpy (relay->head->bytes + relay->head->end, pl_buffer_get_data (*relay->input), relay->vetted);
  relay->head->end += relay->vetted;
  pl_buffer_consume (*relay->input, relay->vetted);
  relay->vetted = 0;
}

static PlIo
send_vetted (PlRelay *relay, gsize *sent)
{
  GOutputVector vectors[2];
  guint n_vectors = 0;
  PlIo io;

  if (should_join (relay))
    join_head_and_body (relay);
  if (relay->head != NULL)
    vectors[n_vectors++]
        = (GOutputVector){ pl_buffer_get_data (relay->head), pl_buffer_get_length (relay->head) };
  if (relay->vetted > 0)
    vectors[n_vectors++] = (GOutputVector){ pl_buffer_get_data (*relay->input), relay->vetted };
  io = pl_stream_send (relay->to, vectors, n_vectors, relay->is_whole && relay->end_follows, sent);
  if (io == PL_IO_DONE)
    count_sent (relay, *sent);
  return io;
}

static PlIo
push (PlRelay *relay, gsize *sent)
{
  PlIo io;

  if (relay->to == NULL)
    return throw_away (relay, sent);
  io = pipe_has_octets (relay) ? pl_pipe_flush (relay->pipe, relay->to, FALSE, sent)
                               : send_vetted (relay, sent);
  relay->has_sent |= io == PL_IO_DONE;
  return io;
}

/* Receiving */

static PlBufferSize
choose_buffer (const PlRelay *relay)
{
  gboolean is_long = relay->kind == PL_BODY_FIXED ? relay->remaining_bytes >= SPLICE_FROM_BYTES
                                                  : relay->body_bytes >= SPLICE_FROM_BYTES;

  return is_long ? PL_BUFFER_BULK : PL_BUFFER_MESSAGE;
}

/* No more than what leaves at once: a little over would cost a send of its own each time. */
static gsize
get_room (const PlRelay *relay)
{
  gsize room = pl_buffer_get_room (*relay->input);
  gsize most = relay->to != NULL ? relay->to->funcs->most_bytes : 0;

  return most > 0 ? MIN (room, most) : room;
}

/* What the head came in is too small for a long body, and goes back when it is empty. */
static void
provide_input (PlRelay *relay)
{
  PlBuffer **input = relay->input;
  PlBufferSize size = choose_buffer (relay);

  if (*input != NULL && (*input)->size < size && pl_buffer_get_length (*input) == 0)
    pl_buffer_give (&relay->pools->buffers, input);
  if (*input == NULL)
    *input = pl_buffer_take (&relay->pools->buffers, size);
}

static PlIo
receive (PlRelay *relay)
{
  PlBuffer **input = relay->input;
  gsize received;
  PlIo io;

  provide_input (relay);
  if (relay->chunk)
    return pl_relay_receive_chunk (relay);
  pl_buffer_compact (*input);
  g_return_val_if_fail (pl_buffer_get_room (*input) > 0, PL_IO_BROKEN);
  io = pl_stream_receive (relay->from, (*input)->bytes + (*input)->end, get_room (relay),
                          &received);
  if (io == PL_IO_DONE)
    (*input)->end += received;
  return io;
}

/* Splicing */

static guint64
get_spliceable (const PlRelay *relay)
{
  switch (relay->kind)
    {
    case PL_BODY_FIXED:
      return relay->remaining_bytes;
    case PL_BODY_CHUNKED:
      return relay->dechunk ? 0 : pl_chunked_get_remaining (&relay->chunked);
    case PL_BODY_UNTIL_CLOSE:
      return relay->body_bytes >= SPLICE_FROM_BYTES && !relay->chunk ? G_MAXUINT32 : 0;
    case PL_BODY_NONE:
      return 0;
    }
  g_return_val_if_reached (0);
}

static gboolean
should_splice (const PlRelay *relay)
{
  return get_spliceable (relay) >= (relay->pipe != NULL ? 1 : SPLICE_FROM_BYTES)
         && pl_buffer_get_length (*relay->input) == 0 && pl_stream_can_splice (relay->from)
         && relay->to != NULL && pl_stream_can_splice (relay->to);
}

static void
count_spliced (PlRelay *relay, gsize received)
{
  relay->body_bytes += received;
  if (relay->kind == PL_BODY_FIXED)
    {
      relay->remaining_bytes -= received;
      relay->is_whole = relay->remaining_bytes == 0;
    }
  else if (relay->kind == PL_BODY_CHUNKED)
    pl_chunked_skip (&relay->chunked, received);
}

static PlIo
fill_pipe (PlRelay *relay)
{
  gsize limit = (gsize) MIN (get_spliceable (relay), TURN_BYTES);
  gsize received;
  PlIo io = pl_pipe_fill (relay->pipe, relay->from, limit, &received);

  if (io == PL_IO_DONE)
    {
      count_spliced (relay, received);
      pl_relay_gather_note (relay, received);
    }
  else if (io == PL_IO_BLOCKED)
    pl_relay_gather_before_wait (relay);
  return io;
}

/* An input or a pipe that is empty while the sender is silent goes back to the pool. */
static PlIo
pull (PlRelay *relay)
{
  PlIo io;

  if (!pl_socket_has (&relay->from->socket, PL_READY_READ))
    io = PL_IO_BLOCKED;
  else if (should_splice (relay)
           && (relay->pipe != NULL || (relay->pipe = pl_pipe_take (&relay->pools->pipes)) != NULL))
    io = fill_pipe (relay);
  else
    io = receive (relay);

  if (io != PL_IO_DONE)
    pl_pipe_give (&relay->pools->pipes, &relay->pipe);
  if (pl_buffer_get_length (*relay->input) == 0)
    pl_buffer_give (&relay->pools->buffers, relay->input);
  return io;
}

/* The loop */

static PlRelayState
wait_for_sender (PlRelay *relay, PlIo io)
{
  switch (io)
    {
    case PL_IO_BLOCKED:
      relay->waits_to_read = TRUE;
      return PL_RELAY_RUNNING;
    case PL_IO_END:
      return relay->kind == PL_BODY_UNTIL_CLOSE ? PL_RELAY_DONE : PL_RELAY_FROM_ENDED;
    case PL_IO_BROKEN:
      return PL_RELAY_FROM_BROKEN;
    case PL_IO_DONE: /* not asked for then */
      break;
    }
  g_return_val_if_reached (PL_RELAY_FROM_BROKEN);
}

static PlRelayState
wait_for_receiver (PlRelay *relay, PlIo io)
{
  if (io != PL_IO_BLOCKED)
    return PL_RELAY_TO_BROKEN;
  relay->waits_to_write = TRUE;
  return PL_RELAY_RUNNING;
}

PlRelayState
pl_relay_advance (PlRelay *relay)
{
  gsize total = 0, sent;
  PlIo io;

  relay->waits_to_read = relay->waits_to_write = FALSE;
  pl_relay_gather_resume (relay);
  while (total < TURN_BYTES)
    {
      pl_relay_vet (relay);
      if (pl_relay_owes (relay))
        {
          if ((io = push (relay, &sent)) != PL_IO_DONE)
            return wait_for_receiver (relay, io);
          total += sent;
        }
      else if (relay->is_whole)
        return PL_RELAY_DONE;
      else if (relay->fault != PL_HTTP_FAULT_NONE)
        return PL_RELAY_BODY_BAD;
      else if ((io = pull (relay)) == PL_IO_END && relay->chunk)
        pl_relay_end_chunks (relay);
      else if (io != PL_IO_DONE)
        return wait_for_sender (relay, io);
    }
  return PL_RELAY_YIELDED;
}
