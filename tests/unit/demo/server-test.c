/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo as a client meets it, over loopback. */

#include "app/demo/demo.h"
#include "app/demo/media.h"
#include "app/demo/pictures.h"

#include <libsoup/soup.h>
#include <string.h>

#define THUMBNAIL "/api/assets/5eed0000-0000-4000-8000-000000000001/thumbnail"
#define BIG_FILE  "/api/assets/5eed0000-0000-4000-8000-000000000001/video/playback"

#define BIG_FILE_BYTES 536870912

typedef struct
{
  PlDemo *demo;
  SoupSession *session;
  SoupMessage *message;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->demo = pl_demo_new (GPOINTER_TO_INT (data), 0, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->message);
  g_object_unref (fixture->session);
  pl_demo_free (fixture->demo);
}

/* Up to four field names and values follow, ended by %NULL. */
static GBytes *
ask (Fixture *fixture, const char *method, const char *path, ...)
{
  g_autofree char *url = g_strconcat (pl_demo_get_url (fixture->demo), path, NULL);
  g_autoptr (GError) error = NULL;
  g_clear_object (&fixture->message);
  fixture->message = soup_message_new (method, url);
  va_list fields;
  va_start (fields, path);
  for (const char *name = va_arg (fields, const char *); name != NULL;
       name = va_arg (fields, const char *))
    soup_message_headers_replace (soup_message_get_request_headers (fixture->message), name,
                                  va_arg (fields, const char *));
  va_end (fields);
  GBytes *body = soup_session_send_and_read (fixture->session, fixture->message, NULL, &error);
  g_assert_no_error (error);
  return body;
}

static const char *
answered (Fixture *fixture, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (fixture->message), name);
}

static void
test_eras (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path;
    guint now, split;
  } cases[] = {
    { "/api/server/ping", 200, 404 },
    { "/api/server-info/ping", 404, 404 },
    { "/server-info/ping", 404, 200 },
    { "/server-info/version", 404, 200 },
    { "/.well-known/immich", 200, 200 },
    { "/", 200, 200 },
    { "/page.js", 200, 200 },
    { "/assets/5eed0000-0000-4000-8000-000000000001/thumbnail", 404, 200 },
    { "/asset/thumbnail/5eed0000-0000-4000-8000-000000000001", 404, 200 },
    { THUMBNAIL, 200, 404 },
    { THUMBNAIL "/more", 404, 404 },
    { "/api/assets/5eed0000-0000-4000-8000-00000000003c/thumbnail", 400, 404 },
    { "/api/socket.io/?EIO=4&transport=polling", 400, 404 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = ask (fixture, "GET", cases[i].path, NULL);
      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (soup_message_get_status (fixture->message), ==,
                        GPOINTER_TO_INT (data) == PL_DEMO_ERA_NOW ? cases[i].now : cases[i].split);
    }
}

#define KEY   "09SXrDXokWH_s9FBfxMgwbQLs5Jz6F8aW_fH9jpCPDW0ETzy_coHdB6kKOVq9fGuVao"
#define ALBUM "5eed0000-0000-4000-8000-0000000000a1"

static void
test_share_links (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method, *path;
    guint status;
  } cases[] = {
    { "GET", "/share/" KEY, 200 },
    { "GET", "/share/nothing", 404 },
    { "GET", "/s/summer", 200 },
    { "GET", "/api/shared-links/me", 401 },
    { "GET", "/api/shared-links/me?key=nothing", 401 },
    { "GET", "/api/shared-links/me?key=" KEY, 200 },
    { "GET", "/api/shared-links/me?key=nothing&slug=summer", 401 },
    { "GET", "/api/shared-links/me?slug=grandparents", 401 },
    { "GET", "/api/shared-links/me?slug=grandparents&password=wrong", 401 },
    { "GET", "/api/shared-links/me?slug=grandparents&password=demo", 200 },
    { "GET", "/api/albums/" ALBUM "?slug=summer", 200 },
    { "GET", "/api/albums/" ALBUM "?slug=party", 400 },
    { "GET", "/api/timeline/bucket?albumId=" ALBUM "&key=" KEY, 200 },
    { "GET", "/api/timeline/buckets?key=" KEY, 400 },
    { "GET", THUMBNAIL "?key=" KEY, 200 },
    { "GET", THUMBNAIL "?slug=party", 400 },
    { "GET", "/api/assets/5eed0000-0000-4000-8000-000000000001?key=" KEY, 200 },
    { "POST", "/api/download/info?key=" KEY, 201 },
    { "POST", "/api/assets?key=" KEY, 401 },
    { "PUT", "/api/albums/" ALBUM "/assets?key=" KEY, 401 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = ask (fixture, cases[i].method, cases[i].path, NULL);
      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (soup_message_get_status (fixture->message), ==, cases[i].status);
    }
}

static void
test_maintenance (Fixture *fixture, gconstpointer data)
{
  static const char config[] = "{\"maintenanceMode\":true}";
  static const struct
  {
    const char *path;
    guint status;
  } cases[] = {
    { "/api/server/ping", 404 },
    { "/api/assets/5eed0000-0000-4000-8000-000000000001/thumbnail", 404 },
    { "/", 302 },
    { "/photos", 302 },
    { "/maintenance", 200 },
    { "/api/server/config", 200 },
  };
  g_autoptr (GBytes) body = NULL;

  pl_demo_set_maintenance (fixture->demo, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = g_strconcat (pl_demo_get_url (fixture->demo), cases[i].path, NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
      g_clear_pointer (&body, g_bytes_unref);
      body = soup_session_send_and_read (fixture->session, message, NULL, NULL);
      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (soup_message_get_status (message), ==, cases[i].status);
    }
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), config, strlen (config));

  pl_demo_set_maintenance (fixture->demo, FALSE);
  g_autoptr (GBytes) pong = ask (fixture, "GET", "/api/server/ping", NULL);
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 200);
}

