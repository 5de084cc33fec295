/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists are read in place, from either end. */

#include "net/http/list.h"

#include "net/http/character.h"

gboolean
pl_field_list_contains (PlSlice value, PlSlice token)
{
  PlSlice element;

  while (pl_field_list_next (&value, &element))
    if (pl_slice_equal_ignoring_case (element, token))
      return TRUE;
  return FALSE;
}

gboolean
pl_field_list_next (PlSlice *rest, PlSlice *element)
{
  while (rest->length > 0)
    {
      gsize comma = pl_slice_find (*rest, ',');

      *element = pl_slice_trim (pl_slice (rest->bytes, comma));
      *rest = pl_slice_from (*rest, MIN (comma + 1, rest->length));
      if (element->length > 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether the quotation mark at @position is one of the quoted string's own octets: an odd number
 * of backslashes stands before it (RFC 9110 §5.6.4). */
static gboolean
is_escaped (PlSlice text, gsize position)
{
  gsize n_backslashes = 0;

  while (n_backslashes < position && text.bytes[position - n_backslashes - 1] == '\\')
    n_backslashes++;
  return n_backslashes % 2 == 1;
}

/* Returns: where the last element of @text begins. */
static gsize
find_last_start (PlSlice text)
{
  gboolean is_quoted = FALSE;
  gsize start = text.length;

  while (start > 0 && (is_quoted || text.bytes[start - 1] != ','))
    {
      start--;
      if (text.bytes[start] == '"' && !(is_quoted && is_escaped (text, start)))
        is_quoted = !is_quoted;
    }
  return start;
}

gboolean
pl_field_list_take_last (PlSlice *rest, PlSlice *element)
{
  while (rest->length > 0)
    {
      gsize start = find_last_start (*rest);

      *element = pl_slice_trim (pl_slice_from (*rest, start));
      rest->length = start > 0 ? start - 1 : 0;
      if (element->length > 0)
        return TRUE;
    }
  return FALSE;
}

/* Returns: where the first part of @text ends. */
static gsize
find_part_end (PlSlice text)
{
  gboolean is_quoted = FALSE;
  gsize end = 0;

  while (end < text.length && (is_quoted || text.bytes[end] != ';'))
    {
      if (text.bytes[end] == '"')
        is_quoted = !is_quoted;
      else if (is_quoted && text.bytes[end] == '\\' && end + 1 < text.length)
        end++; /* and what it escapes */
      end++;
    }
  return end;
}

gboolean
pl_field_part_next (PlSlice *rest, PlSlice *part)
{
  while (rest->length > 0)
    {
      gsize end = find_part_end (*rest);

      *part = pl_slice_trim (pl_slice (rest->bytes, end));
      *rest = pl_slice_from (*rest, MIN (end + 1, rest->length));
      if (part->length > 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether @text is a quoted string without escapes. */
static gboolean
unquote (PlSlice *text)
{
  PlSlice inner;

  if (text->length < 2 || text->bytes[0] != '"' || text->bytes[text->length - 1] != '"')
    return FALSE;
  inner = pl_slice (text->bytes + 1, text->length - 2);
  if (pl_slice_find (inner, '"') < inner.length || pl_slice_find (inner, '\\') < inner.length)
    return FALSE;
  *text = inner;
  return TRUE;
}

gboolean
pl_field_part_split (PlSlice part, PlSlice *name, PlSlice *value)
{
  gsize name_length = pl_character_span (part, PL_CHARACTER_TOKEN);

  if (name_length == 0 || name_length == part.length || part.bytes[name_length] != '=')
    return FALSE;

  *name = pl_slice (part.bytes, name_length);
  *value = pl_slice_from (part, name_length + 1);
  return unquote (value)
         || (value->length > 0 && pl_character_span (*value, PL_CHARACTER_TOKEN) == value->length);
}
