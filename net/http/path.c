/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings paths into the one form that routes are compared in, a segment at a time. What is
 * written so far always ends with a slash until the last segment comes, and is never longer than
 * what was read for it. */

#include "net/http/target.h"

#include "net/http/character.h"

static gsize
write_upper_case (PlSlice text, char *out)
{
  for (gsize i = 0; i < text.length; i++)
    out[i] = g_ascii_toupper (text.bytes[i]);
  return text.length;
}

/* Takes one character off @path, percent-encoded or not, and writes its normal form to @out. */
static gsize
take_character (PlSlice *path, char *out)
{
  gint unescaped = pl_character_unescape (*path);
  gboolean is_escaped = unescaped >= 0;
  char character = is_escaped ? (char) unescaped : path->bytes[0];
  PlSlice taken = pl_slice (path->bytes, is_escaped ? PL_CHARACTER_ESCAPE_BYTES : 1);

  *path = pl_slice_from (*path, taken.length);
  if (character == '\\')
    character = '/';
  if (is_escaped && character != '/' && !pl_character_is (character, PL_CHARACTER_UNRESERVED))
    return write_upper_case (taken, out);
  *out = character;
  return 1;
}

/* Takes one segment and the slash that ends it, if there is one, off @path. */
static gsize
take_segment (PlSlice *path, char *out)
{
  gsize length = 0;

  while (path->length > 0 && (length == 0 || out[length - 1] != '/'))
    length += take_character (path, out + length);
  return length;
}

/* Whether @segment, in normal form, is @dots: some servers cut `;parameters` off before they look
 * for dots. */
static gboolean
is_dot_segment (PlSlice segment, PlSlice dots)
{
  PlSlice rest;

  if (!pl_slice_has_prefix (segment, dots))
    return FALSE;
  rest = pl_slice_from (segment, dots.length);
  return rest.length == 0 || rest.bytes[0] == '/' || rest.bytes[0] == ';'
         || pl_slice_has_prefix (rest, PL_SLICE ("%3B"));
}

/* How long the path of @length octets is, which ends with a slash, without its last segment. */
static gsize
drop_last_segment (const char *path, gsize length)
{
  if (length > 1)
    length--;
  while (path[length - 1] != '/')
    length--;
  return length;
}

gsize
pl_path_normalize (PlSlice path, char *out)
{
  gsize length = 0;

  g_return_val_if_fail (path.length == 0 || path.bytes[0] == '/', 0);

  if (path.length > 0)
    length = take_segment (&path, out); /* the slash it begins with */
  while (path.length > 0)
    {
      PlSlice segment = pl_slice (out + length, take_segment (&path, out + length));

      if (is_dot_segment (segment, PL_SLICE ("..")))
        length = drop_last_segment (out, length);
      else if (!is_dot_segment (segment, PL_SLICE (".")) && segment.bytes[0] != '/')
        length += segment.length;
    }
  return length;
}