static void
test_unknown_path (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) body = ask (fixture, "GET", "/api/nothing", NULL);
  static const char json[]
      = "{\"message\":\"Cannot GET /api/nothing\",\"error\":\"Not Found\",\"statusCode\":404}";
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), json, strlen (json));
  g_autoptr (GBytes) page = ask (fixture, "GET", "/photos", "Accept", "text/html", NULL);
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 200);
}

static void
test_ranges (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *range;
    const char *if_range;
    guint status;
    const char *content_range;
    guint64 start;
    gsize length;
  } cases[] = {
    { "bytes=0-0", "\"big-file-1\"", 206, "bytes 0-0/536870912", 0, 1 },
    { "bytes=13-30", "\"big-file-1\"", 206, "bytes 13-30/536870912", 13, 18 },
    { "bytes=268435453-268435470", "\"big-file-1\"", 206, "bytes 268435453-268435470/536870912",
      268435453, 18 },
    { "bytes=-5", "\"big-file-1\"", 206, "bytes 536870907-536870911/536870912", 536870907, 5 },
    { "bytes=536870900-999999999999", "\"big-file-1\"", 206, "bytes 536870900-536870911/536870912",
      536870900, 12 },
    { "bytes=536870912-", "\"big-file-1\"", 416, "bytes */536870912", 0, 0 },
    { "bytes=-0", "\"big-file-1\"", 416, "bytes */536870912", 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = ask (fixture, "GET", BIG_FILE, "Range", cases[i].range, "If-Range",
                                     cases[i].if_range, NULL);
      gsize length;
      const guint8 *octets = g_bytes_get_data (body, &length);
      g_assert_cmpuint (soup_message_get_status (fixture->message), ==, cases[i].status);
      g_assert_cmpstr (answered (fixture, "Content-Range"), ==, cases[i].content_range);
      g_assert_cmpuint (length, ==, cases[i].length);
      for (gsize n = 0; n < length; n++)
        {
          guint64 place = cases[i].start + n;
          g_assert_cmpuint (octets[n], ==, pl_media_word_at (place / 8) >> (place % 8 * 8) & 0xff);
        }
    }
}

static void
test_whole_file_for_other_ranges (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *range, *if_range;
  } cases[] = {
    { "bytes=0-9", "\"another\"" },
    { "bytes=0-9", "W/\"picture-1-320-1\"" },
    { "bytes=0-1,5-6", "\"picture-1-320-1\"" },
    { "lines=0-9", "\"picture-1-320-1\"" },
    { "bytes=9-0", "\"picture-1-320-1\"" },
  };
  g_autoptr (GBytes) whole = ask (fixture, "GET", THUMBNAIL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = ask (fixture, "GET", THUMBNAIL, "Range", cases[i].range, "If-Range",
                                     cases[i].if_range, NULL);
      g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 200);
      g_assert_true (g_bytes_equal (body, whole));
    }
}

static void
test_not_modified (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *known;
    guint status;
  } cases[] = {
    { "\"picture-1-320-1\"", 304 },        { "W/\"picture-1-320-1\"", 304 },
    { "\"a\", \"picture-1-320-1\"", 304 }, { "*", 304 },
    { "\"picture-1-320\"", 200 },          { "picture-1-320-1", 200 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body
          = ask (fixture, "GET", THUMBNAIL, "If-None-Match", cases[i].known, NULL);
      g_assert_cmpuint (soup_message_get_status (fixture->message), ==, cases[i].status);
      g_assert_cmpstr (answered (fixture, "ETag"), ==, "\"picture-1-320-1\"");
      if (cases[i].status == 304)
        g_assert_null (answered (fixture, "Content-Length"));
    }
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) body = ask (fixture, "HEAD", BIG_FILE, "Range", "bytes=0-9", NULL);
  g_assert_cmpuint (soup_message_get_status (fixture->message), ==, 200);
  g_assert_cmpstr (answered (fixture, "Content-Length"), ==, G_STRINGIFY (BIG_FILE_BYTES));
  g_assert_cmpuint (g_bytes_get_size (body), ==, 0);
}

static void
test_port_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint16 port = atoi (strrchr (pl_demo_get_url (fixture->demo), ':') + 1);
  g_assert_null (pl_demo_new (PL_DEMO_ERA_NOW, port, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

static void
add (const char *path, PlDemoEra era, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GINT_TO_POINTER (era), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/demo/server/era-now", PL_DEMO_ERA_NOW, test_eras);
  add ("/demo/server/era-split", PL_DEMO_ERA_SPLIT, test_eras);
  add ("/demo/server/share-links", PL_DEMO_ERA_NOW, test_share_links);
  add ("/demo/server/maintenance", PL_DEMO_ERA_NOW, test_maintenance);
  add ("/demo/server/unknown-path", PL_DEMO_ERA_NOW, test_unknown_path);
  add ("/demo/server/ranges", PL_DEMO_ERA_NOW, test_ranges);
  add ("/demo/server/whole-file", PL_DEMO_ERA_NOW, test_whole_file_for_other_ranges);
  add ("/demo/server/not-modified", PL_DEMO_ERA_NOW, test_not_modified);
  add ("/demo/server/head", PL_DEMO_ERA_NOW, test_head);
  add ("/demo/server/port-taken", PL_DEMO_ERA_NOW, test_port_taken);
  return g_test_run ();
}
