/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a health check asks, and what it makes of every kind of answer and of none. */

#include "net/upstream/health-check.h"

#include <string.h>

#include "net/route/loop.h"

#define PING       "/api/server/ping"
#define CONFIG     "/api/server/config"
#define TIMEOUT_MS 5000

typedef struct
{
  const char *name;
  const char *path;
  guint status;
  const char *type;
  const char *body;
  const char *error; /* NULL: a good answer */
} Answer;

#define NO_PING "where a ping was expected"

static const Answer answers[] = {
  { "pong", PING, 200, "application/json", "{\"res\":\"pong\"}", NULL },
  { "parameter", PING, 200, "application/json; charset=utf-8", "{\"res\":\"pong\"}", NULL },
  { "type-case", PING, 200, "Application/JSON", " { \"res\" : \"pong\" } ", NULL },
  { "ping-query", PING "?x=/", 200, "application/json", "{\"res\":\"pong\"}", NULL },
  { "other-json", PING, 200, "application/health+json", "{\"status\":\"pass\"}", NULL },
  { "array", PING, 200, "application/json", "[\"pong\"]", NULL },
  { "created", PING, 201, "application/json", "{\"res\":\"pong\"}", NULL },
  { "peng", PING, 200, "application/json", "{\"res\":\"peng\"}", "not with pong" },
  { "number", PING, 200, "application/json", "{\"res\":1}", "not with pong" },
  { "null", PING, 200, "application/json", "{\"res\":null}", "not with pong" },
  { "object", PING, 200, "application/json", "{\"res\":{}}", "not with pong" },
  { "broken", PING, 200, "application/json", "{\"res\":\"pong\"", "broken JSON" },
  { "empty", PING, 200, "application/json", "", "broken JSON" },
  { "bad-utf8", PING, 200, "application/json", "{\"res\":\"\377\"}", "broken JSON" },
  { "web-page", PING, 200, "text/html; charset=utf-8", "<p>Hello", "a web page " NO_PING },
  { "text", PING, 200, "text/plain", "{\"res\":\"pong\"}", "something else " NO_PING },
  { "no-content", PING, 204, NULL, "", "something else " NO_PING },
  { "start-page", "/", 200, "text/html", "<p>Hello", NULL },
  { "start-query", "/?next=/ping", 200, "text/html", "<p>Hello", NULL },
  { "start-empty", "/", 204, NULL, "", NULL },
  { "start-json", "/", 200, "application/json", "{}", NULL },
  { "start-broken-json", "/", 200, "application/json", "{", "broken JSON" },
  { "moved", PING, 301, NULL, "", "answered 301" },
  { "not-modified", "/", 304, NULL, "", "answered 304" },
  { "login", "/", 401, "text/html", "<p>Who?", "answered 401" },
  { "missing", PING, 404, "application/json", "{}", "answered 404" },
  { "starting", PING, 503, "application/json", "{\"res\":\"pong\"}", "answered 503" },
};

typedef struct
{
  SoupServer *server;
  SoupSession *session;
  PlEndpointConfig endpoint;
  const Answer *answer;
  GUri *asked;
  SoupMessageHeaders *headers; /* as the server saw them last */
  guint n_asked;
  gboolean done;
  PlEndpointHealth health;
  char *error;
  gint64 response_us;
} Fixture;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Fixture *fixture = user_data;
  const Answer *answer = fixture->answer;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  fixture->n_asked++;
  g_clear_pointer (&fixture->asked, g_uri_unref);
  fixture->asked = g_uri_ref (soup_server_message_get_uri (message));
  g_clear_pointer (&fixture->headers, soup_message_headers_unref);
  fixture->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));

  soup_server_message_set_status (message, answer->status, NULL);
  soup_server_message_set_response (message, answer->type, SOUP_MEMORY_STATIC, answer->body,
                                    strlen (answer->body));
  soup_message_headers_append (headers, "Set-Cookie", "flavour=oatmeal");
  if (answer->status == 301)
    soup_message_headers_append (headers, "Location", "/elsewhere");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GSList *uris;

  fixture->answer = &answers[0];
  fixture->session = pl_health_check_new_session ();
  fixture->server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  uris = soup_server_get_uris (fixture->server);
  fixture->endpoint.host = g_strdup ("127.0.0.1");
  fixture->endpoint.port = g_uri_get_port (uris->data);
  fixture->endpoint.label = g_strdup_printf ("127.0.0.1:%u", fixture->endpoint.port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->asked, g_uri_unref);
  g_clear_pointer (&fixture->headers, soup_message_headers_unref);
  g_free (fixture->endpoint.host);
  g_free (fixture->endpoint.label);
  g_free (fixture->error);
}

