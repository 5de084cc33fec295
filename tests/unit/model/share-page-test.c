/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is offered to be let through for pages of share links, and above all what is not. */

#include "app/model/share_page.h"

#define ID  "2b3c4d5e-0123-4567-89ab-cdef01234567"
#define KEY "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01Q"

#define PAGE "http://photos.lan:8080/share/***"

static PlRecord *
new_record (const char *method, const char *target, const char *referer)
{
  PlRecordText text = {
    .method = pl_slice_from_string (method),
    .target = pl_slice_from_string (target),
    .host = PL_SLICE ("photos.lan:8080"),
    .referer = pl_slice_from_string (referer),
  };
  PlRecord *record = pl_record_new (&text);

  record->state = PL_RECORD_FINISHED;
  record->status = 404;
  record->reason = PL_CLOSE_NOT_SHARED;
  return record;
}

static char *
dup_wish (const char *method, const char *target, PlCloseReason reason)
{
  g_autoptr (PlRecord) record = new_record (method, target, PAGE);

  record->reason = reason;
  return pl_share_page_dup_wish (record);
}

static void
assert_wish (const char *method, const char *target, const char *expected)
{
  g_autofree char *wish = dup_wish (method, target, PL_CLOSE_NOT_SHARED);

  g_assert_cmpstr (wish, ==, expected);
}

static void
offers_what_pages_may_need (void)
{
  assert_wish ("GET", "/api/assets/" ID "/tiles?key=" KEY, "GET /api/assets/{id}/tiles");
  assert_wish ("GET", "/api/assets/" ID "/tiles?c=1&slug=summer", "GET /api/assets/{id}/tiles");
  assert_wish ("HEAD", "/api/assets/" ID "/tiles?key=" KEY, "GET /api/assets/{id}/tiles");
  assert_wish ("GET", "/api/assets/" ID "/faces-of/" ID "?key=" KEY,
               "GET /api/assets/{id}/faces-of/{id}");
  assert_wish ("GET", "/api/timeline/summary?key=" KEY, "GET /api/timeline/summary");
  assert_wish ("GET", "/api/albums/" ID "/cover?key=" KEY, "GET /api/albums/{id}/cover");
  assert_wish ("GET", "/api/guestbook?key=" KEY, "GET /api/guestbook");
  assert_wish ("GET", "/theme/night.css", "GET /theme/night.css");
  assert_wish ("GET", "/icons/touch-512.png", "GET /icons/touch-512.png");
}

static void
offers_nothing_else (void)
{
  static const char *const targets[] = {
    /* Without the link it would not pass all the same. */
    "/api/assets/" ID "/tiles",
    "/api/assets/" ID "/tiles?monkey=1",
    "/api/assets/" ID "/tiles?Key=1",
    /* Logins, and what belongs to whom. */
    "/api/auth/login?key=" KEY,
    "/api/login?key=" KEY,
    "/api/assets/" ID "/login?key=" KEY,
    "/api/auth/new?key=" KEY,
    "/api/oauth/new?key=" KEY,
    "/api/admin/new?key=" KEY,
    "/api/users/new?key=" KEY,
    "/api/users/" ID "?key=" KEY,
    "/api/user/new?key=" KEY,
    "/api/api-keys/new?key=" KEY,
    "/api/sessions/new?key=" KEY,
    "/api/albums/" ID "/users?key=" KEY,
    "/api/shared-links/password?key=" KEY,
    "/api/system-config/new?key=" KEY,
    "/api/server/license?key=" KEY,
    "/api/assets/token?key=" KEY,
    "/auth/login",
    "/auth/login.js",
    "/admin/page.js",
    "/api/socket.io/?key=" KEY,
    /* What is spelt otherwise than it is read, or is no word. */
    "/api/Assets/" ID "/tiles?key=" KEY,
    "/api//tiles?key=" KEY,
    "/api/assets/../tiles?key=" KEY,
    "/api/assets/%74iles?key=" KEY,
    "/api/assets/tiles;x?key=" KEY,
    "/api/assets/tiles/?key=" KEY,
    "/api/assets/" KEY "/tiles?key=" KEY,
    "/api/assets/{id}/tiles?key=" KEY,
    "/api/assets/{name}?key=" KEY,
    "/api/assets/tiles2?key=" KEY,
    "/api/assets/.tiles?key=" KEY,
    "/api/a/b/c/d/e/f/g/h?key=" KEY,
    "/api?key=" KEY,
    "/api/?key=" KEY,
    "http://photos.lan/api/assets/tiles?key=" KEY,
    "*",
    "",
    /* No files of pages. */
    "/",
    "/photos",
    "/.env",
    "/.git/config",
    "/wp-login.php",
    "/a/%2e%2e/x.js",
    "/a/../x.js",
    "/a//x.js",
    "/.js",
    "/{id}.js",
    "/x.js;y",
    "/share/" KEY "/x.js/y",
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_test_message ("%s", targets[i]);
      assert_wish ("GET", targets[i], NULL);
    }
}

