/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The size of a chunk stands before its octets and is known after they were received, so room is
 * left for it. */

#include "net/io/relay_chunk.h"

#define MAX_SIZE_DIGITS 5 /* of what the largest buffer holds */
#define LINE_END_BYTES  2
#define SIZE_LINE_BYTES (MAX_SIZE_DIGITS + LINE_END_BYTES)

static void
write_size_line (char *line, gsize size)
{
  for (guint i = 0; i < MAX_SIZE_DIGITS; i++)
    line[i] = "0123456789abcdef"[size >> (4 * (MAX_SIZE_DIGITS - 1 - i)) & 0xf];
  memcpy (line + MAX_SIZE_DIGITS, "\r\n", LINE_END_BYTES);
}

PlIo
pl_relay_receive_chunk (PlRelay *relay)
{
  PlBuffer *input = *relay->input;
  char *data = input->bytes + SIZE_LINE_BYTES;
  gsize room = input->capacity - SIZE_LINE_BYTES - LINE_END_BYTES;
  gsize received;
  PlIo io;

  g_return_val_if_fail (pl_buffer_get_length (input) == 0, PL_IO_BROKEN);
  io = pl_stream_receive (relay->from, data, room, &received);
  if (io != PL_IO_DONE)
    return io;
  write_size_line (input->bytes, received);
  memcpy (data + received, "\r\n", LINE_END_BYTES);
  input->start = 0;
  input->end = SIZE_LINE_BYTES + received + LINE_END_BYTES;
  relay->vetted = input->end;
  relay->body_bytes += received;
  return PL_IO_DONE;
}

void
pl_relay_end_chunks (PlRelay *relay)
{
  PlWriter writer;

  pl_relay_forget_head (relay); /* with a body sent there is no sending it again */
  relay->head = pl_buffer_take (&relay->pools->buffers, PL_BUFFER_MESSAGE);
  pl_writer_init (&writer, relay->head->bytes, relay->head->capacity);
  pl_writer_add (&writer, PL_SLICE ("0\r\n"));
  if (relay->trailers.write != NULL)
    relay->trailers.write (&writer, relay->trailers.user_data);
  pl_writer_add_end (&writer);
  relay->head->end = writer.length;
  relay->is_whole = TRUE;
}
