/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/talk.h"

#include <string.h>

#include "app/acme/base64url.h"
#include "app/acme/jws.h"
#include "app/finder/ask.h"
#include "app/i18n.h"

#define TIMEOUT_MS 30000

/* RFC 6585 §4, which libsoup has no name for. */
#define TOO_MANY_REQUESTS 429

/* Of nonces that are refused one after the other: who loses count that often is not well. */
#define MAX_TRIES 20

#define MAX_NONCE_CHARACTERS 512

/* An authority that is asked again: soon, then ever more seldom. */
#define FIRST_PAUSE_MS  250
#define MAX_PAUSE_MS    8000
#define MAX_RETRY_MS    60000
#define MAX_DURATION_US (5 * 60 * G_USEC_PER_SEC)

/* What authorities ask for at most: Let's Encrypt counts some things by the week. */
#define MAX_RETRY_S (14 * 24 * 60 * 60)

struct _PlAcmeTalk
{
  const PlAcmeWish *wish;
  EVP_PKEY *key;
  GMainContext *context;
  GSource *outer;
  GCancellable *stop;
  SoupSession *session;
  PlAcmeDirectory *directory;
  char *account;
  char *nonce;
};

void
pl_acme_answer_free (PlAcmeAnswer *answer)
{
  g_bytes_unref (answer->body);
  g_free (answer->location);
  g_free (answer);
}

/* Failures */

gboolean
pl_acme_talk_fail_unknown (GError **error)
{
  g_propagate_error (error,
                     pl_acme_error_new (PL_ACME_ERROR_UNKNOWN_ANSWER, 0,
                                        _ ("The certificate authority answered in a way that "
                                           "Porchlight does not understand. Look whether the "
                                           "address of its directory is right.")));
  return FALSE;
}

/* Takes @cause, of pl_ask_finish(). */
static void
fail_unreachable (const PlAcmeTalk *talk, GError *cause, GError **error)
{
  g_autoptr (GError) owned = cause;
  g_autofree char *reason = NULL;
  g_autofree char *words = NULL;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return;
    }
  reason = pl_ask_dup_failure (cause);
  /* Translators: %s: an address; then the reason: “nobody answers there” */
  words
      = g_strdup_printf (_ ("The certificate authority at %s cannot be asked: %s. See whether this "
                            "computer is in the internet; it is worth trying again later."),
                         talk->wish->directory, reason);
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_UNREACHABLE, 0, words));
}

/* An answer without a word of what is wrong. */
static void
fail_status (guint status, gint64 retry_s, GError **error)
{
  PlAcmeProblem problem = { .kind = PL_ACME_PROBLEM_SERVER };

  if (status == TOO_MANY_REQUESTS)
    problem.kind = PL_ACME_PROBLEM_RATE;
  else if (status < SOUP_STATUS_INTERNAL_SERVER_ERROR)
    {
      pl_acme_talk_fail_unknown (error);
      return;
    }
  g_propagate_error (error, pl_acme_problem_to_error (&problem, retry_s));
}

/* One question */

static void
arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **arrived = user_data;

  *arrived = g_object_ref (result);
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
  if (body == NULL)
    fail_unreachable (talk, cause, error);
  else if (g_bytes_get_size (body) < PL_ASK_MAX_BODY_BYTES)
    return g_steal_pointer (&body);
  else
    pl_acme_talk_fail_unknown (error);
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

/* Retry-After is a number of seconds or a date (RFC 9110 §10.2.3). */
static gint64
read_retry_s (SoupMessage *message)
{
  const char *text
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GDateTime) date = NULL;
  guint64 wait_s;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, MAX_RETRY_S, &wait_s, NULL))
    return now_s + (gint64) wait_s;
  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? CLAMP (g_date_time_to_unix (date), now_s, now_s + MAX_RETRY_S) : 0;
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
  answer->retry_s = read_retry_s (message);
  return answer;
}

