/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a health check makes of those who do not answer, not in time, not to the end, or in no words
 * of HTTP; and that it can be given up at any moment. */

#include <string.h>

#include "tests/unit/moment.h"
#include "tests/unit/upstream/patient.h"

static void
test_nobody (Patient *patient, gconstpointer data)
{
  g_clear_object (&patient->server);
  patient_check (patient, PING, TIMEOUT_MS);
  patient_assert_error (patient, "nobody answers at 127.0.0.1:");
}

/* The name is one that cannot be, so no name server is asked. */
static void
test_unknown_name (Patient *patient, gconstpointer data)
{
  g_free (patient->endpoint.host);
  patient->endpoint.host = g_strdup ("no..name");
  patient_check (patient, PING, TIMEOUT_MS);
  patient_assert_error (patient, "was not found");
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
test_raw_answer (Patient *patient, gconstpointer data)
{
  const RawAnswer *answer = data;
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (1);

  patient->endpoint.port
      = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "run", G_CALLBACK (on_raw_connection), (gpointer) answer->octets);
  patient_check (patient, answer->path, TIMEOUT_MS);
  patient_assert_error (patient, answer->error);
}

/* The second question has its share of the same time. */
static void
test_slow_config (Patient *patient, gconstpointer data)
{
  const Answer ping = { NULL, PING, 404, "application/json", "{}", NULL };

  patient->answer = &ping;
  soup_server_add_handler (patient->server, CONFIG, patient_leave_open, NULL, NULL);
  patient_check (patient, PING, 100);
  patient_assert_error (patient, "answered 404 instead of 200");
  g_assert_cmpint (patient->response_us, >=, 100 * 1000);
}

static void
test_slow_head (Patient *patient, gconstpointer data)
{
  soup_server_add_handler (patient->server, PING, patient_leave_open, NULL, NULL);
  patient_check (patient, PING, 100);
  patient_assert_error (patient, "took longer than 0.1 s");
  g_assert_cmpint (patient->response_us, >=, 100 * 1000);
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
test_slow_body (Patient *patient, gconstpointer data)
{
  soup_server_add_handler (patient->server, "/", on_request_without_end, GUINT_TO_POINTER (1),
                           NULL);
  patient_check (patient, "/", 100);
  patient_assert_error (patient, "took longer than 0.1 s");
}

/* Only its beginning is read, so it is neither late nor judged as JSON. */
static void
test_endless_body (Patient *patient, gconstpointer data)
{
  soup_server_add_handler (patient->server, "/", on_request_without_end, GUINT_TO_POINTER (8000),
                           NULL);
  patient_check (patient, "/", TIMEOUT_MS);
  patient_assert_error (patient, NULL);
  patient_check (patient, "/ping", TIMEOUT_MS);
  patient_assert_error (patient, "something else " NO_PING);
}

/* Cancelled after so many turns of the main context, so at every stage of the check. */
static void
cancel_at_every_stage (Patient *patient, const char *path, guint n_stages)
{
  for (guint n_turns = 0; n_turns < n_stages; n_turns++)
    {
      PlHealthCheck *started = patient_start (patient, path, 10 * 1000);

      for (guint i = 0; i < n_turns; i++)
        g_main_context_iteration (NULL, FALSE);
      pl_health_check_cancel (started);
      run_for (5);
      g_assert_false (patient->done);
    }
}

static void
test_cancel (Patient *patient, gconstpointer data)
{
  soup_server_add_handler (patient->server, "/", on_request_without_end, GUINT_TO_POINTER (1),
                           NULL);
  cancel_at_every_stage (patient, "/", 25);
}

static void
test_cancel_second (Patient *patient, gconstpointer data)
{
  const Answer ping = { NULL, PING, 404, "application/json", "{}", NULL };

  patient->answer = &ping;
  soup_server_add_handler (patient->server, CONFIG, patient_leave_open, NULL, NULL);
  cancel_at_every_stage (patient, PING, 50);
}

/* None waits for another, though all go to the same computer. */
static void
test_many (Patient *patient, gconstpointer data)
{
  PlHealthCheck *silent[20];

  soup_server_add_handler (patient->server, "/silent", patient_leave_open, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    silent[i] = patient_start (patient, "/silent", TIMEOUT_MS);
  run_for (20);
  patient_check (patient, PING, TIMEOUT_MS);
  patient_assert_error (patient, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    pl_health_check_cancel (silent[i]);
  run_for (20);
}

int
main (int argc, char *argv[])
{
  g_setenv ("http_proxy", "http://127.0.0.1:1/", TRUE); /* must not matter */
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (raw_answers); i++)
    patient_add_test ("raw", raw_answers[i].name, &raw_answers[i], test_raw_answer);
  patient_add_test ("silence", "many", NULL, test_many);
  patient_add_test ("silence", "nobody", NULL, test_nobody);
  patient_add_test ("silence", "unknown-name", NULL, test_unknown_name);
  patient_add_test ("silence", "slow-head", NULL, test_slow_head);
  patient_add_test ("silence", "slow-config", NULL, test_slow_config);
  patient_add_test ("silence", "slow-body", NULL, test_slow_body);
  patient_add_test ("silence", "endless-body", NULL, test_endless_body);
  patient_add_test ("silence", "cancel", NULL, test_cancel);
  patient_add_test ("silence", "cancel-second", NULL, test_cancel_second);
  return g_test_run ();
}
