/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run of encoded octets is decoded as a whole, since a character is up to four of them; each of
 * its characters is then shown, or encoded again as it came. */

#include "app/model/plain_path.h"

#include <string.h>

#define FIRST_STRONG_ISOLATE  "\u2068"
#define POP_ISOLATE           "\u2069"
#define VARIATION_SELECTOR_16 0xfe0f /* asks for a picture instead of a sign */
#define MAX_MARKS             3      /* on one letter: more would paint over the lines around */

/**
 * Writer:
 * @part: where in @text the part between two slashes begins
 * @n_marks: that stand on the last letter
 */
typedef struct
{
  GString *text;
  gsize part;
  guint n_marks;
} Writer;

static gboolean
is_encoded (const char *at)
{
  return at[0] == '%' && g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]);
}

/* Letters that are seen as nothing. */
static gboolean
is_filler (gunichar character)
{
  return character == 0x115f || character == 0x1160 || character == 0x3164 || character == 0xffa0;
}

static gboolean
is_ascii_safe (char character)
{
  return g_ascii_isgraph (character) && strchr ("%/?#&=+;\\", character) == NULL;
}

static gboolean
is_mark_safe (const Writer *writer, gunichar character)
{
  gboolean has_base
      = writer->text->len > writer->part && writer->text->str[writer->text->len - 1] != ' ';

  return has_base && writer->n_marks < MAX_MARKS
         && (character == VARIATION_SELECTOR_16 || character < 0xfe00 || character > 0xfe0f);
}

static gboolean
is_safe (const Writer *writer, gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CURRENCY_SYMBOL:
    case G_UNICODE_MODIFIER_SYMBOL:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_OTHER_SYMBOL:
      return character < 0x80 ? is_ascii_safe ((char) character) : !is_filler (character);
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
      return is_mark_safe (writer, character);
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SPACE_SEPARATOR:
      return FALSE;
    }
  return FALSE;
}

static gboolean
is_mark (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);
  return type == G_UNICODE_SPACING_MARK || type == G_UNICODE_NON_SPACING_MARK;
}

/* A space is shown where it is seen to be one: between two characters that are no spaces. */
static gboolean
is_space_seen (const Writer *writer, const char *at, const char *behind)
{
  gboolean has_left
      = writer->text->len > writer->part && writer->text->str[writer->text->len - 1] != ' ';
  gboolean has_right = *behind != '\0' && strchr ("/?&=# ", *behind) == NULL
                       && g_ascii_strncasecmp (behind, "%20", 3) != 0;

  return *at == ' ' && has_left && has_right;
}

/* Returns: how many octets the encoded ones at @from are; they are put into @octets, which has room
 * for them and a NUL. */
static gsize
decode_run (const char *from, char *octets)
{
  gsize n = 0;

  for (; is_encoded (from); from += 3)
    octets[n++] = (char) (g_ascii_xdigit_value (from[1]) * 16 + g_ascii_xdigit_value (from[2]));
  octets[n] = '\0';
  return n;
}

/* On what stays encoded no mark stands. */
static void
append_encoded (Writer *writer, const char *from, gsize n)
{
  writer->n_marks = MAX_MARKS;
  g_string_append_len (writer->text, from, 3 * (gssize) n);
}

/* Of octets that are one character: shown, or as it was encoded at @from. */
static void
append_character (Writer *writer, const char *octets, gsize n, const char *from)
{
  gunichar character = g_utf8_get_char (octets);

  if (is_space_seen (writer, octets, from + 3) || is_safe (writer, character))
    {
      writer->n_marks = is_mark (character) ? writer->n_marks + 1 : 0;
      g_string_append_len (writer->text, octets, (gssize) n);
      return;
    }
  append_encoded (writer, from, n);
}

static void
append_run (Writer *writer, const char *from, const char *octets, gsize length)
{
  for (gsize at = 0; at < length;)
    {
      gunichar character = g_utf8_get_char_validated (octets + at, (gssize) (length - at));
      gboolean is_character = character < 0x110000 && octets[at] != '\0';
      gsize n = is_character ? (gsize) g_utf8_skip[(guchar) octets[at]] : 1;

      if (is_character)
        append_character (writer, octets + at, n, from + 3 * at);
      else
        append_encoded (writer, from + 3 * at, 1);
      at += n;
    }
}

/* The blocks in which Unicode has what is written from right to left. */
static gboolean
is_right_to_left (gunichar character)
{
  return (character >= 0x0590 && character <= 0x08ff)
         || (character >= 0xfb1d && character <= 0xfdff)
         || (character >= 0xfe70 && character <= 0xfefc)
         || (character >= 0x10800 && character <= 0x10fff)
         || (character >= 0x1e800 && character <= 0x1efff);
}

static gboolean
has_right_to_left (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (is_right_to_left (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static void
end_part (Writer *writer)
{
  if (has_right_to_left (writer->text->str + writer->part))
    {
      g_string_insert (writer->text, (gssize) writer->part, FIRST_STRONG_ISOLATE);
      g_string_append (writer->text, POP_ISOLATE);
    }
  writer->n_marks = 0;
}

void
pl_plain_path_append (GString *text, const char *target)
{
  Writer writer = { text, text->len, 0 };
  g_autofree char *octets = NULL;

  if (strchr (target, '%') == NULL)
    {
      g_string_append (text, target);
      return;
    }
  octets = g_malloc (strlen (target) / 3 + 1);
  while (*target != '\0')
    if (is_encoded (target))
      {
        gsize n = decode_run (target, octets);
        append_run (&writer, target, octets, n);
        target += 3 * n;
      }
    else if (strchr ("/?&=", *target) != NULL)
      {
        end_part (&writer);
        g_string_append_c (text, *target++);
        writer.part = text->len;
      }
    else
      {
        writer.n_marks = 0;
        g_string_append_c (text, *target++);
      }
  end_part (&writer);
}

char *
pl_plain_path_dup_folded (const char *text)
{
  g_autofree char *octets = g_malloc (strlen (text) + 1);
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  gsize length = 0;

  while (*text != '\0')
    if (is_encoded (text))
      {
        gsize n = decode_run (text, octets + length);
        length += n;
        text += 3 * n;
      }
    else
      octets[length++] = *text++;
  valid = g_utf8_make_valid (octets, (gssize) length);
  folded = g_utf8_casefold (valid, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}
