/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/upstream/health-check.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "net/i18n.h"
#include "net/route/loop.h"
#include "net/upstream/http1.h"
#include "net/upstream/trust.h"
#include "net/upstream/timer.h"

/* A ping takes a dozen bytes. Of a longer answer no more is read, and JSON is not judged then:
 * json-glib parses by recursion, so the bound also keeps brackets from exhausting the stack. */
#define MAX_BODY_BYTES 4096

/* What an Immich in maintenance mode still answers, beside its page. */
#define MAINTENANCE_PATH "/api/server/config"

/* Loop Detected: libsoup has no name for it. */
#define STATUS_LOOP 508

/* Always exactly one operation is under way, and it holds the check: a cancelled check lives on
 * until libsoup has let go of it, but has lost its function. @error is what the first question led
 * to, kept while the second, about maintenance mode, is asked. */
struct _PlHealthCheck
{
  SoupSession *session;
  SoupMessage *message;
  char *error;
  char *label;
  PlProof *proof; /* (nullable): of one that encrypts */
  guint timeout_ms;
  GSource *timer;
  gboolean late;
  GCancellable *cancellable;
  gint64 started_us;
  char body[MAX_BODY_BYTES];
  PlHealthCheckFunc done;
  gpointer user_data;
};

SoupSession *
pl_health_check_new_session (void)
{
  /* By default two checks of one computer would make a third wait, and so be late. */
  SoupSession *session = g_object_new (SOUP_TYPE_SESSION, "max-conns", G_MAXINT,
                                       "max-conns-per-host", G_MAXINT, NULL);

  soup_session_set_user_agent (session, "Porchlight health check");
  /* Requests do not take the way through the system's proxy either. */
  soup_session_set_proxy_resolver (session, NULL);
  return session;
}

static SoupMessage *
make_request (GUri *uri)
{
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_append (headers, "Accept", "application/json");
  soup_message_headers_append (headers, PL_LOOP_FIELD, pl_loop_get_mark ());
  /* So that each check shows that a connection can be made. */
  soup_message_headers_append (headers, "Connection", "close");
  /* Whatever a redirect leads to is not the endpoint. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  pl_http1_use (message);
  return message;
}

static void
check_free (PlHealthCheck *check)
{
  pl_timer_stop (&check->timer);
  g_object_unref (check->cancellable);
  g_object_unref (check->message);
  g_object_unref (check->session);
  g_free (check->error);
  g_free (check->label);
  g_clear_pointer (&check->proof, pl_proof_unref);
  g_free (check);
}

/* Tells of @health, with @check->error, and is over. */
static void
finish (PlHealthCheck *check, PlEndpointHealth health)
{
  g_autofree char *error = g_steal_pointer (&check->error);
  gint64 response_us = g_get_monotonic_time () - check->started_us;
  PlHealthCheckFunc done = check->done;
  gpointer user_data = check->user_data;

  check_free (check);
  if (done != NULL)
    done (health, response_us, error, user_data);
}

/* @error: (transfer full) (nullable) */
static void
finish_asking (PlHealthCheck *check, char *error)
{
  check->error = error;
  finish (check, error == NULL ? PL_HEALTH_WELL : PL_HEALTH_NOT_WELL);
}

static char *
explain_failure (PlHealthCheck *check, const GError *error)
{
  if (check->late)
    return g_strdup_printf (_ ("took longer than %g s"), check->timeout_ms / 1000.0);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf (_ ("nobody answers at %s"), check->label);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return g_strdup_printf (_ ("there is no way to %s"), check->label);
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup_printf (_ ("the name of %s was not found"), check->label);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_strdup_printf (_ ("the certificate of %s is not to be trusted"), check->label);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    return g_strdup (_ ("HTTPS takes the package glib-networking, which is missing"));
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf (_ ("no encryption could be agreed on with %s"), check->label);
  return g_strdup_printf (_ ("broke off: %s"), error->message);
}

/* JSON without `res` is no ping of Immich's, but may be another program's good answer. */
static gboolean
denies_pong (JsonNode *root)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *res = object != NULL ? json_object_get_member (object, "res") : NULL;

  if (res == NULL)
    return FALSE;
  return !JSON_NODE_HOLDS_VALUE (res) || g_strcmp0 (json_node_get_string (res), "pong") != 0;
}

static char *
judge_json (const char *body, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  /* Of nothing at all it makes no error and no root. */
  if (!json_parser_load_from_data (parser, body, length, NULL)
      || json_parser_get_root (parser) == NULL)
    return g_strdup (_ ("answered broken JSON"));
  if (denies_pong (json_parser_get_root (parser)))
    return g_strdup (_ ("answered, but not with pong"));
  return NULL;
}

static gboolean
is_json (const char *type)
{
  return type != NULL
         && (g_ascii_strcasecmp (type, "application/json") == 0
             || g_str_has_suffix (type, "+json"));
}

static char *
judge_body (PlHealthCheck *check, gsize length)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (check->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  gboolean whole = length < MAX_BODY_BYTES;

  if (is_json (type) && whole)
    return judge_json (check->body, length);
  if (!g_str_has_suffix (g_uri_get_path (soup_message_get_uri (check->message)), "/ping"))
    return NULL;
  return g_strdup (g_strcmp0 (type, "text/html") == 0
                       ? _ ("answered a web page where a ping was expected")
                       : _ ("answered something else where a ping was expected"));
}

