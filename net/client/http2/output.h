/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames on their way out, gathered so that many leave in one send. What is small is copied; a
 * body's octets are lent, and leave from where they are. */

#pragma once

#include "net/exchange/client.h"

/** PL_HTTP2_PIECES: how many pieces are gathered; beyond, what is lent is copied. */
#define PL_HTTP2_PIECES 64

/**
 * PlHttp2Output:
 * @length_bytes: octets that wait to be sent
 *
 * Zeroed it is empty. Holds memory only while something waits.
 */
typedef struct
{
  gsize length_bytes;

  /*< private >*/
  GByteArray *own;
  GOutputVector pieces[PL_HTTP2_PIECES]; /* buffer NULL: the next of @own */
  guint n_pieces;
  guint n_lent;
} PlHttp2Output;

/** pl_http2_output_clear: forgets what waits. */
void pl_http2_output_clear (PlHttp2Output *output);

/** pl_http2_output_add: copies @octets. */
void pl_http2_output_add (PlHttp2Output *output, PlSlice octets);

/** pl_http2_output_lend: @octets stay where they are until pl_http2_output_flush() has returned. */
void pl_http2_output_lend (PlHttp2Output *output, PlSlice octets);

/**
 * pl_http2_output_flush:
 *
 * Sends what waits; what could not be sent of what was lent is copied.
 *
 * Returns: %PL_IO_DONE when nothing waits any more, %PL_IO_BLOCKED, or %PL_IO_BROKEN
 */
PlIo pl_http2_output_flush (PlHttp2Output *output, PlStream *stream);