/* Takes @problem (nullable). */
static void
fail (SoupMessage *message, PlAcmeProblem *problem, GError **error)
{
  gint64 retry_s = read_retry_s (message);

  if (problem == NULL)
    fail_status (soup_message_get_status (message), retry_s, error);
  else
    {
      g_propagate_error (error, pl_acme_problem_to_error (problem, retry_s));
      pl_acme_problem_free (problem);
    }
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
  fail (message, pl_acme_problem_read (body), error);
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
      fail (message, NULL, error);
      return FALSE;
    }
  take_nonce (talk, message);
  return talk->nonce != NULL || pl_acme_talk_fail_unknown (error);
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

PlAcmeAnswer *
pl_acme_talk_post (PlAcmeTalk *talk, const char *url, const char *payload, GError **error)
{
  for (guint n_tries = 1; has_nonce (talk, error); n_tries++)
    {
      g_autoptr (SoupMessage) message = new_signed (talk, url, payload);
      g_autoptr (GBytes) body = ask (talk, message, error);
      PlAcmeProblem *problem;

      if (body == NULL)
        return NULL;
      take_nonce (talk, message);
      if (is_well (message))
        return new_answer (message, body);
      problem = pl_acme_problem_read (body);
      if (problem == NULL || problem->kind != PL_ACME_PROBLEM_NONCE || n_tries == MAX_TRIES)
        {
          fail (message, problem, error);
          return NULL;
        }
      pl_acme_problem_free (problem);
    }
  return NULL;
}

/* Waiting */

static gboolean
time_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
sleep_for (PlAcmeTalk *talk, guint ms)
{
  g_autoptr (GSource) timer = g_timeout_source_new (ms);
  gboolean is_over = FALSE;

  g_source_set_callback (timer, time_cb, &is_over, NULL);
  g_source_attach (timer, talk->context);
  while (!is_over && !g_cancellable_is_cancelled (talk->stop))
    g_main_context_iteration (talk->context, TRUE);
  g_source_destroy (timer);
}

static guint
find_pause_ms (PlAcmePace *pace, gint64 retry_s)
{
  gint64 asked_ms = retry_s * 1000 - g_get_real_time () / 1000;

  pace->next_ms = pace->next_ms == 0 ? FIRST_PAUSE_MS : MIN (2 * pace->next_ms, MAX_PAUSE_MS);
  return retry_s == 0 ? pace->next_ms : (guint) CLAMP (asked_ms, FIRST_PAUSE_MS, MAX_RETRY_MS);
}

gboolean
pl_acme_talk_pause (PlAcmeTalk *talk, PlAcmePace *pace, gint64 retry_s, GError **error)
{
  if (pace->end_us == 0)
    pace->end_us = g_get_monotonic_time () + MAX_DURATION_US;
  if (g_get_monotonic_time () > pace->end_us)
    {
      g_propagate_error (error,
                         pl_acme_error_new (PL_ACME_ERROR_UNREACHABLE, retry_s,
                                            _ ("The certificate authority did not come to an end "
                                               "in five minutes. It is worth trying again "
                                               "later.")));
      return FALSE;
    }
  sleep_for (talk, find_pause_ms (pace, retry_s));
  return !g_cancellable_set_error_if_cancelled (talk->stop, error);
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
  return talk->directory != NULL || pl_acme_talk_fail_unknown (error);
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
  /* The authority is no Immich that might be ourselves, and the way to it may lead through a
   * proxy. */
  talk->session = pl_ask_new_session (PL_ASK_THROUGH);
  soup_session_set_proxy_resolver (talk->session, g_proxy_resolver_get_default ());
  return trust (talk, error) && open_directory (talk, error) ? g_steal_pointer (&talk) : NULL;
}

void
pl_acme_talk_free (PlAcmeTalk *talk)
{
  soup_session_abort (talk->session);
  g_object_unref (talk->session);
  if (talk->outer != NULL)
    g_source_destroy (talk->outer);
  g_clear_pointer (&talk->outer, g_source_unref);
  /* What libsoup has put off to the next turn would keep its connections. */
  while (g_main_context_iteration (talk->context, FALSE))
    ;
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
