/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pipes as splice(2) wants them. */

#include "net/io/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* What a fast download needs to move much in one call. The system may grant less: it stays so. */
#define PIPE_BYTES (512 * 1024)

#define MAX_FREE 32

struct _PlPipe
{
  PlPipe *next; /* in the pool */
  int read_fd;
  int write_fd;
  gsize length;
};

static PlPipe *
pipe_new (void)
{
  PlPipe *pipe;
  int fds[2];

  if (pipe2 (fds, O_CLOEXEC | O_NONBLOCK) < 0)
    return NULL;
  (void) fcntl (fds[1], F_SETPIPE_SZ, PIPE_BYTES);
  pipe = g_new0 (PlPipe, 1);
  pipe->read_fd = fds[0];
  pipe->write_fd = fds[1];
  return pipe;
}

static void
pipe_free (PlPipe *pipe)
{
  close (pipe->read_fd);
  close (pipe->write_fd);
  g_free (pipe);
}

void
pl_pipe_pool_clear (PlPipePool *pool)
{
  PlPipe *pipe;

  while ((pipe = pool->free) != NULL)
    {
      pool->free = pipe->next;
      pipe_free (pipe);
    }
  pool->n_free = 0;
}

PlPipe *
pl_pipe_take (PlPipePool *pool)
{
  PlPipe *pipe = pool->free;

  if (pipe == NULL)
    return pipe_new ();
  pool->free = pipe->next;
  pool->n_free--;
  return pipe;
}

void
pl_pipe_give (PlPipePool *pool, PlPipe **pipe)
{
  PlPipe *given = g_steal_pointer (pipe);

  if (given == NULL)
    return;
  if (given->length > 0 || pool->n_free >= MAX_FREE)
    {
      pipe_free (given);
      return;
    }
  given->next = pool->free;
  pool->free = given;
  pool->n_free++;
}

gsize
pl_pipe_get_length (const PlPipe *pipe)
{
  return pipe->length;
}

static gssize
splice_without_waiting (int from_fd, int to_fd, gsize length, guint flags)
{
  gssize n_bytes;

  do
    n_bytes
        = splice (from_fd, NULL, to_fd, NULL, length, SPLICE_F_MOVE | SPLICE_F_NONBLOCK | flags);
  while (n_bytes < 0 && errno == EINTR);
  return n_bytes;
}

/* Unlike a short recv(2), less than @limit does not mean that the socket is empty: each segment
 * takes a place in the pipe, which is full when its places are, however few octets that is. For
 * the same reason EAGAIN tells of the socket only while the pipe is empty. */
PlIo
pl_pipe_fill (PlPipe *pipe, PlStream *stream, gsize limit, gsize *received)
{
  PlSocket *socket = &stream->socket;
  gssize n_bytes;

  if (!pl_socket_has (socket, PL_READY_READ))
    return PL_IO_BLOCKED;

  n_bytes = splice_without_waiting (socket->fd, pipe->write_fd, limit, 0);
  if (n_bytes > 0)
    {
      pipe->length += (gsize) n_bytes;
      *received = (gsize) n_bytes;
      return PL_IO_DONE;
    }
  if (n_bytes == 0)
    return pl_socket_get_end (socket);
  if (errno != EAGAIN)
    return PL_IO_BROKEN;
  if (pipe->length == 0)
    socket->ready &= ~PL_READY_READ;
  return PL_IO_BLOCKED;
}

PlIo
pl_pipe_flush (PlPipe *pipe, PlStream *stream, gboolean more, gsize *sent)
{
  PlSocket *socket = &stream->socket;
  gssize n_bytes;

  if (!pl_socket_has (socket, PL_READY_WRITE))
    return PL_IO_BLOCKED;

  n_bytes
      = splice_without_waiting (pipe->read_fd, socket->fd, pipe->length, more ? SPLICE_F_MORE : 0);
  if (n_bytes > 0)
    {
      pipe->length -= (gsize) n_bytes;
      *sent = (gsize) n_bytes;
      return PL_IO_DONE;
    }
  if (n_bytes < 0 && errno == EAGAIN)
    {
      socket->ready &= ~PL_READY_WRITE;
      return PL_IO_BLOCKED;
    }
  socket->was_reset |= errno != EPIPE; /* EPIPE: the end had come before */
  return PL_IO_BROKEN;
}
