/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/route/share_table.h"

#include "net/http/character.h"
#include "net/route/share_link.h"
#include "net/route/spelling.h"

#define NOTHING PL_SHARE_NEEDS_NOTHING
#define LINK    PL_SHARE_NEEDS_LINK
#define UPLOADS PL_SHARE_NEEDS_UPLOADS

/* Recorded with Immich 2.5.6; where older ones have other paths, these are from their descriptions
 * (OpenAPI). What no page of a link asks for is left out though Immich would answer it: with the
 * key of one link, other links of the same owner could be changed (DELETE
 * /api/shared-links/{id}/assets, PUT /api/albums/assets), and nobody needs a HEAD of an upload. */
static const PlShareRow rows[] = {
  /* The page itself: 1.87 on; by slug since 2.0; with a photo opened. Immich answers the latter
   * with 404 and a page that works. */
  { "GET", "/share/{key}", NOTHING },
  { "GET", "/share/{key}/photos/{id}", NOTHING },
  { "GET", "/s/{slug}", NOTHING },
  { "GET", "/s/{slug}/photos/{id}", NOTHING },

  /* What the page is made of: some 150 pieces of program, type faces, env.js. */
  { "GET", "/_app/{names}", NOTHING },
  /* How the owner wants it to look. */
  { "GET", "/custom.css", NOTHING },
  /* While the page loads, by the browser's colours. */
  { "GET", "/light_skeleton.png", NOTHING },
  { "GET", "/dark_skeleton.png", NOTHING },
  /* For the tab, and for the home screen of a phone. */
  { "GET", "/favicon.ico", NOTHING },
  { "GET", "/favicon-16.png", NOTHING },
  { "GET", "/favicon-32.png", NOTHING },
  { "GET", "/favicon-48.png", NOTHING },
  { "GET", "/favicon-96.png", NOTHING },
  { "GET", "/favicon-144.png", NOTHING },
  { "GET", "/apple-icon-180.png", NOTHING },
  { "GET", "/manifest.json", NOTHING },
  /* Keeps thumbnails in the browser. */
  { "GET", "/service-worker.js", NOTHING },

  /* What the page asks before all else: without these it stays empty; media-types: which files can
   * be sent. 1.118 on, and before. */
  { "GET", "/api/server/config", NOTHING },
  { "GET", "/api/server/features", NOTHING },
  { "GET", "/api/server/media-types", NOTHING },
  { "GET", "/api/server-info/config", NOTHING },
  { "GET", "/api/server-info/features", NOTHING },
  { "GET", "/api/server-info/media-types", NOTHING },

  /* What the link is about; again at every photo. 1.107 on, and before. */
  { "GET", "/api/shared-links/me", LINK, .takes_password = TRUE },
  { "GET", "/api/shared-link/me", LINK, .takes_password = TRUE },
  /* Its password, which newer ones no longer put into the address. */
  { "POST", "/api/shared-links/login", LINK },
  /* An album: which months, and what is in one that comes into sight. */
  { "GET", "/api/timeline/buckets", LINK },
  { "GET", "/api/timeline/bucket", LINK },
  { "GET", "/api/asset/time-buckets", LINK },
  { "GET", "/api/asset/time-bucket", LINK },
  /* For its map, and before 1.118 for the album. */
  { "GET", "/api/albums/{id}", LINK },
  { "GET", "/api/album/{id}", LINK },

  /* A photo: what is known of it, small and for the screen, as it was sent; a film. 1.106 on. */
  { "GET", "/api/assets/{id}", LINK },
  { "GET", "/api/assets/{id}/thumbnail", LINK },
  { "GET", "/api/assets/{id}/original", LINK },
  { "GET", "/api/assets/{id}/video/playback", LINK },
  /* The same before. */
  { "GET", "/api/asset/assetById/{id}", LINK },
  { "GET", "/api/asset/thumbnail/{id}", LINK },
  { "GET", "/api/asset/file/{id}", LINK },
  { "POST", "/api/asset/download/{id}", LINK },

  /* All of them as a ZIP: how many parts, then each. 1.106 on, and before. */
  { "POST", "/api/download/info", LINK },
  { "POST", "/api/download/archive", LINK },
  { "POST", "/api/asset/download/info", LINK },
  { "POST", "/api/asset/download/archive", LINK },

  /* Photos of guests: the file, then that it belongs to the album or to the link. The last lets the
   * holder of any key change any link of the same owner, hence not without a word of the owner. */
  { "POST", "/api/assets", UPLOADS },
  { "PUT", "/api/albums/{id}/assets", UPLOADS },
  { "PUT", "/api/shared-links/{id}/assets", UPLOADS },
  { "POST", "/api/asset/upload", UPLOADS },
  { "PUT", "/api/album/{id}/assets", UPLOADS },
  { "PUT", "/api/shared-link/{id}/assets", UPLOADS },
};

