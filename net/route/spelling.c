/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two looks at a path: a quick one for what may be read differently at all, and a careful one
 * that sees through every disguise we know of. */

#include "net/route/spelling.h"

#include "net/http/character.h"
#include "net/http/target.h"

typedef enum
{
  SPELLING_DOTTED = 1 << 0, /* a segment begins with a dot */
  SPELLING_LOOSE = 1 << 1,  /* programs differ in where segments end, or in what they say */
} Spelling;

static gboolean
contains (PlSlice path, char character)
{
  return pl_slice_find (path, character) < path.length;
}

/* On the relay path for every request, so memchr() does the searching. */
static Spelling
judge (PlSlice path)
{
  Spelling spelling = 0;
  gsize slash;

  if (contains (path, '%') || contains (path, '\\') || contains (path, ';'))
    spelling |= SPELLING_LOOSE;

  while ((slash = pl_slice_find (path, '/')) + 1 < path.length)
    {
      path = pl_slice_from (path, slash + 1);
      if (path.bytes[0] == '/')
        spelling |= SPELLING_LOOSE;
      else if (path.bytes[0] == '.')
        spelling |= SPELLING_DOTTED;
    }
  return spelling;
}

gboolean
pl_path_is_plain (PlSlice path)
{
  return judge (path) == 0;
}

/* Takes `;parameters` out of the normal form of a path, in place. A segment of nothing else goes
 * with its slash, since `/;x/a` is then `//a` to somebody, and so `/a`. */
static gsize
drop_parameters (char *path, gsize length)
{
  gboolean is_parameter = FALSE;
  gsize kept = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (path[i] == '/')
        is_parameter = FALSE;
      else if (path[i] == ';' || pl_character_unescape (pl_slice (path + i, length - i)) == ';')
        is_parameter = TRUE;

      if (!is_parameter && (path[i] != '/' || kept == 0 || path[kept - 1] != '/'))
        path[kept++] = path[i];
    }
  return kept;
}

PlSlice
pl_path_read_widely (PlSlice path, char *out)
{
  return pl_slice (out, drop_parameters (out, pl_path_normalize (path, out)));
}

static char
take_unescaped (PlSlice *rest)
{
  gint unescaped = pl_character_unescape (*rest);
  char character = unescaped >= 0 ? (char) unescaped : rest->bytes[0];

  *rest = pl_slice_from (*rest, unescaped >= 0 ? PL_CHARACTER_ESCAPE_BYTES : 1);
  return character;
}

/* Whether a segment is `..`, its parameters aside (`..;x`), with all that may be a separator
 * taken for one. */
static gboolean
climbs (PlSlice path)
{
  gboolean is_dots = TRUE; /* nothing but dots in this segment so far */
  guint n_dots = 0;

  while (path.length > 0)
    {
      char character = take_unescaped (&path);
      gboolean is_separator = character == '/' || character == '\\';

      if (character == '.')
        n_dots++;
      else if (!is_separator && character != ';')
        is_dots = FALSE;
      else if (is_dots && n_dots == 2)
        return TRUE;
      else
        {
          is_dots = is_separator;
          n_dots = 0;
        }
    }
  return is_dots && n_dots == 2;
}

/* Whether a parameter holds what only some take for a slash, and so for its end. */
static gboolean
hides_slash_in_parameter (PlSlice path)
{
  gboolean is_parameter = FALSE;

  while (path.length > 0)
    {
      gboolean is_plain_slash = path.bytes[0] == '/';
      char character = take_unescaped (&path);

      if (is_plain_slash)
        is_parameter = FALSE;
      else if (character == ';')
        is_parameter = TRUE;
      else if (is_parameter && (character == '/' || character == '\\'))
        return TRUE;
    }
  return FALSE;
}

gboolean
pl_path_divides_readers (PlSlice path)
{
  return (judge (path) & SPELLING_LOOSE) != 0 && (climbs (path) || hides_slash_in_parameter (path));
}