static void
on_checked (PlEndpointHealth health, gint64 response_us, const char *error, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->done);
  fixture->done = TRUE;
  fixture->health = health;
  fixture->response_us = response_us;
  g_free (fixture->error);
  fixture->error = g_strdup (error);
}

static PlHealthCheck *
start (Fixture *fixture, const char *path, guint timeout_ms)
{
  fixture->done = FALSE;
  return pl_health_check_start (fixture->session, &fixture->endpoint, NULL, path, timeout_ms,
                                on_checked, fixture);
}

static void
check (Fixture *fixture, const char *path, guint timeout_ms)
{
  start (fixture, path, timeout_ms);
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_error (Fixture *fixture, const char *part)
{
  g_assert_cmpint (fixture->health, ==, part == NULL ? PL_HEALTH_WELL : PL_HEALTH_NOT_WELL);
  if (part == NULL)
    g_assert_cmpstr (fixture->error, ==, NULL);
  else if (fixture->error == NULL || strstr (fixture->error, part) == NULL)
    g_error ("“%s” was expected to hold “%s”", fixture->error, part);
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  fixture->answer = data;
  check (fixture, fixture->answer->path, TIMEOUT_MS);
  assert_error (fixture, fixture->answer->error);
  g_assert_cmpint (fixture->response_us, >, 0);
  g_assert_cmpint (fixture->response_us, <, TIMEOUT_MS * 1000);
  if (fixture->n_asked == 1)
    g_assert_true (g_str_has_prefix (fixture->answer->path, g_uri_get_path (fixture->asked)));
  else
    g_assert_cmpstr (g_uri_get_path (fixture->asked), ==, CONFIG);
}

/* What is at CONFIG of a server that answers @ping elsewhere, and what the two amount to. */
typedef struct
{
  const char *name;
  const char *path;
  guint ping;
  Answer config;
  PlEndpointHealth health;
} MaintenanceAnswer;

#define CONFIG_IS(status, body)                                                                    \
  {                                                                                                \
    NULL, CONFIG, status, "application/json", body, NULL                                           \
  }

static const MaintenanceAnswer maintenance_answers[] = {
  { "immich", PING, 404, CONFIG_IS (200, "{\"maintenanceMode\":true}"), PL_HEALTH_MAINTENANCE },
  { "start-page", "/", 302, CONFIG_IS (200, "{\"a\":[1],\"maintenanceMode\":true}"),
    PL_HEALTH_MAINTENANCE },
  { "ping-query", PING "?x=y", 404, CONFIG_IS (200, "{\"maintenanceMode\":true}"),
    PL_HEALTH_MAINTENANCE },
  { "not-now", PING, 404, CONFIG_IS (200, "{\"maintenanceMode\":false}"), PL_HEALTH_NOT_WELL },
  { "older", PING, 404, CONFIG_IS (200, "{\"isInitialized\":true}"), PL_HEALTH_NOT_WELL },
  { "no-object", PING, 404, CONFIG_IS (200, "[true]"), PL_HEALTH_NOT_WELL },
  { "text", PING, 404, CONFIG_IS (200, "{\"maintenanceMode\":\"true\"}"), PL_HEALTH_NOT_WELL },
  { "nested", PING, 404, CONFIG_IS (200, "{\"maintenanceMode\":{\"a\":true}}"),
    PL_HEALTH_NOT_WELL },
  { "broken", PING, 404, CONFIG_IS (200, "{\"maintenanceMode\":true"), PL_HEALTH_NOT_WELL },
  { "nothing", PING, 404, CONFIG_IS (200, ""), PL_HEALTH_NOT_WELL },
  { "missing", PING, 404, CONFIG_IS (404, "{\"maintenanceMode\":true}"), PL_HEALTH_NOT_WELL },
  { "busy", PING, 503, CONFIG_IS (200, "{\"maintenanceMode\":true}"), PL_HEALTH_NOT_WELL },
};

static void
on_config_request (SoupServer *server,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer user_data)
{
  const Answer *config = user_data;

  g_assert_null (query);
  soup_server_message_set_status (message, config->status, NULL);
  soup_server_message_set_response (message, config->type, SOUP_MEMORY_STATIC, config->body,
                                    strlen (config->body));
}

static void
test_maintenance (Fixture *fixture, gconstpointer data)
{
  const MaintenanceAnswer *maintenance = data;
  g_autofree char *error = g_strdup_printf ("answered %u instead of 200", maintenance->ping);
  Answer ping = { NULL, NULL, maintenance->ping, "application/json", "{}", NULL };

  fixture->answer = &ping;
  soup_server_add_handler (fixture->server, CONFIG, on_config_request,
                           (gpointer) &maintenance->config, NULL);
  check (fixture, maintenance->path, TIMEOUT_MS);
  g_assert_cmpint (fixture->health, ==, maintenance->health);
  g_assert_cmpstr (fixture->error, ==, maintenance->health == PL_HEALTH_NOT_WELL ? error : NULL);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

/* Answers 508 with @user_data as the mark, if any. */
static void
on_request_come_round (SoupServer *server,
                       SoupServerMessage *message,
                       const char *path,
                       GHashTable *query,
                       gpointer user_data)
{
  soup_server_message_set_status (message, 508, "Loop Detected");
  if (user_data != NULL)
    soup_message_headers_append (soup_server_message_get_response_headers (message), PL_LOOP_FIELD,
                                 user_data);
}

static void
test_loop (Fixture *fixture, gconstpointer data)
{
  const char *others = "porchlight;id=0123456789abcdef";

  soup_server_add_handler (fixture->server, "/ours", on_request_come_round,
                           (gpointer) pl_loop_get_mark (), NULL);
  soup_server_add_handler (fixture->server, "/others", on_request_come_round, (gpointer) others,
                           NULL);
  soup_server_add_handler (fixture->server, "/nobody", on_request_come_round, NULL, NULL);

  check (fixture, "/ours", TIMEOUT_MS);
  g_assert_cmpint (fixture->health, ==, PL_HEALTH_LOOP);
  g_assert_cmpstr (fixture->error, ==, NULL);
  check (fixture, "/others", TIMEOUT_MS);
  g_assert_cmpint (fixture->health, ==, PL_HEALTH_LOOP);
  check (fixture, "/nobody", TIMEOUT_MS);
  assert_error (fixture, "answered 508 instead of 200");
}

static void
on_request_left_open (SoupServer *server,
                      SoupServerMessage *message,
                      const char *path,
                      GHashTable *query,
                      gpointer user_data)
{
  soup_server_message_pause (message);
}

/* The second question has its share of the same time. */
static void
test_slow_config (Fixture *fixture, gconstpointer data)
{
  const Answer ping = { NULL, PING, 404, "application/json", "{}", NULL };

  fixture->answer = &ping;
  soup_server_add_handler (fixture->server, CONFIG, on_request_left_open, NULL, NULL);
  check (fixture, PING, 100);
  assert_error (fixture, "answered 404 instead of 200");
  g_assert_cmpint (fixture->response_us, >=, 100 * 1000);
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      check (fixture, "/a%20b/ping?c=d%20e", TIMEOUT_MS);
      assert_error (fixture, NULL);
      g_assert_cmpstr (g_uri_get_path (fixture->asked), ==, "/a%20b/ping");
      g_assert_cmpstr (g_uri_get_query (fixture->asked), ==, "c=d%20e");
      g_assert_cmpstr (soup_message_headers_get_one (fixture->headers, "User-Agent"), ==,
                       "Porchlight health check");
      g_assert_cmpstr (soup_message_headers_get_one (fixture->headers, "Accept"), ==,
                       "application/json");
      g_assert_cmpstr (soup_message_headers_get_one (fixture->headers, "Host"), ==,
                       fixture->endpoint.label);
      g_assert_cmpstr (soup_message_headers_get_one (fixture->headers, "Connection"), ==, "close");
      g_assert_null (soup_message_headers_get_list (fixture->headers, "Cookie"));
      g_assert_cmpstr (soup_message_headers_get_list (fixture->headers, PL_LOOP_FIELD), ==,
                       pl_loop_get_mark ());
    }
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->server);
  check (fixture, PING, TIMEOUT_MS);
  assert_error (fixture, "nobody answers at 127.0.0.1:");
}