static void
on_body (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlHealthCheck *check = user_data;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    finish_asking (check, explain_failure (check, error));
  else
    finish_asking (check, judge_body (check, length));
}

/* Maintenance mode */

static gboolean
tells_of_maintenance (const char *body, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root, *mode;

  if (length == MAX_BODY_BYTES || !json_parser_load_from_data (parser, body, length, NULL))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  mode = json_object_get_member (json_node_get_object (root), "maintenanceMode");
  return mode != NULL && json_node_get_value_type (mode) == G_TYPE_BOOLEAN
         && json_node_get_boolean (mode);
}

static void
on_maintenance_body (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlHealthCheck *check = user_data;
  gsize length;

  if (g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, NULL)
      && tells_of_maintenance (check->body, length))
    {
      g_clear_pointer (&check->error, g_free);
      finish (check, PL_HEALTH_MAINTENANCE);
    }
  else
    finish (check, PL_HEALTH_NOT_WELL);
}

static void
read_body (PlHealthCheck *check, GInputStream *body, GAsyncReadyCallback callback)
{
  g_input_stream_read_all_async (body, check->body, sizeof check->body, G_PRIORITY_DEFAULT,
                                 check->cancellable, callback, check);
}

static void
on_maintenance_head (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlHealthCheck *check = user_data;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, NULL);

  if (body == NULL || !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (check->message)))
    finish (check, PL_HEALTH_NOT_WELL);
  else
    read_body (check, body, on_maintenance_body);
}

/* Takes the place of the message, whose answer is then read no further. */
static void
ask (PlHealthCheck *check, GUri *uri, GAsyncReadyCallback callback)
{
  g_clear_object (&check->message);
  check->message = make_request (uri);
  if (check->proof != NULL)
    pl_trust_use (check->message, check->proof);
  soup_session_send_async (check->session, check->message, G_PRIORITY_DEFAULT, check->cancellable,
                           callback, check);
}

static void
ask_for_maintenance (PlHealthCheck *check)
{
  g_autoptr (GUri) uri = soup_uri_copy (soup_message_get_uri (check->message), SOUP_URI_PATH,
                                        MAINTENANCE_PATH, SOUP_URI_QUERY, NULL, SOUP_URI_NONE);

  ask (check, uri, on_maintenance_head);
}

/* The first answer */

/* A Porchlight that finds its own mark on a request, or knows that it would, answers 508 with that
 * mark. It need not be ours: in a ring of several, one of the others may know first. */
static gboolean
is_loop (SoupMessage *message)
{
  return soup_message_get_status (message) == STATUS_LOOP
         && soup_message_headers_get_list (soup_message_get_response_headers (message),
                                           PL_LOOP_FIELD)
                != NULL;
}

static void
on_head (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlHealthCheck *check = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  SoupStatus status = soup_message_get_status (check->message);

  if (body == NULL)
    {
      finish_asking (check, explain_failure (check, error));
      return;
    }
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      read_body (check, body, on_body);
      return;
    }
  if (is_loop (check->message))
    {
      finish (check, PL_HEALTH_LOOP);
      return;
    }
  check->error = g_strdup_printf (_ ("answered %u instead of 200"), status);
  if (status == SOUP_STATUS_NOT_FOUND || SOUP_STATUS_IS_REDIRECTION (status))
    ask_for_maintenance (check);
  else
    finish (check, PL_HEALTH_NOT_WELL);
}

/* The operation may end, and take the check along, before g_cancellable_cancel() returns. */
static void
stop_operation (PlHealthCheck *check)
{
  g_autoptr (GCancellable) cancellable = g_object_ref (check->cancellable);

  g_cancellable_cancel (cancellable);
}

static void
on_late (gpointer user_data)
{
  PlHealthCheck *check = user_data;

  check->late = TRUE;
  stop_operation (check);
}

static GUri *
make_uri (const PlEndpointConfig *endpoint, const char *path)
{
  const char *query = strchr (path, '?');
  g_autofree char *bare_path = query != NULL ? g_strndup (path, query - path) : g_strdup (path);

  return g_uri_build (SOUP_HTTP_URI_FLAGS, endpoint->encrypts ? "https" : "http", NULL,
                      endpoint->host, endpoint->port, bare_path, query != NULL ? query + 1 : NULL,
                      NULL);
}

PlHealthCheck *
pl_health_check_start (SoupSession *session,
                       const PlEndpointConfig *endpoint,
                       PlProof *proof,
                       const char *path,
                       guint timeout_ms,
                       PlHealthCheckFunc done,
                       gpointer user_data)
{
  PlHealthCheck *check = g_new (PlHealthCheck, 1);
  g_autoptr (GUri) uri = make_uri (endpoint, path);

  *check = (PlHealthCheck){
    .session = g_object_ref (session),
    .label = g_strdup (endpoint->label),
    .proof = endpoint->encrypts ? pl_proof_ref (proof) : NULL,
    .timeout_ms = timeout_ms,
    .timer = pl_timer_start (timeout_ms, on_late, check),
    .cancellable = g_cancellable_new (),
    .started_us = g_get_monotonic_time (),
    .done = done,
    .user_data = user_data,
  };
  ask (check, uri, on_head);
  return check;
}

void
pl_health_check_cancel (PlHealthCheck *check)
{
  check->done = NULL;
  pl_timer_stop (&check->timer);
  stop_operation (check);
}
