/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Putting octets into a buffer of fixed size: what heads are composed with. A writer that ran
 * full stays full and remembers it, so one check at the end is enough. */

#pragma once

#include "net/http/slice.h"

/**
 * PlWriter:
 * @bytes: where the text goes; borrowed
 * @capacity: octets there
 * @length: octets written
 * @overflowed: something did not fit; nothing is written after that
 */
typedef struct
{
  char *bytes;
  gsize capacity;
  gsize length;
  gboolean overflowed;
} PlWriter;

/** pl_writer_init: makes @writer write to @bytes, from their start. */
void pl_writer_init (PlWriter *writer, char *bytes, gsize capacity);

/** pl_writer_add: all of @text, or nothing. */
void pl_writer_add (PlWriter *writer, PlSlice text);

void pl_writer_add_char (PlWriter *writer, char character);

/** pl_writer_add_decimal: @value in decimal digits. */
void pl_writer_add_decimal (PlWriter *writer, guint64 value);

/** pl_writer_add_field: `name: value CRLF`. */
void pl_writer_add_field (PlWriter *writer, PlSlice name, PlSlice value);

/** pl_writer_add_end: the empty line that ends a head. */
void pl_writer_add_end (PlWriter *writer);
