/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A state for each place where the octets between two runs of data can stop. */

#include "net/http/chunked.h"

#include "net/http/character.h"

#define MAX_SIZE_DIGITS 16

typedef enum
{
  IN_SIZE,
  AT_EXTENSION_NAME,
  IN_EXTENSION_NAME,
  AT_EXTENSION_VALUE,
  IN_EXTENSION_TOKEN,
  IN_EXTENSION_QUOTES,
  AFTER_BACKSLASH,
  AFTER_EXTENSION_QUOTES,
  AT_SIZE_LF,
  IN_DATA,
  AT_DATA_CR,
  AT_DATA_LF,
  AT_TRAILERS,
  REFUSED,
} ChunkedState;

void
pl_chunked_init (PlChunked *chunked)
{
  *chunked = (PlChunked){ .state = IN_SIZE };
}

static PlHttpFault
take_size_digit (PlChunked *chunked, char octet)
{
  gint value = g_ascii_xdigit_value (octet);

  if (value < 0 || chunked->size_digits == MAX_SIZE_DIGITS)
    return PL_HTTP_FAULT_CHUNK;

  chunked->size_digits++;
  chunked->remaining_bytes = chunked->remaining_bytes * 16 + value;
  /* A reader with signed numbers would take more for less than nothing. */
  return chunked->remaining_bytes <= G_MAXINT64 ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_CHUNK;
}

/* Where @octet leads to within `name`, `name=token` or `name="text"`. */
static ChunkedState
choose_extension_state (ChunkedState state, char octet)
{
  gboolean is_token = pl_character_is (octet, PL_CHARACTER_TOKEN);
  gboolean is_text = pl_character_is (octet, PL_CHARACTER_TEXT);

  switch (state)
    {
    case AT_EXTENSION_NAME:
      return is_token ? IN_EXTENSION_NAME : REFUSED;
    case IN_EXTENSION_NAME:
      if (octet == '=')
        return AT_EXTENSION_VALUE;
      return is_token ? IN_EXTENSION_NAME : REFUSED;
    case AT_EXTENSION_VALUE:
      if (octet == '"')
        return IN_EXTENSION_QUOTES;
      return is_token ? IN_EXTENSION_TOKEN : REFUSED;
    case IN_EXTENSION_TOKEN:
      return is_token ? IN_EXTENSION_TOKEN : REFUSED;
    case IN_EXTENSION_QUOTES:
      if (octet == '"')
        return AFTER_EXTENSION_QUOTES;
      if (octet == '\\')
        return AFTER_BACKSLASH;
      return is_text ? IN_EXTENSION_QUOTES : REFUSED;
    case AFTER_BACKSLASH:
      return is_text ? IN_EXTENSION_QUOTES : REFUSED;
    case IN_SIZE:
    case AFTER_EXTENSION_QUOTES:
    case AT_SIZE_LF:
    case IN_DATA:
    case AT_DATA_CR:
    case AT_DATA_LF:
    case AT_TRAILERS:
    case REFUSED:
      return REFUSED;
    }
  g_return_val_if_reached (REFUSED);
}

/* Whether the size line may end here, or go on with another extension. */
static gboolean
is_between_parts (const PlChunked *chunked)
{
  return (chunked->state == IN_SIZE && chunked->size_digits > 0)
         || chunked->state == IN_EXTENSION_NAME || chunked->state == IN_EXTENSION_TOKEN
         || chunked->state == AFTER_EXTENSION_QUOTES;
}

