/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Octets both ways: what sessions and relays use. A stream is a socket, or TLS over one; the
 * functions behind it say which. */

#pragma once

#include "net/io/socket.h"

typedef struct _PlStream PlStream;
typedef struct _PlTls PlTls;

/**
 * PlStreamFuncs:
 * @receive, @send, @shut_write, @close: as the functions of the same name below
 * @moved: (nullable): the stream stands elsewhere now
 * @can_splice: octets on the descriptor are the octets of the stream
 * @most_bytes: what one send takes at most; 0: whatever it is given
 */
typedef struct
{
  PlIo (*receive) (PlStream *stream, char *bytes, gsize capacity, gsize *received);
  PlIo (*send) (PlStream *stream,
                const GOutputVector *vectors,
                guint n_vectors,
                gboolean more,
                gsize *sent);
  void (*shut_write) (PlStream *stream);
  void (*close) (PlStream *stream, gboolean abort);
  void (*moved) (PlStream *stream);
  gboolean can_splice;
  gsize most_bytes;
} PlStreamFuncs;

/**
 * PlStream: to be embedded; the socket comes first, so readiness and wants are the socket's.
 */
struct _PlStream
{
  PlSocket socket;
  const PlStreamFuncs *funcs;
  PlTls *tls; /* (nullable): what it has if it is encrypted; see tls.h */
};

/** pl_stream_open_plain: a stream that is the socket itself; see pl_socket_open() for the rest. */
gboolean pl_stream_open_plain (PlStream *stream,
                               PlReactor *reactor,
                               PlHandle handle,
                               PlTask *task,
                               PlReady ready);

/** pl_stream_move: as pl_socket_move(). */
gboolean pl_stream_move (PlStream *from, PlStream *to, PlTask *task);

/**
 * pl_stream_receive:
 * @received: (out): octets put at @bytes, with %PL_IO_DONE
 *
 * No system call when nothing is known to be there.
 */
static inline PlIo
pl_stream_receive (PlStream *stream, char *bytes, gsize capacity, gsize *received)
{
  return stream->funcs->receive (stream, bytes, capacity, received);
}

/**
 * pl_stream_send:
 * @more: more follows at once, so the last segment may wait for it
 * @sent: (out): octets of @vectors taken, with %PL_IO_DONE; may be fewer than all
 *
 * Whatever was not taken comes first in what is sent next: an encrypted stream may have encrypted
 * it already, and cannot take it back.
 */
static inline PlIo
pl_stream_send (PlStream *stream,
                const GOutputVector *vectors,
                guint n_vectors,
                gboolean more,
                gsize *sent)
{
  return stream->funcs->send (stream, vectors, n_vectors, more, sent);
}

/** pl_stream_shut_write: ends our side; the peer's may go on. */
static inline void
pl_stream_shut_write (PlStream *stream)
{
  stream->funcs->shut_write (stream);
}

/** pl_stream_close: closes if open; see pl_socket_close(). */
static inline void
pl_stream_close (PlStream *stream, gboolean abort)
{
  if (stream->socket.is_open)
    stream->funcs->close (stream, abort);
}

static inline gboolean
pl_stream_is_open (const PlStream *stream)
{
  return stream->socket.is_open;
}

/** pl_stream_can_splice: whether splice(2) may move its octets. */
static inline gboolean
pl_stream_can_splice (const PlStream *stream)
{
  return stream->funcs->can_splice && stream->socket.reactor->platform->can_splice;
}
