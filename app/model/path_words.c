/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row is a pattern of whole segments: `*` stands for any one, `**` at the end for the rest, be it
 * nothing. The first row that fits counts, so the particular stands before the general. */

#include "app/model/path_words.h"

#include <string.h>

#include "app/i18n.h"

#define API "/api"

/* The method is %NULL where any fits. */
typedef struct
{
  const char *method;
  const char *pattern;
  const char *words;
  PlRequestFlags flags;
} Row;

/* Below /api. Where two spellings stand together, the second is that of versions up to 1.105. */
static const Row api[] = {
  { NULL, "/socket.io/**", N_ ("live connection"), PL_REQUEST_LIVE },

  { "POST", "/assets", N_ ("upload"), PL_REQUEST_UPLOAD },
  { "POST", "/asset/upload", N_ ("upload"), PL_REQUEST_UPLOAD },
  { "PUT", "/assets/*/original", N_ ("upload in place of another"), PL_REQUEST_UPLOAD },
  { NULL, "/assets/bulk-upload-check", N_ ("check before upload"), 0 },
  { NULL, "/asset/bulk-upload-check", N_ ("check before upload"), 0 },
  { NULL, "/assets/exist", N_ ("check before upload"), 0 },
  { NULL, "/asset/exist", N_ ("check before upload"), 0 },

  { NULL, "/assets/*/thumbnail", N_ ("thumbnail"), PL_REQUEST_MEDIA },
  { NULL, "/asset/thumbnail/*", N_ ("thumbnail"), PL_REQUEST_MEDIA },
  { NULL, "/assets/*/original", N_ ("original"), PL_REQUEST_MEDIA },
  { NULL, "/asset/download/*", N_ ("original"), PL_REQUEST_MEDIA },
  { NULL, "/assets/*/video/playback", N_ ("video"), PL_REQUEST_MEDIA },
  { NULL, "/asset/file/*", N_ ("photo or video"), PL_REQUEST_MEDIA },
  { NULL, "/download/archive", N_ ("download of several"), PL_REQUEST_MEDIA },
  { NULL, "/people/*/thumbnail", N_ ("face"), PL_REQUEST_MEDIA },
  { NULL, "/person/*/thumbnail", N_ ("face"), PL_REQUEST_MEDIA },
  { NULL, "/users/*/profile-image", N_ ("profile picture"), PL_REQUEST_MEDIA },
  { NULL, "/user/profile-image/*", N_ ("profile picture"), PL_REQUEST_MEDIA },

  { "POST", "/auth/login", N_ ("login"), 0 },
  { "POST", "/auth/logout", N_ ("logout"), 0 },
  { "POST", "/auth/session/unlock", N_ ("PIN code of the locked folder"), 0 },
  { NULL, "/auth/pin-code", N_ ("PIN code of the locked folder"), 0 },
  { NULL, "/auth/**", N_ ("login"), 0 },
  { NULL, "/oauth/**", N_ ("login"), 0 },
  { NULL, "/shared-links/login", N_ ("password of a shared link"), 0 },
  { NULL, "/shared-links/**", N_ ("shared links"), 0 },
  { NULL, "/shared-link/**", N_ ("shared links"), 0 },

  { NULL, "/server/ping", N_ ("ping"), 0 },
  { NULL, "/server-info/ping", N_ ("ping"), 0 },
  { NULL, "/server/**", N_ ("server information"), 0 },
  { NULL, "/server-info/**", N_ ("server information"), 0 },

  { NULL, "/timeline/**", N_ ("timeline"), 0 },
  { NULL, "/asset/time-buckets", N_ ("timeline"), 0 },
  { NULL, "/asset/time-bucket", N_ ("timeline"), 0 },
  { NULL, "/search/**", N_ ("search"), 0 },
  { NULL, "/albums/**", N_ ("albums"), 0 },
  { NULL, "/album/**", N_ ("albums"), 0 },
  { NULL, "/people/**", N_ ("people"), 0 },
  { NULL, "/person/**", N_ ("people"), 0 },
  { NULL, "/map/**", N_ ("map"), 0 },
  { NULL, "/memories/**", N_ ("memories"), 0 },
  { NULL, "/sync/**", N_ ("sync"), 0 },
  { NULL, "/trash/**", N_ ("trash"), 0 },
  { NULL, "/notifications/**", N_ ("notifications"), 0 },
  { NULL, "/users/**", N_ ("account"), 0 },
  { NULL, "/user/**", N_ ("account"), 0 },
  { NULL, "/jobs/**", N_ ("administration"), 0 },
  { NULL, "/admin/**", N_ ("administration"), 0 },
  { NULL, "/system-config/**", N_ ("administration"), 0 },
  { "DELETE", "/assets", N_ ("deletion"), 0 },
  { "DELETE", "/asset", N_ ("deletion"), 0 },
  { NULL, "/assets/**", N_ ("photo information"), 0 },
  { NULL, "/asset/**", N_ ("photo information"), 0 },
};

/* Outside it is the web page. */
static const Row web[] = {
  { NULL, "/.well-known/immich", N_ ("looking for the server"), 0 },
  { NULL, "/_app/**", N_ ("part of the page"), PL_REQUEST_PAGE },
  { NULL, "/manifest.json", N_ ("part of the page"), PL_REQUEST_PAGE },
  { NULL, "/service-worker.js", N_ ("part of the page"), PL_REQUEST_PAGE },
  { NULL, "/favicon.ico", N_ ("part of the page"), PL_REQUEST_PAGE },
  { NULL, "/custom.css", N_ ("part of the page"), PL_REQUEST_PAGE },
  { NULL, "/share/*", N_ ("page of a shared link"), PL_REQUEST_PAGE },
  { NULL, "/s/*", N_ ("page of a shared link"), PL_REQUEST_PAGE },
  { NULL, "/**", N_ ("page"), PL_REQUEST_PAGE },
};

/* Both begin with a slash, or are at their end. */
static gboolean
fits_path (const char *pattern, const char *path, gsize length)
{
  while (*pattern == '/' && strcmp (pattern, "/**") != 0)
    {
      gsize pattern_segment = strcspn (pattern + 1, "/");
      gsize segment = 0;

      if (length == 0)
        return FALSE;
      while (segment + 1 < length && path[segment + 1] != '/')
        segment++;
      gboolean is_any = pattern_segment == 1 && pattern[1] == '*' && segment > 0;
      if (!is_any && (segment != pattern_segment || memcmp (pattern + 1, path + 1, segment) != 0))
        return FALSE;
      pattern += 1 + pattern_segment;
      path += 1 + segment;
      length -= 1 + segment;
    }
  return *pattern != '\0' || length == 0;
}

static PlPathWords
find (const Row *rows, guint n_rows, const char *method, const char *path, gsize length)
{
  for (guint i = 0; i < n_rows; i++)
    if ((rows[i].method == NULL || strcmp (rows[i].method, method) == 0)
        && fits_path (rows[i].pattern, path, length))
      return (PlPathWords){ _ (rows[i].words), rows[i].flags };
  return (PlPathWords){ "", 0 };
}

PlPathWords
pl_path_words_find (const char *method, const char *target)
{
  gsize length = strcspn (target, "?");
  gsize api_length = strlen (API);

  if (*target != '/')
    return (PlPathWords){ "", 0 };
  if (length > 1 && target[length - 1] == '/')
    length--;
  if (length >= api_length && memcmp (target, API, api_length) == 0
      && (length == api_length || target[api_length] == '/'))
    return find (api, G_N_ELEMENTS (api), method, target + api_length, length - api_length);
  return find (web, G_N_ELEMENTS (web), method, target, length);
}
