/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/upstream/patient.h"

#include <string.h>

static const Answer pong = { "pong", PING, 200, "application/json", "{\"res\":\"pong\"}", NULL };

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  Patient *patient = user_data;
  const Answer *answer = patient->answer;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  patient->n_asked++;
  g_clear_pointer (&patient->asked, g_uri_unref);
  patient->asked = g_uri_ref (soup_server_message_get_uri (message));
  g_clear_pointer (&patient->headers, soup_message_headers_unref);
  patient->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));

  soup_server_message_set_status (message, answer->status, NULL);
  soup_server_message_set_response (message, answer->type, SOUP_MEMORY_STATIC, answer->body,
                                    strlen (answer->body));
  soup_message_headers_append (headers, "Set-Cookie", "flavour=oatmeal");
  if (answer->status == 301)
    soup_message_headers_append (headers, "Location", "/elsewhere");
}

void
patient_set_up (Patient *patient, gconstpointer data)
{
  GSList *uris;

  patient->answer = &pong;
  patient->session = pl_health_check_new_session ();
  patient->server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_handler (patient->server, NULL, on_request, patient, NULL);
  soup_server_listen_local (patient->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  uris = soup_server_get_uris (patient->server);
  patient->endpoint.host = g_strdup ("127.0.0.1");
  patient->endpoint.port = g_uri_get_port (uris->data);
  patient->endpoint.label = g_strdup_printf ("127.0.0.1:%u", patient->endpoint.port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
patient_tear_down (Patient *patient, gconstpointer data)
{
  g_object_unref (patient->session);
  g_clear_object (&patient->server);
  g_clear_pointer (&patient->asked, g_uri_unref);
  g_clear_pointer (&patient->headers, soup_message_headers_unref);
  g_free (patient->endpoint.host);
  g_free (patient->endpoint.label);
  g_free (patient->error);
}

static void
on_checked (PlEndpointHealth health, gint64 response_us, const char *error, gpointer user_data)
{
  Patient *patient = user_data;

  g_assert_false (patient->done);
  patient->done = TRUE;
  patient->health = health;
  patient->response_us = response_us;
  g_free (patient->error);
  patient->error = g_strdup (error);
}

PlHealthCheck *
patient_start (Patient *patient, const char *path, guint timeout_ms)
{
  patient->done = FALSE;
  return pl_health_check_start (patient->session, &patient->endpoint, NULL, path, timeout_ms,
                                on_checked, patient);
}

void
patient_check (Patient *patient, const char *path, guint timeout_ms)
{
  patient_start (patient, path, timeout_ms);
  while (!patient->done)
    g_main_context_iteration (NULL, TRUE);
}

void
patient_assert_error (Patient *patient, const char *part)
{
  g_assert_cmpint (patient->health, ==, part == NULL ? PL_HEALTH_WELL : PL_HEALTH_NOT_WELL);
  if (part == NULL)
    g_assert_cmpstr (patient->error, ==, NULL);
  else if (patient->error == NULL || strstr (patient->error, part) == NULL)
    g_error ("“%s” was expected to hold “%s”", patient->error, part);
}

void
patient_leave_open (SoupServer *server,
                    SoupServerMessage *message,
                    const char *path,
                    GHashTable *query,
                    gpointer user_data)
{
  soup_server_message_pause (message);
}

void
patient_add_test (const char *group,
                  const char *name,
                  gconstpointer data,
                  void (*test) (Patient *patient, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/upstream/health-check/%s/%s", group, name);

  g_test_add (path, Patient, data, patient_set_up, test, patient_tear_down);
}
