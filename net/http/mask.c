/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A query is copied word by word; a word that names a secret and is followed by `=` hides what
 * comes next. */

#include "net/http/mask.h"

#include "net/http/character.h"

static const char *const secret_parameters[]
    = { "key", "slug", "apikey", "sessionkey", "password" };

/* Whether @name is @plain, percent-encoded or not, in any case. */
static gboolean
spells (PlSlice name, const char *plain)
{
  for (; name.length > 0; plain++)
    {
      gint unescaped = pl_character_unescape (name);
      char character = unescaped >= 0 ? (char) unescaped : name.bytes[0];

      if (*plain == '\0' || pl_ascii_lower (character) != *plain)
        return FALSE;
      name = pl_slice_from (name, unescaped >= 0 ? PL_CHARACTER_ESCAPE_BYTES : 1);
    }
  return *plain == '\0';
}

static gboolean
is_secret (PlSlice name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secret_parameters); i++)
    if (spells (name, secret_parameters[i]))
      return TRUE;
  return FALSE;
}

static void
add_escaped (PlWriter *writer, char character)
{
  static const char digits[] = "0123456789ABCDEF";

  pl_writer_add_char (writer, '%');
  pl_writer_add_char (writer, digits[(guint8) character >> 4]);
  pl_writer_add_char (writer, digits[(guint8) character & 15]);
}

static void
add_visible (PlWriter *writer, PlSlice text)
{
  while (text.length > 0)
    {
      gsize visible = pl_character_span (text, PL_CHARACTER_VISIBLE);

      pl_writer_add (writer, pl_slice (text.bytes, visible));
      if (visible < text.length)
        add_escaped (writer, text.bytes[visible++]);
      text = pl_slice_from (text, visible);
    }
}

static gsize
find_word_end (PlSlice query)
{
  gsize end = 0;

  while (end < query.length && query.bytes[end] != '=' && query.bytes[end] != '&'
         && query.bytes[end] != ';')
    end++;
  return end;
}

void
pl_mask_target (PlSlice target, PlWriter *writer)
{
  gsize query_start = MIN (pl_slice_find (target, '?') + 1, target.length);
  PlSlice rest = pl_slice_from (target, query_start);

  add_visible (writer, pl_slice (target.bytes, query_start));
  while (rest.length > 0)
    {
      PlSlice word = pl_slice (rest.bytes, find_word_end (rest));
      gsize taken = MIN (word.length + 1, rest.length);
      gboolean hides = rest.bytes[taken - 1] == '=' && is_secret (word);

      add_visible (writer, pl_slice (rest.bytes, taken));
      rest = pl_slice_from (rest, taken);
      if (hides)
        {
          pl_writer_add (writer, PL_SLICE (PL_MASK));
          /* To most servers `;` does not end a value, so what follows it is secret, too. */
          rest = pl_slice_from (rest, pl_slice_find (rest, '&'));
        }
    }
}