static PlHttpFault
take_size_line (PlChunked *chunked, char octet)
{
  gboolean is_between = is_between_parts (chunked);

  if (is_between && octet == '\r')
    {
      chunked->state = AT_SIZE_LF;
      return PL_HTTP_FAULT_NONE;
    }

  if (chunked->line_bytes++ == PL_CHUNKED_MAX_LINE_BYTES)
    return PL_HTTP_FAULT_CHUNK_EXTENSION;

  if (is_between && octet == ';')
    chunked->state = AT_EXTENSION_NAME;
  else if (chunked->state == IN_SIZE)
    return take_size_digit (chunked, octet);
  else
    chunked->state = choose_extension_state (chunked->state, octet);
  return chunked->state == REFUSED ? PL_HTTP_FAULT_CHUNK_EXTENSION : PL_HTTP_FAULT_NONE;
}

static PlHttpFault
end_size_line (PlChunked *chunked)
{
  chunked->extension_bytes += chunked->line_bytes - chunked->size_digits;
  if (chunked->extension_bytes > PL_CHUNKED_MAX_EXTENSION_BYTES)
    return PL_HTTP_FAULT_CHUNK_EXTENSION;

  chunked->state = chunked->remaining_bytes > 0 ? IN_DATA : AT_TRAILERS;
  return PL_HTTP_FAULT_NONE;
}

static void
begin_size_line (PlChunked *chunked)
{
  chunked->line_bytes = 0;
  chunked->size_digits = 0;
  chunked->state = IN_SIZE;
}

/* Takes one octet of framing. */
static PlHttpFault
take_octet (PlChunked *chunked, char octet)
{
  switch ((ChunkedState) chunked->state)
    {
    case AT_SIZE_LF:
      return octet == '\n' ? end_size_line (chunked) : PL_HTTP_FAULT_CHUNK;
    case AT_DATA_CR:
      chunked->state = AT_DATA_LF;
      return octet == '\r' ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_CHUNK;
    case AT_DATA_LF:
      begin_size_line (chunked);
      return octet == '\n' ? PL_HTTP_FAULT_NONE : PL_HTTP_FAULT_CHUNK;
    case IN_SIZE:
    case AT_EXTENSION_NAME:
    case IN_EXTENSION_NAME:
    case AT_EXTENSION_VALUE:
    case IN_EXTENSION_TOKEN:
    case IN_EXTENSION_QUOTES:
    case AFTER_BACKSLASH:
    case AFTER_EXTENSION_QUOTES:
      return take_size_line (chunked, octet);
    case REFUSED:
      return PL_HTTP_FAULT_CHUNK_EXTENSION;
    case IN_DATA:
    case AT_TRAILERS:
      break; /* no framing is read there */
    }
  g_return_val_if_reached (PL_HTTP_FAULT_CHUNK);
}

PlChunkedEvent
pl_chunked_advance (PlChunked *chunked,
                    const char *bytes,
                    gsize length,
                    gsize *taken,
                    gsize *data_bytes,
                    PlHttpFault *fault)
{
  *taken = 0;
  *data_bytes = 0;
  *fault = PL_HTTP_FAULT_NONE;

  while (*taken < length && chunked->state != IN_DATA && chunked->state != AT_TRAILERS)
    {
      *fault = take_octet (chunked, bytes[*taken]);
      if (*fault != PL_HTTP_FAULT_NONE)
        return PL_CHUNKED_BAD;
      (*taken)++;
    }

  if (chunked->state == AT_TRAILERS)
    return PL_CHUNKED_TRAILERS;
  if (*taken == length)
    return PL_CHUNKED_MORE;

  *data_bytes = MIN (chunked->remaining_bytes, length - *taken);
  pl_chunked_skip (chunked, *data_bytes);
  return PL_CHUNKED_DATA;
}

void
pl_chunked_skip (PlChunked *chunked, guint64 bytes)
{
  g_return_if_fail (bytes <= pl_chunked_get_remaining (chunked));

  chunked->remaining_bytes -= bytes;
  if (chunked->state == IN_DATA && chunked->remaining_bytes == 0)
    chunked->state = AT_DATA_CR;
}

guint64
pl_chunked_get_remaining (const PlChunked *chunked)
{
  return chunked->state == IN_DATA ? chunked->remaining_bytes : 0;
}