/* The name is one that cannot be, so no name server is asked. */
static void
test_unknown_name (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->endpoint.host);
  fixture->endpoint.host = g_strdup ("no..name");
  check (fixture, PING, TIMEOUT_MS);
  assert_error (fixture, "was not found");
}

static gboolean
on_raw_connection (GThreadedSocketService *service,
                   GSocketConnection *connection,
                   GObject *source,
                   gpointer user_data)
{
  const char *octets = user_data;
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char request[4096];

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request,
                       sizeof request, NULL, NULL);
  g_output_stream_write_all (stream, octets, strlen (octets), NULL, NULL, NULL);
  return TRUE;
}

typedef struct
{
  const char *name;
  const char *path;
  const char *octets; /* sent whatever is asked, then the connection is closed */
  const char *error;
} RawAnswer;

static const RawAnswer raw_answers[] = {
  { "nothing", PING, "", "broke off: " },
  { "not-http", PING, "SSH-2.0-OpenSSH_9.2\r\n", "broke off: " },
  { "half-head", PING, "HTTP/1.1 200 OK\r\nContent-Ty", "broke off: " },
  { "half-body", "/",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"re",
    "broken JSON" },
  { "half-chunk", "/", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nx",
    "broke off: " },
  { "until-close", PING,
    "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"res\":\"pong\"}", NULL },
  { "no-type", PING, "HTTP/1.0 200 OK\r\n\r\n{\"res\":\"pong\"}", "something else " NO_PING },
  { "early-hints", PING,
    "HTTP/1.1 103 Early Hints\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    NULL },
};

static void
test_raw_answer (Fixture *fixture, gconstpointer data)
{
  const RawAnswer *answer = data;
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (1);

  fixture->endpoint.port
      = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "run", G_CALLBACK (on_raw_connection), (gpointer) answer->octets);
  check (fixture, answer->path, TIMEOUT_MS);
  assert_error (fixture, answer->error);
}