/* Segments */

static gboolean
is_uuid (PlSlice text)
{
  static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  if (text.length != sizeof form - 1)
    return FALSE;
  for (gsize i = 0; i < text.length; i++)
    if (form[i] == '-' ? text.bytes[i] != '-' : !g_ascii_isxdigit (text.bytes[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_key (PlSlice text)
{
  guint8 key[PL_SHARE_KEY_BYTES];

  return pl_share_key_read (text, key);
}

/* A segment that all readers take for itself alone. */
static gboolean
is_name (PlSlice text)
{
  return text.length > 0 && text.bytes[0] != '.'
         && pl_character_span (text, PL_CHARACTER_UNRESERVED) == text.length;
}

/* Free text, which may hold an encoded slash: fit if also the reader who sees through all finds
 * nothing but a segment, or several, below. */
static gboolean
is_slug (PlSlice text)
{
  char read[256];
  g_autofree char *path = NULL;

  if (text.length == 0 || text.length + 1 > sizeof read || pl_slice_find (text, '\\') < text.length)
    return FALSE;
  path = g_strdup_printf ("/%.*s", (int) text.length, text.bytes);
  PlSlice whole = pl_slice (path, text.length + 1);
  PlSlice widest = pl_path_read_widely (whole, read);
  return widest.length > 1 && !pl_path_divides_readers (whole);
}

static const struct
{
  PlSlice word;
  gboolean (*fits) (PlSlice text);
} kinds[] = {
  { { "{id}", 4 }, is_uuid },
  { { "{key}", 5 }, is_key },
  { { "{slug}", 6 }, is_slug },
  { { "{name}", 6 }, is_name },
};

static gboolean
segment_fits (PlSlice segment, PlSlice pattern)
{
  if (pattern.length == 0 || pattern.bytes[0] != '{')
    return pl_slice_equal (segment, pattern);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (pl_slice_equal (pattern, kinds[i].word))
      return kinds[i].fits (segment);
  return FALSE;
}

/* Takes the first segment, and the slash before it, off @path. */
static PlSlice
take_segment (PlSlice *path)
{
  PlSlice rest = pl_slice_from (*path, 1);
  PlSlice segment = pl_slice (rest.bytes, pl_slice_find (rest, '/'));

  *path = pl_slice_from (rest, segment.length);
  return segment;
}

static gboolean
all_are_names (PlSlice path)
{
  if (path.length == 0)
    return FALSE;
  while (path.length > 0)
    if (!is_name (take_segment (&path)))
      return FALSE;
  return TRUE;
}

static gboolean
path_fits (PlSlice path, PlSlice pattern)
{
  while (path.length > 0 && pattern.length > 0)
    {
      PlSlice before = path;
      PlSlice expected = take_segment (&pattern);

      if (pl_slice_equal (expected, PL_SLICE ("{names}")))
        return all_are_names (before);
      if (!segment_fits (take_segment (&path), expected))
        return FALSE;
    }
  return path.length == 0 && pattern.length == 0;
}

static gboolean
method_fits (PlSlice method, const char *expected)
{
  return pl_slice_equal (method, pl_slice_from_string (expected))
         || (strcmp (expected, "GET") == 0 && pl_slice_equal (method, PL_SLICE ("HEAD")));
}

/* The table */

gboolean
pl_share_row_matches (const PlShareRow *row, PlSlice method, PlSlice path)
{
  return method_fits (method, row->method) && path_fits (path, pl_slice_from_string (row->path));
}

const PlShareRow *
pl_share_table_find (PlSlice method, PlSlice path)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pl_share_row_matches (&rows[i], method, path))
      return &rows[i];
  return NULL;
}

static gboolean
is_kind (PlSlice segment)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (pl_slice_equal (segment, kinds[i].word))
      return TRUE;
  return FALSE;
}

gboolean
pl_share_pattern_is_sound (PlSlice path)
{
  if (path.length == 0 || path.bytes[0] != '/')
    return FALSE;
  while (path.length > 0)
    {
      PlSlice segment = take_segment (&path);

      if (!is_kind (segment) && !is_name (segment))
        return FALSE;
    }
  return TRUE;
}
