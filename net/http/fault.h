/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a message is refused. One list for all parsers of net/http and net/route, so that the
 * answer to the client (status) and the word in the record come from one place. */

#pragma once

#include "net/http/slice.h"

#ifndef N_
#define N_(text) text /* marks for translation by whoever shows it */
#endif

/* Name, status to a client, words for a log. */
/* clang-format off */
#define PL_HTTP_FAULTS(X)                                                                          \
  X (NONE,                  200, "no fault")                                                       \
  X (START_LINE,            400, N_ ("the first line is not HTTP"))                                \
  X (METHOD,                400, N_ ("the method is not a token"))                                 \
  X (TARGET,                400, N_ ("the address asked for is malformed"))                        \
  X (TARGET_TOO_LONG,       414, N_ ("the address asked for is too long"))                         \
  X (VERSION,               505, N_ ("the HTTP version is not 1.0 or 1.1"))                        \
  X (FIELD_NAME,            400, N_ ("a header name is malformed"))                                \
  X (FIELD_VALUE,           400, N_ ("a header value holds control characters"))                   \
  X (FIELD_FOLDED,          400, N_ ("a header is folded over several lines"))                     \
  X (LINE_END,              400, N_ ("a line does not end as HTTP wants it"))                      \
  X (HEAD_TOO_LONG,         431, N_ ("the headers are too long"))                                  \
  X (TOO_MANY_FIELDS,       431, N_ ("there are too many headers"))                                \
  X (HOST_MISSING,          400, N_ ("the Host header is missing"))                                \
  X (HOST_REPEATED,         400, N_ ("there is more than one Host header"))                        \
  X (HOST_MALFORMED,        400, N_ ("the Host header is malformed"))                              \
  X (HOST_DIFFERS,          400, N_ ("the Host header and the address asked for disagree"))        \
  X (CONTENT_LENGTH,        400, N_ ("the Content-Length header is malformed"))                    \
  X (LENGTH_AND_ENCODING,   400, N_ ("both Content-Length and Transfer-Encoding are there"))       \
  X (TRANSFER_ENCODING,     400, N_ ("the Transfer-Encoding header is malformed"))                 \
  X (TRANSFER_CODING,       501, N_ ("the Transfer-Encoding is not one we know"))                  \
  X (CHUNK,                 400, N_ ("a chunk is malformed"))                                      \
  X (CHUNK_EXTENSION,       400, N_ ("the chunk extensions are malformed or too long"))            \
  X (TRAILER,               400, N_ ("the trailer is malformed or too long"))                      \
  X (ROUTE_AMBIGUOUS,       400, N_ ("the address is written so that two readers would disagree"))
/* clang-format on */

/**
 * PlHttpFault:
 *
 * What is wrong with a message. %PL_HTTP_FAULT_NONE is 0, so a fault tests as a truth value.
 */
typedef enum
{
#define X(name, status, words) PL_HTTP_FAULT_##name,
  PL_HTTP_FAULTS (X)
#undef X
} PlHttpFault;

/** pl_http_fault_get_status: the status a client is answered with when its request has @fault. */
static inline guint
pl_http_fault_get_status (PlHttpFault fault)
{
  static const guint16 statuses[] = {
#define X(name, status, words) status,
    PL_HTTP_FAULTS (X)
#undef X
  };
  return statuses[fault];
}

/** pl_http_fault_get_words: (transfer none): @fault in plain English words, without
 * quotes; to be translated by whoever shows it to a person. */
static inline const char *
pl_http_fault_get_words (PlHttpFault fault)
{
  static const char *const words_of[] = {
#define X(name, status, words) words,
    PL_HTTP_FAULTS (X)
#undef X
  };
  return words_of[fault];
}
