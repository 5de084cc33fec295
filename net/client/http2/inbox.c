/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/client/http2/inbox.h"

#include <string.h>

/* From this much on a stream is taken to bring much more. */
#define LONG_BYTES (128 * 1024)

static PlBuffer *
get_place (PlHttp2Inbox *inbox, PlBufferPool *pool)
{
  PlBuffer *last = g_queue_peek_tail (&inbox->buffers);

  if (last == NULL || pl_buffer_get_room (last) == 0)
    {
      last = pl_buffer_take (pool, inbox->length_bytes >= LONG_BYTES ? PL_BUFFER_BULK
                                                                     : PL_BUFFER_MESSAGE);
      g_queue_push_tail (&inbox->buffers, last);
    }
  return last;
}

void
pl_http2_inbox_put (PlHttp2Inbox *inbox, PlBufferPool *pool, const char *bytes, gsize length)
{
  while (length > 0)
    {
      PlBuffer *place = get_place (inbox, pool);
      gsize taken = MIN (length, pl_buffer_get_room (place));

      memcpy (place->bytes + place->end, bytes, taken);
      place->end += taken;
      inbox->length_bytes += taken;
      bytes += taken;
      length -= taken;
    }
}

gsize
pl_http2_inbox_take (PlHttp2Inbox *inbox, PlBufferPool *pool, char *bytes, gsize capacity)
{
  gsize total = 0;
  PlBuffer *first;

  while (total < capacity && (first = g_queue_peek_head (&inbox->buffers)) != NULL)
    {
      gsize taken = MIN (capacity - total, pl_buffer_get_length (first));

      memcpy (bytes + total, pl_buffer_get_data (first), taken);
      pl_buffer_consume (first, taken);
      total += taken;
      if (pl_buffer_get_length (first) > 0)
        break;
      g_queue_pop_head (&inbox->buffers);
      pl_buffer_give (pool, &first);
    }
  inbox->length_bytes -= total;
  return total;
}

void
pl_http2_inbox_clear (PlHttp2Inbox *inbox, PlBufferPool *pool)
{
  PlBuffer *buffer;

  while ((buffer = g_queue_pop_head (&inbox->buffers)) != NULL)
    pl_buffer_give (pool, &buffer);
  inbox->length_bytes = 0;
}
