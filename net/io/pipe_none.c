/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the system has no splice(2) there is no pipe, so nobody has one to fill or to flush. */

#include "net/io/pipe.h"

void
pl_pipe_pool_clear (PlPipePool *pool)
{
}

PlPipe *
pl_pipe_take (PlPipePool *pool)
{
  return NULL;
}

void
pl_pipe_give (PlPipePool *pool, PlPipe **pipe)
{
}

gsize
pl_pipe_get_length (const PlPipe *pipe)
{
  return 0;
}

PlIo
pl_pipe_fill (PlPipe *pipe, PlStream *stream, gsize limit, gsize *received)
{
  g_return_val_if_reached (PL_IO_BROKEN);
}

PlIo
pl_pipe_flush (PlPipe *pipe, PlStream *stream, gboolean more, gsize *sent)
{
  g_return_val_if_reached (PL_IO_BROKEN);
}
