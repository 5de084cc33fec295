/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/talk.h"

#include <string.h>

#include "app/acme/base64url.h"
#include "app/acme/failure.h"
#include "app/acme/jws.h"
#include "app/finder/ask.h"
#include "app/i18n.h"

#define TIMEOUT_MS 30000

/* Of nonces that are refused one after the other: who loses count that often is not well. */
#define MAX_TRIES 20

#define MAX_NONCE_CHARACTERS 512

struct _PlAcmeTalk
{
  const PlAcmeWish *wish;
  EVP_PKEY *key;
  GMainContext *context;
  GSource *outer;
  GCancellable *stop;
  SoupSession *session;
  guint n_open; /* questions that libsoup has not let go of */
  PlAcmeDirectory *directory;
  char *account;
  char *nonce;
  gboolean was_broken; /* whether the last question's connection ended without an answer */
};

void
pl_acme_answer_free (PlAcmeAnswer *answer)
{
  g_bytes_unref (answer->body);
  g_free (answer->location);
  g_free (answer);
}

/* One question */

static void
arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **arrived = user_data;

  *arrived = g_object_ref (result);
}

/* A kept connection that its other end closed meanwhile is only noticed by asking on it. */
static gboolean
is_broken (const GError *cause)
{
  return g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

/* Returns: (nullable): the body, if it came whole */
static GBytes *
ask (PlAcmeTalk *talk, SoupMessage *message, GError **error)
{
  g_autoptr (GAsyncResult) arrived = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *cause = NULL;

  pl_ask_async (talk->session, message, TIMEOUT_MS, talk->stop, arrived_cb, &arrived);
  while (arrived == NULL)
    g_main_context_iteration (talk->context, TRUE);
  body = pl_ask_finish (arrived, &cause);
  talk->was_broken = body == NULL && is_broken (cause);
  if (body == NULL)
    pl_acme_fail_unreachable (talk->wish->directory, cause, error);
  else if (g_bytes_get_size (body) < PL_ASK_MAX_BODY_BYTES)
    return g_steal_pointer (&body);
  else
    pl_acme_fail_unknown (error);
  return NULL;
}

static SoupMessage *
new_message (const char *url)
{
  return pl_ask_new_message (url, "");
}

static void
take_nonce (PlAcmeTalk *talk, SoupMessage *message)
{
  const char *nonce
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Replay-Nonce");

  g_clear_pointer (&talk->nonce, g_free);
  if (nonce != NULL && strlen (nonce) <= MAX_NONCE_CHARACTERS && pl_base64url_is_text (nonce))
    talk->nonce = g_strdup (nonce);
}

static gboolean
is_well (SoupMessage *message)
{
  return SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message));
}

