/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table behind character.h, a row of sixteen octets a line. */

#include "net/http/character.h"

#define C 0                             /* control */
#define B PL_CHARACTER_TEXT             /* blank */
#define V (B | PL_CHARACTER_VISIBLE)    /* visible: a delimiter */
#define T (V | PL_CHARACTER_TOKEN)      /* token */
#define U (T | PL_CHARACTER_UNRESERVED) /* unreserved */
#define O PL_CHARACTER_TEXT             /* obs-text */

const guint8 pl_character_classes[256] = {
  /* clang-format off */
  C, C, C, C, C, C, C, C, C, B, C, C, C, C, C, C, /* 00: TAB is the ninth */
  C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, /* 10 */
  B, T, V, T, T, T, T, T, V, V, T, T, V, U, U, V, /* 20:  !"#$%&'()*+,-./ */
  U, U, U, U, U, U, U, U, U, U, V, V, V, V, V, V, /* 30: 0123456789:;<=>? */
  V, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* 40: @ABCDEFGHIJKLMNO */
  U, U, U, U, U, U, U, U, U, U, U, V, V, V, T, U, /* 50: PQRSTUVWXYZ[\]^_ */
  T, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* 60: `abcdefghijklmno */
  U, U, U, U, U, U, U, U, U, U, U, V, T, V, U, C, /* 70: pqrstuvwxyz{|}~ and DEL */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* 80 */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* 90 */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* A0 */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* B0 */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* C0 */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* D0 */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* E0 */
  O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, /* F0 */
  /* clang-format on */
};

/* Each octet of the word is @octet. */
#define EIGHT_TIMES(octet) (G_GUINT64_CONSTANT (0x0101010101010101) * (octet))

/* Whether an octet of @word is below @limit, which is at most 0x80: only there does the
 * subtraction set the highest bit of an octet that had it clear. */
static inline gboolean
has_octet_below (guint64 word, guint8 limit)
{
  return ((word - EIGHT_TIMES (limit)) & ~word & EIGHT_TIMES (0x80)) != 0;
}

gboolean
pl_character_is_text (PlSlice text)
{
  /* Values are most of a head. A word with a TAB in it, and what is left over, goes the long way.
   */
  while (text.length >= sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text.bytes, sizeof word);
      if (has_octet_below (word, ' ') || has_octet_below (word ^ EIGHT_TIMES (0x7F), 1))
        break;
      text = pl_slice_from (text, sizeof word);
    }
  return pl_character_span (text, PL_CHARACTER_TEXT) == text.length;
}

gint
pl_character_from_hex (const char *digits)
{
  gint high = g_ascii_xdigit_value (digits[0]);
  gint low = g_ascii_xdigit_value (digits[1]);

  return high >= 0 && low >= 0 ? high * 16 + low : -1;
}
