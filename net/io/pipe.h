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

/** pl_pipe_give: gives *@pipe back, if any, and clears the pointer; one with octets left in it is closed. */
void pl_pipe_give (PlPipePool *pool, PlPipe **pipe);

/** pl_pipe_get_length: octets inside. */
gsize pl_pipe_get_length (const PlPipe *pipe);

/** pl_pipe_fill: takes up to @limit octets out of @stream. */
PlIo pl_pipe_fill (PlPipe *pipe, PlStream *stream, gsize limit, gsize *received);

/** pl_pipe_drain: sends what is inside to @stream; @more: more follows at once. */
PlIo pl_pipe_drain (PlPipe *pipe, PlStream *stream, gboolean more, gsize *sent);
