/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which octets may stand where: the character classes of RFC 9110 and RFC 3986, one table for
 * all parsers. */

#pragma once

#include "net/http/slice.h"

/**
 * PlCharacterClass:
 * @PL_CHARACTER_TEXT: in a field value or reason: TAB, space, visible ASCII, 0x80-0xFF
 *   (RFC 9110 §5.5)
 * @PL_CHARACTER_VISIBLE: ASCII that prints, space excepted
 * @PL_CHARACTER_TOKEN: in a method or field name (RFC 9110 §5.6.2, tchar)
 * @PL_CHARACTER_UNRESERVED: means the same percent-encoded or not (RFC 3986 §2.3)
 *
 * Each class holds all of the next.
 */
typedef enum
{
  PL_CHARACTER_TEXT = 1 << 0,
  PL_CHARACTER_VISIBLE = 1 << 1,
  PL_CHARACTER_TOKEN = 1 << 2,
  PL_CHARACTER_UNRESERVED = 1 << 3,
} PlCharacterClass;

/** PL_CHARACTER_ESCAPE_BYTES: how long a percent-encoding is. */
#define PL_CHARACTER_ESCAPE_BYTES 3

extern const guint8 pl_character_classes[256];

static inline gboolean
pl_character_is (char character, PlCharacterClass wanted)
{
  return (pl_character_classes[(guint8) character] & wanted) != 0;
}

/** pl_character_span: how many octets at the start of @text are of class @wanted. */
static inline gsize
pl_character_span (PlSlice text, PlCharacterClass wanted)
{
  gsize length = 0;

  while (length < text.length && pl_character_is (text.bytes[length], wanted))
    length++;
  return length;
}

/** pl_character_is_text: whether all of @text is %PL_CHARACTER_TEXT; reads eight octets at a time.
 */
gboolean pl_character_is_text (PlSlice text);

/** pl_character_from_hex: the octet that two hexadecimal digits stand for; -1 if they are none. */
gint pl_character_from_hex (const char *digits);

/** pl_character_unescape: the octet that `%XX` at the start of @text stands for; -1 if none is. */
static inline gint
pl_character_unescape (PlSlice text)
{
  if (text.length < PL_CHARACTER_ESCAPE_BYTES || text.bytes[0] != '%')
    return -1;
  return pl_character_from_hex (text.bytes + 1);
}
