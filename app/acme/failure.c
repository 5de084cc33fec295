/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/failure.h"

#include "app/finder/ask.h"
#include "app/i18n.h"

/* RFC 6585 §4, which libsoup has no name for. */
#define TOO_MANY_REQUESTS 429

/* What authorities ask for at most: Let's Encrypt counts some things by the week. */
#define MAX_RETRY_S (14 * 24 * 60 * 60)

gboolean
pl_acme_fail_unknown (GError **error)
{
  g_propagate_error (error,
                     pl_acme_error_new (PL_ACME_ERROR_UNKNOWN_ANSWER, 0,
                                        _ ("The certificate authority answered in a way that "
                                           "Porchlight does not understand. Look whether the "
                                           "address of its directory is right.")));
  return FALSE;
}

void
pl_acme_fail_unreachable (const char *directory, GError *cause, GError **error)
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
                         directory, reason);
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_UNREACHABLE, 0, words));
}

/* Without a word of what is wrong. */
static void
fail_status (guint status, gint64 retry_s, GError **error)
{
  PlAcmeProblem problem = { .kind = PL_ACME_PROBLEM_SERVER };

  if (status == TOO_MANY_REQUESTS)
    problem.kind = PL_ACME_PROBLEM_RATE;
  else if (status < SOUP_STATUS_INTERNAL_SERVER_ERROR)
    {
      pl_acme_fail_unknown (error);
      return;
    }
  g_propagate_error (error, pl_acme_problem_to_error (&problem, retry_s));
}

void
pl_acme_fail_answer (SoupMessage *message, PlAcmeProblem *problem, GError **error)
{
  gint64 retry_s = pl_acme_get_retry_s (message);

  if (problem == NULL)
    fail_status (soup_message_get_status (message), retry_s, error);
  else
    {
      g_propagate_error (error, pl_acme_problem_to_error (problem, retry_s));
      pl_acme_problem_free (problem);
    }
}

gint64
pl_acme_get_retry_s (SoupMessage *message)
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
