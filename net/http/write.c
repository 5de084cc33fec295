/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bounded buffer to write heads into. */

#include "net/http/write.h"

#define LONGEST_DECIMAL_BYTES 20 /* of 2^64 - 1 */

void
pl_writer_init (PlWriter *writer, char *bytes, gsize capacity)
{
  *writer = (PlWriter){ .bytes = bytes, .capacity = capacity };
}

void
pl_writer_add (PlWriter *writer, PlSlice text)
{
  if (writer->overflowed || text.length > writer->capacity - writer->length)
    {
      writer->overflowed = TRUE;
      return;
    }
  if (text.length > 0)
    memcpy (writer->bytes + writer->length, text.bytes, text.length);
  writer->length += text.length;
}

void
pl_writer_add_char (PlWriter *writer, char character)
{
  pl_writer_add (writer, pl_slice (&character, 1));
}

void
pl_writer_add_decimal (PlWriter *writer, guint64 value)
{
  char digits[LONGEST_DECIMAL_BYTES];
  gsize start = sizeof digits;

  do
    {
      digits[--start] = '0' + value % 10;
      value /= 10;
    }
  while (value > 0);
  pl_writer_add (writer, pl_slice (digits + start, sizeof digits - start));
}

void
pl_writer_add_field (PlWriter *writer, PlSlice name, PlSlice value)
{
  pl_writer_add (writer, name);
  pl_writer_add (writer, PL_SLICE (": "));
  pl_writer_add (writer, value);
  pl_writer_add (writer, PL_SLICE ("\r\n"));
}

void
pl_writer_add_end (PlWriter *writer)
{
  pl_writer_add (writer, PL_SLICE ("\r\n"));
}
