/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/finder/fake.h"

#include <string.h>

#include "app/demo/early.h"
#include "tests/unit/ports.h"

struct _Fake
{
  FakeFlags flags;
  SoupServer *server;
  GCancellable *stopping;
  GPtrArray *sockets;
  char *url;
  guint16 port;
  guint n_requests;
  guint n_marked;
};

static const struct
{
  FakeFlags flag;
  const char *path;
  const char *json;
} answers[] = {
  { FAKE_NOW, "/api/server/ping", "{\"res\":\"pong\"}" },
  { FAKE_NOW, "/api/server/version", "{\"major\":1,\"minor\":135,\"patch\":3}" },
  { FAKE_FOLDED, "/api/server-info/ping", "{\"res\":\"pong\"}" },
  { FAKE_FOLDED, "/api/server-info/version", "{\"major\":1,\"minor\":100,\"patch\":0}" },
  { FAKE_SERVER, "/server-info/ping", "{\"res\":\"pong\"}" },
  { FAKE_SERVER, "/server-info/version", "{\"major\":1,\"minor\":82,\"patch\":1}" },
  { FAKE_NOW | FAKE_FOLDED | FAKE_WEB, "/.well-known/immich", "{\"api\":{\"endpoint\":\"/api\"}}" },
  { FAKE_UNVERSIONED, "/api/server/ping", "{\"res\":\"pong\"}" },
  { FAKE_UNVERSIONED, "/api/server/version", "{\"major\":-1,\"minor\":\"x\"}" },
  { FAKE_MAINTENANCE, "/api/server/config", "{\"maintenanceMode\":true}" },
  { FAKE_MAINTENANCE, "/api/server/version", "{\"major\":2,\"minor\":5,\"patch\":6}" },
  { FAKE_NO_DOMAIN, "/api/server/config", "{\"externalDomain\":\"\"}" },
  { FAKE_HOME_DOMAIN, "/api/server/config", "{\"externalDomain\":\"http://192.168.1.20:2283/\"}" },
  { FAKE_BARE_DOMAIN, "/api/server/config", "{\"externalDomain\":\"http://nas:2283\"}" },
  { FAKE_DOMAIN, "/api/server/config", "{\"externalDomain\":\"https://photos.example.org\"}" },
  { FAKE_LIAR, "/api/server/config", "{\"maintenanceMode\":\"true\"}" },
  { FAKE_LIAR, "/api/server/ping", "{\"res\":\"pang\"}" },
  { FAKE_LIAR, "/api/server-info/ping", "{\"res\":{\"res\":\"pong\"}}" },
  { FAKE_LIAR, "/server-info/ping", "[\"pong\"]" },
  { FAKE_LIAR, "/.well-known/immich", "{\"res\":" },
};

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static gboolean
try_answer_json (Fake *fake, SoupServerMessage *message, const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if ((fake->flags & answers[i].flag) != 0 && g_str_equal (path, answers[i].path))
      {
        answer (message, 200, "application/json; charset=utf-8", answers[i].json);
        return TRUE;
      }
  return FALSE;
}

static void
answer_brackets (SoupServerMessage *message)
{
  g_autofree char *brackets = g_strnfill (60000, '[');

  answer (message, 200, "application/json", brackets);
}

static void
answer_page (Fake *fake, SoupServerMessage *message)
{
  SoupMessageHeaders *fields = soup_server_message_get_response_headers (message);

  if ((fake->flags & FAKE_HTTPS_FIELD) != 0)
    soup_message_headers_append (fields, "Content-Security-Policy",
                                 "default-src 'self'; upgrade-insecure-requests");
  answer (message, 200, "text/html",
          (fake->flags & FAKE_HTTPS_META) != 0
              ? "<html><meta http-equiv=\"Content-Security-Policy\" "
                "content=\"upgrade-insecure-requests\"><title>Immich</title>"
              : "<html><title>Immich</title>");
}

/* Not in UTF-8. */
static void
answer_elsewhere (SoupServerMessage *message)
{
  soup_server_message_set_status (message, 302, NULL);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Location",
                               "https://nas.example/login\xff?key=abc");
}

static void
answer_loop (SoupServerMessage *message)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  const char *mark = soup_message_headers_get_list (asked, "CDN-Loop");

  answer (message, 508, "text/plain", "round and round");
  if (mark != NULL)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "CDN-Loop",
                                 mark);
}

