/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stream that is a plain socket. */

#include "net/io/stream.h"

static PlIo
plain_receive (PlStream *stream, char *bytes, gsize capacity, gsize *received)
{
  if (!pl_socket_has (&stream->socket, PL_READY_READ))
    return PL_IO_BLOCKED;
  return stream->socket.reactor->platform->receive (&stream->socket, bytes, capacity, received);
}

static PlIo
plain_send (PlStream *stream,
            const GOutputVector *vectors,
            guint n_vectors,
            gboolean more,
            gsize *sent)
{
  if (!pl_socket_has (&stream->socket, PL_READY_WRITE))
    return PL_IO_BLOCKED;
  return stream->socket.reactor->platform->send (&stream->socket, vectors, n_vectors, more, sent);
}

static void
plain_shut_write (PlStream *stream)
{
  stream->socket.reactor->platform->shut_write (&stream->socket);
}

static void
plain_close (PlStream *stream, gboolean abort)
{
  pl_socket_close (&stream->socket, abort);
}

static const PlStreamFuncs plain_funcs = {
  .receive = plain_receive,
  .send = plain_send,
  .shut_write = plain_shut_write,
  .close = plain_close,
  .can_splice = TRUE,
};

gboolean
pl_stream_open_plain (PlStream *stream,
                      PlReactor *reactor,
                      PlHandle handle,
                      PlTask *task,
                      PlReady ready)
{
  stream->funcs = &plain_funcs;
  stream->tls = NULL;
  return pl_socket_open (&stream->socket, reactor, handle, task, ready);
}

gboolean
pl_stream_move (PlStream *from, PlStream *to, PlTask *task)
{
  to->funcs = from->funcs;
  to->tls = g_steal_pointer (&from->tls);
  if (to->funcs->moved != NULL)
    to->funcs->moved (to);
  if (pl_socket_move (&from->socket, &to->socket, task))
    return TRUE;
  to->funcs->close (to, TRUE);
  return FALSE;
}