static void
test_slow_head (Fixture *fixture, gconstpointer data)
{
  soup_server_add_handler (fixture->server, PING, on_request_left_open, NULL, NULL);
  check (fixture, PING, 100);
  assert_error (fixture, "took longer than 0.1 s");
  g_assert_cmpint (fixture->response_us, >=, 100 * 1000);
}

static void
append_more (SoupServerMessage *message, gpointer user_data)
{
  static const char page[8000] = { ' ' };

  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                            page, GPOINTER_TO_UINT (user_data));
}

/* Answers with pieces of @user_data bytes for ever; if that is 1, with one and then silence. */
static void
on_request_without_end (SoupServer *server,
                        SoupServerMessage *message,
                        const char *path,
                        GHashTable *query,
                        gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  append_more (message, user_data);
  if (user_data != GUINT_TO_POINTER (1))
    g_signal_connect (message, "wrote-chunk", G_CALLBACK (append_more), user_data);
}

static void
test_slow_body (Fixture *fixture, gconstpointer data)
{
  soup_server_add_handler (fixture->server, "/", on_request_without_end, GUINT_TO_POINTER (1),
                           NULL);
  check (fixture, "/", 100);
  assert_error (fixture, "took longer than 0.1 s");
}

/* Only its beginning is read, so it is neither late nor judged as JSON. */
static void
test_endless_body (Fixture *fixture, gconstpointer data)
{
  soup_server_add_handler (fixture->server, "/", on_request_without_end, GUINT_TO_POINTER (8000),
                           NULL);
  check (fixture, "/", TIMEOUT_MS);
  assert_error (fixture, NULL);
  check (fixture, "/ping", TIMEOUT_MS);
  assert_error (fixture, "something else " NO_PING);
}

