/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In front of the query there may be a name with a password, and the word of a shared link. The
 * query is copied word by word; one that names a secret and is followed by `=` hides what comes
 * next. */

#include "net/http/mask.h"

#include "net/http/character.h"
#include "net/http/query.h"

/* A session is `userToken` to old ones; the last two are of logins by another service and of the
 * page for maintenance. */
static const char *const secret_parameters[]
    = { "key", "slug", "apikey", "sessionkey", "usertoken", "password", "code", "token" };

/* Immich's pages of shared links. */
static const PlSlice link_folders[] = { { "/share/", 7 }, { "/s/", 3 } };

static gboolean
is_secret (PlSlice name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secret_parameters); i++)
    if (pl_query_name_passes_for (name, secret_parameters[i]))
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

/* Returns: where the authority begins (RFC 3986 §3.2), behind the first slashes of all; 0 where
 * there is none. */
static gsize
find_authority (PlSlice text)
{
  gsize slash = pl_slice_find (text, '/');

  if (slash == 0 || slash + 1 >= text.length)
    return 0;
  return text.bytes[slash - 1] == ':' && text.bytes[slash + 1] == '/' ? slash + 2 : 0;
}

/* Returns: what follows the authority; the whole of @text where there is none. */
static PlSlice
add_authority (PlWriter *writer, PlSlice text)
{
  gsize start = find_authority (text);
  if (start == 0)
    return text;

  PlSlice rest = pl_slice_from (text, start);
  PlSlice host = pl_slice (rest.bytes, pl_slice_find (rest, '/'));
  rest = pl_slice_from (rest, host.length);
  add_visible (writer, pl_slice (text.bytes, start));
  gsize at = host.length; /* of the last @, behind which no name or password stands */
  while (at > 0 && host.bytes[at - 1] != '@')
    at--;
  if (at > 0)
    {
      pl_writer_add (writer, PL_SLICE (PL_MASK));
      host = pl_slice_from (host, at - 1);
    }
  add_visible (writer, host);
  return rest;
}

/* Immich shows the page of a link in capitals and behind several slashes, too. */
static void
add_path (PlWriter *writer, PlSlice path)
{
  while (path.length > 1 && path.bytes[0] == '/' && path.bytes[1] == '/')
    {
      pl_writer_add_char (writer, '/');
      path = pl_slice_from (path, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (link_folders); i++)
    if (pl_slice_has_prefix_ignoring_case (path, link_folders[i])
        && path.length > link_folders[i].length)
      {
        pl_writer_add (writer, pl_slice (path.bytes, link_folders[i].length));
        path = pl_slice_from (path, link_folders[i].length);
        pl_writer_add (writer, PL_SLICE (PL_MASK));
        path = pl_slice_from (path, pl_slice_find (path, '/'));
        break;
      }
  add_visible (writer, path);
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
  gsize path_end = pl_slice_find (target, '?');
  PlSlice rest = pl_slice_from (target, path_end);

  add_path (writer, add_authority (writer, pl_slice (target.bytes, path_end)));
  if (rest.length > 0)
    {
      pl_writer_add_char (writer, '?');
      rest = pl_slice_from (rest, 1);
    }
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
