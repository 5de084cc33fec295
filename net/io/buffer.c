/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/buffer.h"

#include <string.h>

/* HEAD holds what clients and Immich send by far, MESSAGE a thumbnail with its head; BULK holds the
 * largest head a response may have, and is the size from which a copy loop gains no more.
 *
 * The odd lines on top: buffers of a round size would all begin in the same few sets of the
 * processor's cache, and put each other out of it. */
#define CACHE_LINE 64
static const guint32 capacities[PL_N_BUFFER_SIZES] = {
  [PL_BUFFER_HEAD] = 8 * 1024 + 9 * CACHE_LINE - sizeof (PlBuffer),
  [PL_BUFFER_MESSAGE] = 32 * 1024 + 21 * CACHE_LINE - sizeof (PlBuffer),
  [PL_BUFFER_BULK] = 128 * 1024 + 37 * CACHE_LINE - sizeof (PlBuffer),
};

/* What a pool keeps of each size; more than a burst needs goes back to the system. */
static const guint max_free[PL_N_BUFFER_SIZES] = {
  [PL_BUFFER_HEAD] = 256,
  [PL_BUFFER_MESSAGE] = 128,
  [PL_BUFFER_BULK] = 16,
};

PlBuffer *
pl_buffer_take (PlBufferPool *pool, PlBufferSize size)
{
  PlBuffer *buffer = pool->free[size];

  if (buffer != NULL)
    {
      pool->free[size] = buffer->next;
      pool->n_free[size]--;
    }
  else
    {
      buffer = g_malloc (sizeof (PlBuffer) + capacities[size]);
      buffer->size = size;
      buffer->capacity = capacities[size];
    }
  buffer->start = buffer->end = 0;
  return buffer;
}

void
pl_buffer_give (PlBufferPool *pool, PlBuffer **buffer)
{
  PlBuffer *given = g_steal_pointer (buffer);

  if (given == NULL)
    return;
  if (pool->n_free[given->size] >= max_free[given->size])
    {
      g_free (given);
      return;
    }
  given->next = pool->free[given->size];
  pool->free[given->size] = given;
  pool->n_free[given->size]++;
}

gboolean
pl_buffer_grow (PlBufferPool *pool, PlBuffer **buffer)
{
  PlBuffer *larger;

  if ((*buffer)->size + 1 == PL_N_BUFFER_SIZES)
    return FALSE;
  larger = pl_buffer_take (pool, (*buffer)->size + 1);
  larger->end = pl_buffer_get_length (*buffer);
  memcpy (larger->bytes, pl_buffer_get_data (*buffer), larger->end);
  pl_buffer_give (pool, buffer);
  *buffer = larger;
  return TRUE;
}

void
pl_buffer_compact (PlBuffer *buffer)
{
  gsize length = pl_buffer_get_length (buffer);

  memmove (buffer->bytes, pl_buffer_get_data (buffer), length);
  buffer->start = 0;
  buffer->end = length;
}

void
pl_buffer_pool_clear (PlBufferPool *pool)
{
  for (guint size = 0; size < PL_N_BUFFER_SIZES; size++)
    {
      PlBuffer *buffer;

      while ((buffer = pool->free[size]) != NULL)
        {
          pool->free[size] = buffer->next;
          g_free (buffer);
        }
      pool->n_free[size] = 0;
    }
}
