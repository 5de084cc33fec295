/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/route/share_table.h"

#include <string.h>

#include "net/http/character.h"
#include "net/route/share_link.h"
#include "net/route/spelling.h"

/* The length of @fixed is known when this is compiled: see begins_alike(). */
#define ROW(method, fixed, rest, ...)                                                              \
  {                                                                                                \
    method, fixed rest, sizeof fixed - 1, __VA_ARGS__                                              \
  }

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
  ROW ("GET", "/share/", "{key}", NOTHING),
  ROW ("GET", "/share/", "{key}/photos/{id}", NOTHING),
  ROW ("GET", "/s/", "{slug}", NOTHING),
  ROW ("GET", "/s/", "{slug}/photos/{id}", NOTHING),

  /* What the page is made of: some 150 pieces of program, type faces, env.js. */
  ROW ("GET", "/_app/", "{names}", NOTHING),
  /* How the owner wants it to look. */
  ROW ("GET", "/custom.css", "", NOTHING),
  /* While the page loads, by the browser's colours. */
  ROW ("GET", "/light_skeleton.png", "", NOTHING),
  ROW ("GET", "/dark_skeleton.png", "", NOTHING),
  /* For the tab, and for the home screen of a phone. */
  ROW ("GET", "/favicon.ico", "", NOTHING),
  ROW ("GET", "/favicon-16.png", "", NOTHING),
  ROW ("GET", "/favicon-32.png", "", NOTHING),
  ROW ("GET", "/favicon-48.png", "", NOTHING),
  ROW ("GET", "/favicon-96.png", "", NOTHING),
  ROW ("GET", "/favicon-144.png", "", NOTHING),
  ROW ("GET", "/apple-icon-180.png", "", NOTHING),
  ROW ("GET", "/manifest.json", "", NOTHING),
  /* Keeps thumbnails in the browser. */
  ROW ("GET", "/service-worker.js", "", NOTHING),

  /* What the page asks before all else: without these it stays empty; media-types: which files can
   * be sent. 1.118 on, and before. */
  ROW ("GET", "/api/server/config", "", NOTHING),
  ROW ("GET", "/api/server/features", "", NOTHING),
  ROW ("GET", "/api/server/media-types", "", NOTHING),
  ROW ("GET", "/api/server-info/config", "", NOTHING),
  ROW ("GET", "/api/server-info/features", "", NOTHING),
  ROW ("GET", "/api/server-info/media-types", "", NOTHING),

  /* What the link is about; again at every photo. 1.107 on, and before. */
  ROW ("GET", "/api/shared-links/me", "", LINK, .takes_password = TRUE),
  ROW ("GET", "/api/shared-link/me", "", LINK, .takes_password = TRUE),
  /* Its password, which newer ones no longer put into the address. */
  ROW ("POST", "/api/shared-links/login", "", LINK),
  /* An album: which months, and what is in one that comes into sight. */
  ROW ("GET", "/api/timeline/buckets", "", LINK),
  ROW ("GET", "/api/timeline/bucket", "", LINK),
  ROW ("GET", "/api/asset/time-buckets", "", LINK),
  ROW ("GET", "/api/asset/time-bucket", "", LINK),
  /* For its map, and before 1.118 for the album. */
  ROW ("GET", "/api/albums/", "{id}", LINK),
  ROW ("GET", "/api/album/", "{id}", LINK),

  /* A photo: what is known of it, small and for the screen, as it was sent; a film. 1.106 on. */
  ROW ("GET", "/api/assets/", "{id}", LINK),
  ROW ("GET", "/api/assets/", "{id}/thumbnail", LINK),
  ROW ("GET", "/api/assets/", "{id}/original", LINK),
  ROW ("GET", "/api/assets/", "{id}/video/playback", LINK),
  /* The same before. */
  ROW ("GET", "/api/asset/assetById/", "{id}", LINK),
  ROW ("GET", "/api/asset/thumbnail/", "{id}", LINK),
  ROW ("GET", "/api/asset/file/", "{id}", LINK),
  ROW ("POST", "/api/asset/download/", "{id}", LINK),

  /* All of them as a ZIP: how many parts, then each. 1.106 on, and before. */
  ROW ("POST", "/api/download/info", "", LINK),
  ROW ("POST", "/api/download/archive", "", LINK),
  ROW ("POST", "/api/asset/download/info", "", LINK),
  ROW ("POST", "/api/asset/download/archive", "", LINK),

  /* Photos of guests: the file, then that it belongs to the album or to the link. The last lets the
   * holder of any key change any link of the same owner, hence not without a word of the owner. */
  ROW ("POST", "/api/assets", "", UPLOADS),
  ROW ("PUT", "/api/albums/", "{id}/assets", UPLOADS),
  ROW ("PUT", "/api/shared-links/", "{id}/assets", UPLOADS),
  ROW ("POST", "/api/asset/upload", "", UPLOADS),
  ROW ("PUT", "/api/album/", "{id}/assets", UPLOADS),
  ROW ("PUT", "/api/shared-link/", "{id}/assets", UPLOADS),
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

/* Nearly every row is seen by a letter or its length to be another: who is refused has been
 * compared with all of them, and must cost next to nothing. */
static inline gboolean
begins_alike (const PlShareRow *row, PlSlice path)
{
  gsize length = row->fixed_bytes;

  if (path.length < length || path.bytes[length - 1] != row->path[length - 1])
    return FALSE;
  return (path.length > length || row->path[length] == '\0')
         && memcmp (path.bytes, row->path, length) == 0;
}

static gboolean
fits (const PlShareRow *row, PlSlice method, PlSlice path)
{
  return method_fits (method, row->method) && path_fits (path, pl_slice_from_string (row->path));
}

gboolean
pl_share_row_matches (const PlShareRow *row, PlSlice method, PlSlice path)
{
  return begins_alike (row, path) && fits (row, method, path);
}

const PlShareRow *
pl_share_table_find (PlSlice method, PlSlice path)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (begins_alike (&rows[i], path) && fits (&rows[i], method, path))
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
