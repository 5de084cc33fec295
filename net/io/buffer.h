/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Buffers, borrowed from a worker's pool only while octets are in them: an idle connection
 * holds none. The last given back is the next taken, since it is still in the cache. */

#pragma once

#include <glib.h>

/**
 * PlBufferSize:
 * @PL_BUFFER_HEAD: a composed head
 * @PL_BUFFER_MESSAGE: a received head with the first of its body; a thumbnail fits whole
 * @PL_BUFFER_BULK: the largest heads, and bodies that cannot be spliced
 */
typedef enum
{
  PL_BUFFER_HEAD,
  PL_BUFFER_MESSAGE,
  PL_BUFFER_BULK,
  PL_N_BUFFER_SIZES
} PlBufferSize;

/**
 * PlBuffer:
 * @size: which size it is
 * @capacity: octets at @bytes
 * @start: offset of the first octet not yet used
 * @end: offset behind the last octet
 */
typedef struct _PlBuffer PlBuffer;
struct _PlBuffer
{
  PlBuffer *next; /* private: in the pool */
  PlBufferSize size;
  guint32 capacity;
  guint32 start;
  guint32 end;
  char bytes[];
};

/** PlBufferPool: one thread's. */
typedef struct
{
  PlBuffer *free[PL_N_BUFFER_SIZES];
  guint n_free[PL_N_BUFFER_SIZES];
} PlBufferPool;

void pl_buffer_pool_clear (PlBufferPool *pool);

/** pl_buffer_take: (transfer full): an empty one, from @pool or new. */
PlBuffer *pl_buffer_take (PlBufferPool *pool, PlBufferSize size);

/** pl_buffer_give: gives *@buffer back, if any, and clears the pointer. */
void pl_buffer_give (PlBufferPool *pool, PlBuffer **buffer);

/** pl_buffer_grow: moves the octets of *@buffer into one of the next size; %FALSE when there is
 * none larger. */
gboolean pl_buffer_grow (PlBufferPool *pool, PlBuffer **buffer);

static inline gsize
pl_buffer_get_length (const PlBuffer *buffer)
{
  return buffer != NULL ? buffer->end - buffer->start : 0;
}

static inline gsize
pl_buffer_get_room (const PlBuffer *buffer)
{
  return buffer->capacity - buffer->end;
}

static inline char *
pl_buffer_get_data (PlBuffer *buffer)
{
  return buffer->bytes + buffer->start;
}

/** pl_buffer_consume: the first @length octets were used; an emptied buffer starts anew. */
static inline void
pl_buffer_consume (PlBuffer *buffer, gsize length)
{
  buffer->start += length;
  if (buffer->start == buffer->end)
    buffer->start = buffer->end = 0;
}

/** pl_buffer_compact: moves what is unused to the front, so that all room is behind it. */
void pl_buffer_compact (PlBuffer *buffer);
