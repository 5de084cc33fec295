/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pipes that octets pass through from socket to socket without being copied (splice(2)). Where
 * the system has none, pl_pipe_take() gives %NULL and relays copy. */

#pragma once

#include "net/io/stream.h"

/** PlPipe: octets inside were taken from one stream and are owed to another. */
typedef struct _PlPipe PlPipe;

/** PlPipePool: one thread's. */
typedef struct
{
  PlPipe *free;
  guint n_free;
} PlPipePool;

void pl_pipe_pool_clear (PlPipePool *pool);

/** pl_pipe_take: (transfer full) (nullable): an empty pipe; %NULL when there are none to be had. */
PlPipe *pl_pipe_take (PlPipePool *pool);

/**
 * pl_pipe_give: gives *@pipe back, if any, and clears the pointer; one with octets left in it is
 * closed.
 */
void pl_pipe_give (PlPipePool *pool, PlPipe **pipe);

/** pl_pipe_get_length: octets inside. */
gsize pl_pipe_get_length (const PlPipe *pipe);

/**
 * pl_pipe_fill:
 * @stream: one that pl_stream_can_splice()
 * @limit: more than 0
 * @received: (out): octets taken, with %PL_IO_DONE
 *
 * Takes octets out of @stream. Fewer than @limit do not mean that there are no more; and while
 * there are octets inside, %PL_IO_BLOCKED may only mean that the pipe is full: flush it first.
 */
PlIo pl_pipe_fill (PlPipe *pipe, PlStream *stream, gsize limit, gsize *received);

/**
 * pl_pipe_flush:
 * @pipe: with octets inside
 * @stream: one that pl_stream_can_splice()
 * @more: more follows at once
 * @sent: (out): octets sent, with %PL_IO_DONE; may be fewer than all
 *
 * Sends what is inside. A write to a broken connection raises SIGPIPE, for which splice(2) has no
 * flag as send(2) has: the program must ignore the signal.
 */
PlIo pl_pipe_flush (PlPipe *pipe, PlStream *stream, gboolean more, gsize *sent);