static gboolean
on_passed (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint duration_ms)
{
  gboolean passed = FALSE;

  g_timeout_add (duration_ms, on_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

/* Cancelled after so many turns of the main context, so at every stage of the check. */
static void
cancel_at_every_stage (Fixture *fixture, const char *path, guint n_stages)
{
  for (guint n_turns = 0; n_turns < n_stages; n_turns++)
    {
      PlHealthCheck *started = start (fixture, path, 10 * 1000);

      for (guint i = 0; i < n_turns; i++)
        g_main_context_iteration (NULL, FALSE);
      pl_health_check_cancel (started);
      run_for (5);
      g_assert_false (fixture->done);
    }
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  soup_server_add_handler (fixture->server, "/", on_request_without_end, GUINT_TO_POINTER (1),
                           NULL);
  cancel_at_every_stage (fixture, "/", 25);
}

static void
test_cancel_second (Fixture *fixture, gconstpointer data)
{
  const Answer ping = { NULL, PING, 404, "application/json", "{}", NULL };

  fixture->answer = &ping;
  soup_server_add_handler (fixture->server, CONFIG, on_request_left_open, NULL, NULL);
  cancel_at_every_stage (fixture, PING, 50);
}

/* None waits for another, though all go to the same computer. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  PlHealthCheck *silent[20];

  soup_server_add_handler (fixture->server, "/silent", on_request_left_open, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    silent[i] = start (fixture, "/silent", TIMEOUT_MS);
  run_for (20);
  check (fixture, PING, TIMEOUT_MS);
  assert_error (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    pl_health_check_cancel (silent[i]);
  run_for (20);
}

static void
add (const char *group,
     const char *name,
     gconstpointer data,
     void (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/upstream/health-check/%s/%s", group, name);

  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_setenv ("http_proxy", "http://127.0.0.1:1/", TRUE); /* must not matter */
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    add ("answer", answers[i].name, &answers[i], test_answer);
  for (guint i = 0; i < G_N_ELEMENTS (maintenance_answers); i++)
    add ("maintenance", maintenance_answers[i].name, &maintenance_answers[i], test_maintenance);
  for (guint i = 0; i < G_N_ELEMENTS (raw_answers); i++)
    add ("raw", raw_answers[i].name, &raw_answers[i], test_raw_answer);
  add ("request", "fields", NULL, test_request);
  add ("answer", "loop", NULL, test_loop);
  add ("request", "many", NULL, test_many);
  add ("silence", "nobody", NULL, test_nobody);
  add ("silence", "unknown-name", NULL, test_unknown_name);
  add ("silence", "slow-head", NULL, test_slow_head);
  add ("silence", "slow-config", NULL, test_slow_config);
  add ("silence", "slow-body", NULL, test_slow_body);
  add ("silence", "endless-body", NULL, test_endless_body);
  add ("silence", "cancel", NULL, test_cancel);
  add ("silence", "cancel-second", NULL, test_cancel_second);
  return g_test_run ();
}
