/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One direction of an exchange: a head, if there is one, and the body behind it, from one stream to
 * another, with backpressure: nothing is read that cannot be kept in one buffer. */

#pragma once

#include "net/http/chunked.h"
#include "net/http/framing.h"
#include "net/http/write.h"
#include "net/io/buffer.h"
#include "net/io/pipe.h"
#include "net/io/stream.h"

/** PlRelayState: how far a relay is. */
typedef enum
{
  PL_RELAY_RUNNING,    /* waits for what pl_relay_wants_to_read() and _write() say */
  PL_RELAY_YIELDED,    /* could go on; lets others have their turn */
  PL_RELAY_DONE,       /* everything was sent */
  PL_RELAY_FROM_ENDED, /* the sender's end came before the body's */
  PL_RELAY_FROM_BROKEN,
  PL_RELAY_TO_BROKEN,
  PL_RELAY_BODY_BAD, /* a malformed chunked body; nothing from the fault on was sent */
} PlRelayState;

/** PlRelayPools: where a relay borrows from; one worker's. */
typedef struct
{
  PlBufferPool buffers;
  PlPipePool pipes;
} PlRelayPools;

/**
 * PlRelayTrailers: for one side that knows no chunks, who has the fields behind a body.
 * @take: (nullable): called with @user_data and the fields behind the last chunk of a body whose
 * coding is taken off, when all before them was sent; those that may not pass are among them
 * @write: (nullable): called with @user_data when a body that is put into chunks has ended: writes
 * the fields behind it, without the final empty line
 */
typedef struct
{
  void (*take) (const PlHead *trailers, gpointer user_data);
  void (*write) (PlWriter *writer, gpointer user_data);
  gpointer user_data;
} PlRelayTrailers;

/** PlGathering: see relay_gather.c. */
typedef struct _PlGathering PlGathering;

/**
 * PlRelay:
 * @body_bytes: octets of body (without the chunked coding) taken for sending; ahead of what
 *   the receiver got by a buffer or a pipe at most
 * @fault: what is wrong with a chunked body, once seen; what stands before it may still be sent
 *
 * Invariants. *@input holds what was received and not yet sent: first @vetted octets of this body
 * that may be sent, then what was not looked at, or what belongs to the next message. @head is sent
 * before anything of @input. When a pipe has octets, @head and @vetted are empty.
 */
typedef struct
{
  guint64 body_bytes;

  /*< private >*/
  PlRelayPools *pools;
  PlStream *from;
  PlStream *to;
  PlBuffer **input;
  PlBuffer *head;
  PlBuffer *sent_head;
  PlPipe *pipe;
  PlGathering *gathering;
  guint64 remaining_bytes; /* of a fixed body: not yet received */
  PlChunked chunked;
  PlRelayTrailers trailers;
  guint32 vetted;
  /*< public >*/
  PlHttpFault fault : 8;
  /*< private >*/
  PlBodyKind kind : 8;
  guint dechunk : 1;
  guint chunk : 1;
  guint keeps_head : 1;
  guint end_follows : 1;
  guint in_trailers : 1;
  guint is_whole : 1; /* the end of the body was seen */
  guint waits_to_read : 1;
  guint waits_to_write : 1;
  guint has_sent : 1;
} PlRelay;

/**
 * PlRelaySetup:
 * @from, @to: borrowed, until pl_relay_clear()
 * @input: where octets of @from gather; the owner's, may hold some already, may be empty (%NULL)
 * @head: (transfer full) (nullable): to be sent first
 * @body: how the body is framed in @input
 * @dechunk: take the chunked coding off, since the receiver knows it not
 * @chunk: put a body that ends with its stream into chunks; *@input is empty at the begin then, and
 * nobody else puts octets there
 * @trailers: with @dechunk or @chunk
 * @end_follows: the receiver's connection is ended as soon as this is done, so the last octets may
 * wait for the end to go with it in one segment
 * @keep_head: keep the head when it was sent, for pl_relay_take_head_back()
 */
typedef struct
{
  PlRelayPools *pools;
  PlStream *from;
  PlStream *to;
  PlBuffer **input;
  PlBuffer *head;
  PlBody body;
  gboolean dechunk;
  gboolean chunk;
  PlRelayTrailers trailers;
  gboolean keep_head;
  gboolean end_follows;
} PlRelaySetup;

void pl_relay_init (PlRelay *relay, const PlRelaySetup *setup);

/** pl_relay_clear: gives back what was borrowed; what is in *input stays there. */
void pl_relay_clear (PlRelay *relay);

/**
 * pl_relay_advance:
 *
 * Moves what can be moved without waiting, a megabyte or so at most. Head and the first of the body
 * leave in one system call; long bodies between plain sockets go by splice(2).
 */
PlRelayState pl_relay_advance (PlRelay *relay);

/** pl_relay_wants_to_read: it waits for octets of the sender. */
static inline gboolean
pl_relay_wants_to_read (const PlRelay *relay)
{
  return relay->waits_to_read;
}

/** pl_relay_wants_to_write: it waits for the receiver to take what it has. */
static inline gboolean
pl_relay_wants_to_write (const PlRelay *relay)
{
  return relay->waits_to_write;
}

/** pl_relay_owes: something that was vetted, or a head, is still to be sent. */
gboolean pl_relay_owes (const PlRelay *relay);

/** pl_relay_forget_head: the head will not be sent again. */
void pl_relay_forget_head (PlRelay *relay);

/** pl_relay_take_head_back: (transfer full): the whole head, to be sent to somebody else. */
PlBuffer *pl_relay_take_head_back (PlRelay *relay);

/** pl_relay_get_kept_head: the whole head, sent or not, where it was to be kept; else with %NULL
 * bytes.
 */
PlSlice pl_relay_get_kept_head (const PlRelay *relay);

/** pl_relay_discard: from now on what is received is vetted and thrown away; the receiver is not
 * touched again. */
void pl_relay_discard (PlRelay *relay);

/** pl_relay_has_sent: whether an octet of head or body has left. */
static inline gboolean
pl_relay_has_sent (const PlRelay *relay)
{
  return relay->has_sent;
}
