/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What requests of Immich's clients, new and old, are called; and their statuses. */

#include "app/model/path_words.h"
#include "app/model/status_words.h"

typedef struct
{
  const char *method;
  const char *target;
  const char *words;
  PlRequestFlags flags;
} Case;

static const Case cases[] = {
  { "GET", "/api/assets/8f3a/thumbnail?size=preview", "thumbnail", PL_REQUEST_MEDIA },
  { "GET", "/api/asset/thumbnail/8f3a?format=WEBP", "thumbnail", PL_REQUEST_MEDIA },
  { "GET", "/api/assets/8f3a/original", "original", PL_REQUEST_MEDIA },
  { "PUT", "/api/assets/8f3a/original", "upload in place of another", PL_REQUEST_UPLOAD },
  { "GET", "/api/assets/8f3a/video/playback", "video", PL_REQUEST_MEDIA },
  { "GET", "/api/assets/8f3a", "photo information", 0 },
  { "GET", "/api/assets//thumbnail", "photo information", 0 },
  { "POST", "/api/assets", "upload", PL_REQUEST_UPLOAD },
  { "POST", "/api/assets/", "upload", PL_REQUEST_UPLOAD },
  { "POST", "/api/asset/upload?key=***", "upload", PL_REQUEST_UPLOAD },
  { "DELETE", "/api/assets", "deletion", 0 },
  { "GET", "/api/assets", "photo information", 0 },
  { "POST", "/api/assets/bulk-upload-check", "check before upload", 0 },
  { "GET", "/api/socket.io/?EIO=4&transport=websocket", "live connection", PL_REQUEST_LIVE },
  { "GET", "/api/socket.iox", "", 0 },
  { "POST", "/api/auth/login", "login", 0 },
  { "POST", "/api/auth/session/unlock", "PIN code of the locked folder", 0 },
  { "PUT", "/api/auth/pin-code", "PIN code of the locked folder", 0 },
  { "GET", "/api/server/ping", "ping", 0 },
  { "GET", "/api/server-info/ping", "ping", 0 },
  { "GET", "/api/server/about", "server information", 0 },
  { "GET", "/api/unheard/of", "", 0 },
  { "GET", "/api", "", 0 },
  { "GET", "/api/", "", 0 },
  { "GET", "/apis", "page", PL_REQUEST_PAGE },
  { "GET", "/", "page", PL_REQUEST_PAGE },
  { "GET", "/?a=/api/assets", "page", PL_REQUEST_PAGE },
  { "GET", "/photos/8f3a", "page", PL_REQUEST_PAGE },
  { "GET", "/_app/immutable/chunks/a.js", "part of the page", PL_REQUEST_PAGE },
  { "GET", "/share/abc", "page of a shared link", PL_REQUEST_PAGE },
  { "GET", "/.well-known/immich", "looking for the server", 0 },
  { "OPTIONS", "*", "", 0 },
  { "", "", "", 0 },
  { "GET", "http://a/api/assets", "", 0 },
};

static void
finds_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* At the end of a block of its own, so that an over-read is caught. */
      g_autofree char *target = g_strdup (cases[i].target);
      PlPathWords found = pl_path_words_find (cases[i].method, target);

      g_test_message ("%s %s", cases[i].method, cases[i].target);
      g_assert_cmpstr (found.words, ==, cases[i].words);
      g_assert_cmpuint (found.flags, ==, cases[i].flags);
    }
}

static void
says_statuses (void)
{
  g_assert_cmpstr (pl_status_words (401, "POST", "/api/auth/login"), ==, "wrong password");
  g_assert_cmpstr (pl_status_words (400, "POST", "/api/auth/login"), ==, "wrong password");
  g_assert_cmpstr (pl_status_words (400, "POST", "/api/auth/session/unlock"), ==, "wrong PIN code");
  g_assert_cmpstr (pl_status_words (401, "GET", "/api/auth/login"), ==, "not logged in");
  g_assert_cmpstr (pl_status_words (404, "GET", "/"), ==, "there is no such thing");
  g_assert_cmpstr (pl_status_words (499, "GET", "/"), ==, "the request was refused");
  g_assert_cmpstr (pl_status_words (999, "GET", "/"), ==, "an error at Immich");
  g_assert_cmpstr (pl_status_words (0, "GET", "/"), ==, "not answered yet");
  g_assert_cmpstr (pl_status_get_phrase (206), ==, "Partial Content");
  g_assert_cmpstr (pl_status_get_phrase (299), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/path-words/find", finds_words);
  g_test_add_func ("/path-words/status", says_statuses);
  return g_test_run ();
}
