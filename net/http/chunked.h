/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The chunked coding (RFC 9112 §7.1), read without copying: a decoder walks over the octets as
 * they pass and says what each run is. A relay between two HTTP/1.1 sides sends them on as they
 * are; one that must take the coding off sends the data runs only. */

#pragma once

#include "net/http/fault.h"

/** PL_CHUNKED_MAX_EXTENSION_BYTES: how long extensions may be in one body; more is a flood. */
#define PL_CHUNKED_MAX_EXTENSION_BYTES (16 * 1024)

/** PL_CHUNKED_MAX_LINE_BYTES: the longest size line, extensions included, line end not. */
#define PL_CHUNKED_MAX_LINE_BYTES 1024

/**
 * PlChunked: the decoder's state; a few words, no buffer. Private.
 */
typedef struct
{
  guint64 remaining_bytes; /* of the chunk being read */
  guint32 line_bytes;      /* of the size line being read */
  guint32 extension_bytes; /* in the whole body, of the lines that are complete */
  guint8 state;
  guint8 size_digits;
} PlChunked;

typedef enum
{
  PL_CHUNKED_MORE,     /* everything was taken in; the body goes on */
  PL_CHUNKED_DATA,     /* a run of data octets follows */
  PL_CHUNKED_TRAILERS, /* the last chunk was read; a trailer section (maybe just CRLF) follows */
  PL_CHUNKED_BAD,
} PlChunkedEvent;

void pl_chunked_init (PlChunked *chunked);

/**
 * pl_chunked_advance:
 * @chunked: the state
 * @bytes: what came, from where the last call stopped
 * @length: octets in @bytes
 * @taken: (out): octets of framing (size lines, CRLFs) that were read at the start of @bytes
 * @data_bytes: (out): with %PL_CHUNKED_DATA, octets of data that follow the taken ones in @bytes
 *   (at least 1); the decoder counts them as read, so the next call starts after them. Otherwise 0
 * @fault: (out): set with %PL_CHUNKED_BAD
 *
 * Strict: a size of 1-16 hexadecimal digits up to 2^63-1, extensions of the RFC's grammar without
 * control characters and within the limits above, each line ended by CRLF and nothing else. The
 * white space that the RFC calls bad (BWS) is refused wherever it stands, before the first `;`,
 * too.
 *
 * %PL_CHUNKED_TRAILERS comes when the line of the last chunk (size 0) is complete; what follows is
 * not taken. The trailer section is read with pl_trailers_parse(). After %PL_CHUNKED_BAD the state
 * is of no more use.
 */
PlChunkedEvent pl_chunked_advance (PlChunked *chunked,
                                   const char *bytes,
                                   gsize length,
                                   gsize *taken,
                                   gsize *data_bytes,
                                   PlHttpFault *fault);

/**
 * pl_chunked_skip:
 * @chunked: inside a chunk
 * @bytes: how many octets of data to count as passed; at most pl_chunked_get_remaining()
 *
 * For data that never came through a buffer (splice).
 */
void pl_chunked_skip (PlChunked *chunked, guint64 bytes);

/** pl_chunked_get_remaining: octets of data left in the chunk being read; 0 outside a chunk. */
guint64 pl_chunked_get_remaining (const PlChunked *chunked);
