/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a health check asks, and what it makes of every kind of answer. */

#include <string.h>

#include "net/route/loop.h"
#include "tests/unit/upstream/patient.h"

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

static void
test_answer (Patient *patient, gconstpointer data)
{
  patient->answer = data;
  patient_check (patient, patient->answer->path, TIMEOUT_MS);
  patient_assert_error (patient, patient->answer->error);
  g_assert_cmpint (patient->response_us, >, 0);
  g_assert_cmpint (patient->response_us, <, TIMEOUT_MS * 1000);
  if (patient->n_asked == 1)
    g_assert_true (g_str_has_prefix (patient->answer->path, g_uri_get_path (patient->asked)));
  else
    g_assert_cmpstr (g_uri_get_path (patient->asked), ==, CONFIG);
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
test_maintenance (Patient *patient, gconstpointer data)
{
  const MaintenanceAnswer *maintenance = data;
  g_autofree char *error = g_strdup_printf ("answered %u instead of 200", maintenance->ping);
  Answer ping = { NULL, NULL, maintenance->ping, "application/json", "{}", NULL };

  patient->answer = &ping;
  soup_server_add_handler (patient->server, CONFIG, on_config_request,
                           (gpointer) &maintenance->config, NULL);
  patient_check (patient, maintenance->path, TIMEOUT_MS);
  g_assert_cmpint (patient->health, ==, maintenance->health);
  g_assert_cmpstr (patient->error, ==, maintenance->health == PL_HEALTH_NOT_WELL ? error : NULL);
  g_assert_cmpuint (patient->n_asked, ==, 1);
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
test_loop (Patient *patient, gconstpointer data)
{
  const char *others = "porchlight;id=0123456789abcdef";

  soup_server_add_handler (patient->server, "/ours", on_request_come_round,
                           (gpointer) pl_loop_get_mark (), NULL);
  soup_server_add_handler (patient->server, "/others", on_request_come_round, (gpointer) others,
                           NULL);
  soup_server_add_handler (patient->server, "/nobody", on_request_come_round, NULL, NULL);

  patient_check (patient, "/ours", TIMEOUT_MS);
  g_assert_cmpint (patient->health, ==, PL_HEALTH_LOOP);
  g_assert_cmpstr (patient->error, ==, NULL);
  patient_check (patient, "/others", TIMEOUT_MS);
  g_assert_cmpint (patient->health, ==, PL_HEALTH_LOOP);
  patient_check (patient, "/nobody", TIMEOUT_MS);
  patient_assert_error (patient, "answered 508 instead of 200");
}

static void
test_request (Patient *patient, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      patient_check (patient, "/a%20b/ping?c=d%20e", TIMEOUT_MS);
      patient_assert_error (patient, NULL);
      g_assert_cmpstr (g_uri_get_path (patient->asked), ==, "/a%20b/ping");
      g_assert_cmpstr (g_uri_get_query (patient->asked), ==, "c=d%20e");
      g_assert_cmpstr (soup_message_headers_get_one (patient->headers, "User-Agent"), ==,
                       "Porchlight health check");
      g_assert_cmpstr (soup_message_headers_get_one (patient->headers, "Accept"), ==,
                       "application/json");
      g_assert_cmpstr (soup_message_headers_get_one (patient->headers, "Host"), ==,
                       patient->endpoint.label);
      g_assert_cmpstr (soup_message_headers_get_one (patient->headers, "Connection"), ==, "close");
      g_assert_null (soup_message_headers_get_list (patient->headers, "Cookie"));
      g_assert_cmpstr (soup_message_headers_get_list (patient->headers, PL_LOOP_FIELD), ==,
                       pl_loop_get_mark ());
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("http_proxy", "http://127.0.0.1:1/", TRUE); /* must not matter */
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    patient_add_test ("answer", answers[i].name, &answers[i], test_answer);
  for (guint i = 0; i < G_N_ELEMENTS (maintenance_answers); i++)
    patient_add_test ("maintenance", maintenance_answers[i].name, &maintenance_answers[i],
                      test_maintenance);
  patient_add_test ("request", "fields", NULL, test_request);
  patient_add_test ("answer", "loop", NULL, test_loop);
  return g_test_run ();
}