static PlAcmeAnswer *
new_answer (SoupMessage *message, GBytes *body)
{
  PlAcmeAnswer *answer = g_new0 (PlAcmeAnswer, 1);

  answer->body = g_bytes_ref (body);
  answer->location = g_strdup (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  answer->retry_s = pl_acme_get_retry_s (message);
  return answer;
}

PlAcmeAnswer *
pl_acme_talk_get (PlAcmeTalk *talk, const char *url, GError **error)
{
  g_autoptr (SoupMessage) message = new_message (url);
  g_autoptr (GBytes) body = ask (talk, message, error);

  if (body == NULL)
    return NULL;
  if (is_well (message))
    return new_answer (message, body);
  pl_acme_fail_answer (message, pl_acme_problem_read (body), error);
  return NULL;
}

/* Signed questions */

static gboolean
has_nonce (PlAcmeTalk *talk, GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;

  if (talk->nonce != NULL)
    return TRUE;
  message = new_message (talk->directory->new_nonce);
  soup_message_set_method (message, SOUP_METHOD_HEAD);
  body = ask (talk, message, error);
  if (body == NULL)
    return FALSE;
  if (!is_well (message))
    {
      pl_acme_fail_answer (message, NULL, error);
      return FALSE;
    }
  take_nonce (talk, message);
  return talk->nonce != NULL || pl_acme_fail_unknown (error);
}

/* Uses up the nonce. */
static SoupMessage *
new_signed (PlAcmeTalk *talk, const char *url, const char *payload)
{
  g_autofree char *nonce = g_steal_pointer (&talk->nonce);
  PlJwsHead head = { .account = talk->account, .nonce = nonce, .url = url };
  char *jws = pl_jws_sign (talk->key, &head, payload);
  g_autoptr (GBytes) body = g_bytes_new_take (jws, jws != NULL ? strlen (jws) : 0);
  SoupMessage *message = new_message (url);

  soup_message_set_method (message, SOUP_METHOD_POST);
  soup_message_set_request_body_from_bytes (message, "application/jose+json", body);
  return message;
}

/* One try. Returns: (nullable): %NULL with @error */
static PlAcmeAnswer *
post (PlAcmeTalk *talk,
      const char *url,
      const char *payload,
      gboolean *is_nonce_refused,
      GError **error)
{
  g_autoptr (SoupMessage) message = new_signed (talk, url, payload);
  g_autoptr (GBytes) body = ask (talk, message, error);
  PlAcmeProblem *problem;

  *is_nonce_refused = FALSE;
  if (body == NULL)
    return NULL;
  take_nonce (talk, message);
  if (is_well (message))
    return new_answer (message, body);
  problem = pl_acme_problem_read (body);
  *is_nonce_refused = problem != NULL && problem->kind == PL_ACME_PROBLEM_NONCE;
  pl_acme_fail_answer (message, problem, error);
  return NULL;
}

/* Whoever answers not at all may have heeded the question: then its nonce is used up, and the same
 * question once more does no harm (RFC 8555 §6.5). */
PlAcmeAnswer *
pl_acme_talk_post (PlAcmeTalk *talk, const char *url, const char *payload, GError **error)
{
  g_autoptr (GError) failure = NULL;
  guint n_broken = 0;

  for (guint n_tries = 1; has_nonce (talk, error); n_tries++)
    {
      gboolean is_nonce_refused;
      PlAcmeAnswer *answer;

      g_clear_error (&failure);
      answer = post (talk, url, payload, &is_nonce_refused, &failure);
      if (answer != NULL)
        return answer;
      if (!(is_nonce_refused && n_tries < MAX_TRIES) && !(talk->was_broken && n_broken++ == 0))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return NULL;
}

/* From beginning to end */

static gboolean
outer_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Cancellation comes from another thread; what waits here is only touched from here. */
static void
follow (PlAcmeTalk *talk, GCancellable *outer)
{
  talk->outer = g_cancellable_source_new (outer);
  g_source_set_callback (talk->outer, G_SOURCE_FUNC (outer_cb), talk->stop, NULL);
  g_source_attach (talk->outer, talk->context);
}

static void
queued_cb (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  ((PlAcmeTalk *) user_data)->n_open++;
}

static void
unqueued_cb (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  ((PlAcmeTalk *) user_data)->n_open--;
}

/* The authority is no Immich that might be ourselves, and the way to it may lead through a proxy.
 */
static void
open_session (PlAcmeTalk *talk)
{
  talk->session = pl_ask_new_session (PL_ASK_THROUGH);
  soup_session_set_proxy_resolver (talk->session, g_proxy_resolver_get_default ());
  g_signal_connect (talk->session, "request-queued", G_CALLBACK (queued_cb), talk);
  g_signal_connect (talk->session, "request-unqueued", G_CALLBACK (unqueued_cb), talk);
}

/* What was put off to the next turn keeps what it is about. */
static void
run_out (PlAcmeTalk *talk)
{
  while (g_main_context_iteration (talk->context, FALSE))
    ;
}

/* A question that failed has its answer before libsoup has let go of its connection, and a session
 * does not end with connections that are in use. */
static void
close_session (PlAcmeTalk *talk)
{
  soup_session_abort (talk->session);
  while (talk->n_open > 0)
    g_main_context_iteration (talk->context, TRUE);
  soup_session_abort (talk->session);
  run_out (talk);
  g_object_unref (talk->session);
}

static gboolean
trust (PlAcmeTalk *talk, GError **error)
{
  g_autoptr (GTlsDatabase) known = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *words = NULL;

  if (talk->wish->authorities == NULL)
    return TRUE;
  known = g_tls_file_database_new (talk->wish->authorities, &cause);
  if (known != NULL)
    {
      soup_session_set_tls_database (talk->session, known);
      return TRUE;
    }
  words = g_strdup_printf (_ ("“%s” cannot be read as certificates that vouch for the certificate "
                              "authority: %s"),
                           talk->wish->authorities, cause->message);
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_UNREACHABLE, 0, words));
  return FALSE;
}

static gboolean
open_directory (PlAcmeTalk *talk, GError **error)
{
  g_autoptr (PlAcmeAnswer) answer = pl_acme_talk_get (talk, talk->wish->directory, error);

  if (answer == NULL)
    return FALSE;
  talk->directory = pl_acme_directory_read (answer->body);
  return talk->directory != NULL || pl_acme_fail_unknown (error);
}

PlAcmeTalk *
pl_acme_talk_new (const PlAcmeWish *wish, EVP_PKEY *key, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlAcmeTalk) talk = g_new0 (PlAcmeTalk, 1);

  talk->wish = wish;
  talk->key = key;
  talk->context = g_main_context_new ();
  g_main_context_push_thread_default (talk->context);
  talk->stop = g_cancellable_new ();
  if (cancellable != NULL)
    follow (talk, cancellable);
  open_session (talk);
  return trust (talk, error) && open_directory (talk, error) ? g_steal_pointer (&talk) : NULL;
}

void
pl_acme_talk_free (PlAcmeTalk *talk)
{
  close_session (talk);
  if (talk->outer != NULL)
    g_source_destroy (talk->outer);
  g_clear_pointer (&talk->outer, g_source_unref);
  run_out (talk);
  g_main_context_pop_thread_default (talk->context);
  g_main_context_unref (talk->context);
  g_object_unref (talk->stop);
  g_clear_pointer (&talk->directory, pl_acme_directory_free);
  g_free (talk->account);
  g_free (talk->nonce);
  g_free (talk);
}

const PlAcmeDirectory *
pl_acme_talk_get_directory (const PlAcmeTalk *talk)
{
  return talk->directory;
}

GCancellable *
pl_acme_talk_get_stop (const PlAcmeTalk *talk)
{
  return talk->stop;
}

void
pl_acme_talk_set_account (PlAcmeTalk *talk, const char *url)
{
  g_free (talk->account);
  talk->account = g_strdup (url);
}
