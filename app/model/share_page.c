/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever knows the address can ask for anything, and somebody may press the button: so nothing is
 * offered that only could be of use. */

#include "app/model/share_page.h"

#include <string.h>

#define API_FOLDER "/api/"

/* Longer ones are no words. */
#define MOST_WORD_BYTES    40
#define MOST_PATH_SEGMENTS 8

/* The parts of the API that share pages use something of; what other parts there are, of three eras
 * of Immich, is for those who log in. */
static const char *const other_parts[]
    = { "activities", "activity",        "admin",         "api-key", "api-keys",      "audit",
        "auth",       "duplicates",      "faces",         "jobs",    "libraries",     "library",
        "map",        "memories",        "notifications", "oauth",   "partner",       "partners",
        "people",     "person",          "plugins",       "queues",  "reports",       "search",
        "sessions",   "stacks",          "sync",          "tag",     "system-config", "tags",
        "trash",      "system-metadata", "user",          "users",   "view",          "workflows" };

/* What is read in the parts that they do use something of, and is not theirs. */
static const char *const not_theirs[] = {
  "/api/album",
  "/api/album/count",
  "/api/albums",
  "/api/albums/statistics",
  "/api/asset",
  "/api/asset/{}",
  "/api/assets",
  "/api/assets/device/{}",
  "/api/assets/memory-lane",
  "/api/assets/random",
  "/api/assets/statistics",
  "/api/assets/{}/edits",
  "/api/assets/{}/metadata",
  "/api/assets/{}/metadata/{}",
  "/api/assets/{}/ocr",
  "/api/server",
  "/api/server/about",
  "/api/server/apk-links",
  "/api/server/license",
  "/api/server/ping",
  "/api/server/statistics",
  "/api/server/storage",
  "/api/server/theme",
  "/api/server/version",
  "/api/server/version-check",
  "/api/server/version-history",
  "/api/server-info",
  "/api/server-info/{}",
  "/api/shared-link",
  "/api/shared-link/{}",
  "/api/shared-links",
  "/api/shared-links/{}",
};

/* Whatever it is called in a version to come, with one of these it is no page's of a guest. */
static const char *const words_of_owners[]
    = { "login",   "logout",      "password",  "pin-code",  "signup",    "sign-up",
        "unlock",  "lock",        "token",     "tokens",    "secret",    "secrets",
        "license", "config",      "settings",  "backup",    "backups",   "database",
        "restore", "maintenance", "socket.io", "spec.json", "well-known" };

/* What pages are made of. */
static const char *const page_files[]
    = { ".js",   ".mjs", ".css",  ".png",   ".svg",  ".webp",
        ".avif", ".ico", ".woff", ".woff2", ".wasm", ".webmanifest" };

/* Beginnings of paths: of share pages, of their programs and styles, and of what fetches for them.
 */
static const char *const pages[] = { "/share/", "/s/", "/_app/", "/service-worker.js" };

static gboolean
is_one_of (const char *text, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (text, list[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_uuid (const char *text)
{
  return strlen (text) == 36 && g_uuid_string_is_valid (text);
}

static gboolean
is_word (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz-");

  return length > 0 && length <= MOST_WORD_BYTES && text[length] == '\0';
}

/* Both as lists of segments; `{}` is any. */
static gboolean
is_like (char *const *segments, const char *pattern)
{
  g_auto (GStrv) expected = g_strsplit (pattern + 1, "/", -1);

  if (g_strv_length ((char **) segments) != g_strv_length (expected))
    return FALSE;
  for (guint i = 0; expected[i] != NULL; i++)
    if (strcmp (expected[i], "{}") != 0 && strcmp (expected[i], segments[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_of_owners (char *const *segments)
{
  for (guint i = 0; segments[i] != NULL; i++)
    if (is_one_of (segments[i], words_of_owners, G_N_ELEMENTS (words_of_owners))
        || is_one_of (segments[i], other_parts, G_N_ELEMENTS (other_parts)))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (not_theirs); i++)
    if (is_like (segments, not_theirs[i]))
      return TRUE;
  return FALSE;
}

/* What is neither an id nor a word may be a secret, or anything. */
static gboolean
may_be_api (char *const *segments)
{
  for (guint i = 0; segments[i] != NULL; i++)
    if (!is_uuid (segments[i]) && !is_word (segments[i]))
      return FALSE;
  return TRUE;
}

static gboolean
may_be_file (char *const *segments)
{
  const char *name = segments[g_strv_length ((char **) segments) - 1];

  for (guint i = 0; i < G_N_ELEMENTS (page_files); i++)
    if (g_str_has_suffix (name, page_files[i]))
      return TRUE;
  return FALSE;
}

static char *
dup_line (char *const *segments)
{
  g_autoptr (GString) line = g_string_new ("GET ");

  for (guint i = 0; segments[i] != NULL; i++)
    g_string_append_printf (line, "/%s", is_uuid (segments[i]) ? "{id}" : segments[i]);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Returns: (transfer full) (nullable): the path as segments, one at least */
static char **
dup_segments (const PlRecord *record)
{
  g_autofree char *path = g_strndup (record->target, strcspn (record->target, "?"));
  g_auto (GStrv) segments = NULL;

  if (record->target_is_cut || path[0] != '/' || path[1] == '\0')
    return NULL;
  segments = g_strsplit (path + 1, "/", MOST_PATH_SEGMENTS + 1);
  return g_strv_length (segments) <= MOST_PATH_SEGMENTS ? g_steal_pointer (&segments) : NULL;
}

static gboolean
is_reading (const PlRecord *record)
{
  return strcmp (record->method, "GET") == 0 || strcmp (record->method, "HEAD") == 0;
}

static gboolean
has_link (const PlRecord *record)
{
  const char *query = strchr (record->target, '?');

  while (query != NULL)
    {
      if (g_str_has_prefix (query + 1, "key=") || g_str_has_prefix (query + 1, "slug="))
        return TRUE;
      query = strchr (query + 1, '&');
    }
  return FALSE;
}

/* Where it says to come from: such a page, or what such pages are made of. */
static gboolean
names_page (const PlRecord *record)
{
  const char *host = strstr (record->referer, "://");
  const char *path;

  if (host == NULL || !g_str_has_prefix (host += strlen ("://"), record->host))
    return FALSE;
  path = host + strlen (record->host);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_has_prefix (path, pages[i]))
      return TRUE;
  return FALSE;
}

gboolean
pl_share_page_is_asking (const PlRecord *record)
{
  return has_link (record) || names_page (record);
}

char *
pl_share_page_dup_wish (const PlRecord *record)
{
  g_auto (GStrv) segments = dup_segments (record);
  g_autoptr (PlDoor) scratch = pl_door_new ();
  g_autofree char *line = NULL;

  if (record->reason != PL_CLOSE_NOT_SHARED || !is_reading (record) || segments == NULL
      || is_of_owners (segments))
    return NULL;
  if (g_str_has_prefix (record->target, API_FOLDER)
          ? !has_link (record) || !may_be_api (segments)
          : !names_page (record) || !may_be_file (segments))
    return NULL;
  line = dup_line (segments);
  return pl_door_also (scratch, line, NULL) ? g_steal_pointer (&line) : NULL;
}