static void
offers_nothing_that_changes (void)
{
  static const char *const methods[] = { "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    assert_wish (methods[i], "/api/assets/" ID "/tiles?key=" KEY, NULL);
}

static void
offers_nothing_where_it_was_not_that (void)
{
  for (PlCloseReason reason = 0; reason < PL_CLOSE_COUNT; reason++)
    {
      g_autofree char *wish = dup_wish ("GET", "/api/assets/" ID "/tiles?key=" KEY, reason);
      g_assert_cmpint (wish != NULL, ==, reason == PL_CLOSE_NOT_SHARED);
    }
}

static void
offers_nothing_half (void)
{
  g_autofree char *tail = g_strnfill (2000, 'x');
  g_autofree char *target = g_strconcat ("/api/assets/" ID "/tiles?key=" KEY "&c=", tail, NULL);

  assert_wish ("GET", target, NULL);
}

/* They pass as it is. */
static gboolean
is_asked_for_by_pages (const char *path)
{
  return g_regex_match_simple ("^/api/server(-info)?/(config|features|media-types)$", path, 0, 0);
}

/* What is known of three eras is known not to be asked for by pages of links: by ids, by words, and
 * with the key all the same. */
static void
offers_no_operation_that_is_known (void)
{
  g_autofree char *data = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (g_getenv ("IMMICH_OPERATIONS"), &data, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (data, "\n", -1);
  g_autoptr (GRegex) braces = g_regex_new ("\\{[^}]*\\}", 0, 0, NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      if (lines[i][0] == '#' || g_strv_length (columns) < 3 || g_str_equal (columns[2], "share")
          || is_asked_for_by_pages (columns[1]))
        continue;
      for (guint k = 0; k < 2; k++)
        {
          const char *value = k == 0 ? ID : "word";
          g_autofree char *path
              = g_regex_replace_literal (braces, columns[1], -1, 0, value, 0, NULL);
          g_autofree char *target = g_strconcat (path, "?key=" KEY, NULL);
          g_test_message ("%s %s", columns[0], target);
          assert_wish (columns[0], target, NULL);
          n++;
        }
    }
  g_assert_cmpuint (n, >, 900);
}

static void
offers_files_from_pages_alone (void)
{
  static const struct
  {
    const char *referer;
    gboolean is_offered;
  } rows[] = {
    { PAGE, TRUE },
    { "https://photos.lan:8080/s/***/photos/" ID, TRUE },
    { "https://photos.lan:8080/_app/immutable/assets/0.css", TRUE },
    { "https://photos.lan:8080/service-worker.js", TRUE },
    { "", FALSE },
    { "https://photos.lan:8080/", FALSE },
    { "https://photos.lan:8080/photos", FALSE },
    { "https://elsewhere.lan/share/***", FALSE },
    { "photos.lan:8080/share/***", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PlRecord) record = new_record ("GET", "/theme/night.css", rows[i].referer);
      g_autofree char *wish = pl_share_page_dup_wish (record);
      g_assert_cmpstr (wish, ==, rows[i].is_offered ? "GET /theme/night.css" : NULL);
      g_assert_cmpint (pl_share_page_is_asking (record), ==, rows[i].is_offered);
    }
}

static void
knows_a_link (void)
{
  static const struct
  {
    const char *target;
    gboolean has;
  } rows[] = {
    { "/x?key=1", TRUE },    { "/x?a=1&slug=b", TRUE }, { "/x", FALSE },
    { "/key=1", FALSE },     { "/x?monkey=1", FALSE },  { "/x?a=?key=1", FALSE },
    { "/x?a&b&key=", TRUE }, { "/x?key", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PlRecord) record = new_record ("GET", rows[i].target, "");
      g_assert_cmpint (pl_share_page_is_asking (record), ==, rows[i].has);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-page/offers", offers_what_pages_may_need);
  g_test_add_func ("/share-page/nothing-else", offers_nothing_else);
  g_test_add_func ("/share-page/changes", offers_nothing_that_changes);
  g_test_add_func ("/share-page/reasons", offers_nothing_where_it_was_not_that);
  g_test_add_func ("/share-page/half", offers_nothing_half);
  g_test_add_func ("/share-page/known", offers_no_operation_that_is_known);
  g_test_add_func ("/share-page/files", offers_files_from_pages_alone);
  g_test_add_func ("/share-page/link", knows_a_link);
  return g_test_run ();
}