static void
answer_odd (Fake *fake, SoupServerMessage *message)
{
  if ((fake->flags & FAKE_SILENT) != 0)
    soup_server_message_pause (message);
  else if ((fake->flags & FAKE_BAD_GATEWAY) != 0)
    answer (message, 502, "text/html", "<title>502 Bad Gateway</title>");
  else if ((fake->flags & FAKE_LOOP) != 0)
    answer_loop (message);
  else if ((fake->flags & FAKE_REDIRECT) != 0)
    answer_elsewhere (message);
  else if ((fake->flags & FAKE_BRACKETS) != 0)
    answer_brackets (message);
  else if ((fake->flags & FAKE_PAGE) != 0)
    answer (message, 200, "text/html", "<html><head><TITLE>\n Nextcloud </TITLE>");
  else
    answer (message, 404, "text/plain", "no");
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Fake *fake = user_data;
  FakeFlags immich = FAKE_NOW | FAKE_FOLDED | FAKE_WEB | FAKE_UNVERSIONED;

  fake->n_requests++;
  if ((fake->flags & FAKE_NO_RANGES) != 0)
    soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  if (try_answer_json (fake, message, path))
    return;
  if ((fake->flags & immich) != 0
      && (g_str_equal (path, "/") || g_str_equal (path, "/favicon.png")))
    answer_page (fake, message);
  else
    answer_odd (fake, message);
}

/* Before the body is there. */
static void
head_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  Fake *fake = user_data;
  SoupMessageHeaders *fields = soup_server_message_get_request_headers (message);

  fake->n_marked += soup_message_headers_get_list (fields, "CDN-Loop") != NULL;
  if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    return;
  if ((fake->flags & FAKE_SMALL) != 0 && soup_message_headers_get_content_length (fields) > 1000000)
    pl_early_answer (message, 413, "{}", fake->stopping);
  else if ((fake->flags & FAKE_EARLY) != 0)
    pl_early_answer (message, 401, "{}", fake->stopping);
}

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  soup_websocket_connection_send_text (connection, "44{\"message\":\"Unauthorized\"}");
}

static void
socket_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *connection,
           gpointer user_data)
{
  Fake *fake = user_data;

  g_ptr_array_add (fake->sockets, g_object_ref (connection));
  if ((fake->flags & FAKE_MUTE_SOCKET) != 0)
    return;
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), NULL);
  soup_websocket_connection_send_text (connection, "0{\"sid\":\"x\"}");
}

Fake *
fake_new_at (FakeFlags flags, const char *address, guint16 port)
{
  Fake *fake = g_new0 (Fake, 1);
  g_autoptr (GSocketAddress) listened = g_inet_socket_address_new_from_string (address, port);

  fake->flags = flags;
  fake->server = soup_server_new (NULL, NULL);
  fake->stopping = g_cancellable_new ();
  fake->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  if (!soup_server_listen (fake->server, listened, 0, NULL))
    {
      fake_free (fake);
      return NULL;
    }
  soup_server_add_handler (fake->server, NULL, request_cb, fake, NULL);
  soup_server_add_early_handler (fake->server, NULL, head_cb, fake, NULL);
  if ((flags & (FAKE_SOCKET | FAKE_MUTE_SOCKET)) != 0)
    soup_server_add_websocket_handler (fake->server, "/api/socket.io/", NULL, NULL, socket_cb, fake,
                                       NULL);

  GSList *uris = soup_server_get_uris (fake->server);
  fake->port = g_uri_get_port (uris->data);
  fake->url = g_strdup_printf ("http://%s:%u", address, fake->port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return fake;
}

Fake *
fake_new (FakeFlags flags)
{
  Fake *fake = fake_new_at (flags, "127.0.0.1", 0);

  g_assert_nonnull (fake);
  return fake;
}

void
fake_free (Fake *fake)
{
  soup_server_disconnect (fake->server);
  g_cancellable_cancel (fake->stopping);
  /* What was cancelled frees itself in its callbacks. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_unref (fake->sockets);
  g_object_unref (fake->server);
  g_object_unref (fake->stopping);
  g_free (fake->url);
  g_free (fake);
}

const char *
fake_get_url (Fake *fake)
{
  return fake->url;
}

guint16
fake_get_port (Fake *fake)
{
  return fake->port;
}

guint
fake_get_n_requests (Fake *fake)
{
  return fake->n_requests;
}

guint
fake_get_n_marked (Fake *fake)
{
  return fake->n_marked;
}

char *
fake_dup_closed_url (void)
{
  guint16 port = port_hold ("127.0.0.1", 0);

  g_assert_cmpuint (port, !=, 0);
  return g_strdup_printf ("http://127.0.0.1:%u", port);
}
