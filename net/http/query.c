/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/http/query.h"

#include "net/http/character.h"

/* What passes for white space or a list at the ends of a name. */
static gboolean
ends_name (char character)
{
  return character == '[' || character == ']' || character == '.' || character == '+'
         || !pl_character_is (character, PL_CHARACTER_VISIBLE);
}

gboolean
pl_query_name_passes_for (PlSlice name, const char *lower)
{
  while (name.length > 0)
    {
      gint unescaped = pl_character_unescape (name);
      char character = pl_ascii_lower (unescaped >= 0 ? (char) unescaped : name.bytes[0]);

      if (character == *lower && *lower != '\0')
        lower++;
      else if (!ends_name (character))
        return FALSE;
      else if (*lower == '\0')
        return TRUE;
      name = pl_slice_from (name, unescaped >= 0 ? PL_CHARACTER_ESCAPE_BYTES : 1);
    }
  return *lower == '\0';
}
