/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/order.h"

#include "app/acme/failure.h"
#include "app/acme/json.h"
#include "app/acme/pace.h"
#include "app/acme/proof.h"
#include "app/acme/prove.h"
#include "app/certificates/make.h"
#include "app/certificates/read.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

/* An order that was placed. */
typedef struct
{
  char *url;
  PlAcmeOrder *now;
  gint64 retry_s;
} Placed;

static void
placed_free (Placed *placed)
{
  g_free (placed->url);
  g_clear_pointer (&placed->now, pl_acme_order_free);
  g_free (placed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Placed, placed_free)

static const char *const *
get_names (const PlAcmeRun *run)
{
  return (const char *const *) run->wish->names;
}

/* Placing it */

/* @replaces: (nullable): of pl_proof_dup_renewal_id_of() */
static char *
dup_payload (const char *const *names, const char *replaces)
{
  GString *payload = g_string_new ("{\"identifiers\":[");

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *quoted = pl_acme_json_dup_quoted (names[i]);

      g_string_append_printf (payload, "%s{\"type\":\"dns\",\"value\":%s}", i > 0 ? "," : "",
                              quoted);
    }
  g_string_append_c (payload, ']');
  if (replaces != NULL)
    g_string_append_printf (payload, ",\"replaces\":\"%s\"", replaces);
  return g_string_free (g_string_append_c (payload, '}'), FALSE);
}

/* Takes over what is said of the order now. Returns: %FALSE with @error */
static gboolean
take (Placed *placed, const PlAcmeAnswer *answer, GError **error)
{
  g_clear_pointer (&placed->now, pl_acme_order_free);
  placed->now = pl_acme_order_read (answer->body);
  placed->retry_s = answer->retry_s;
  return placed->now != NULL || pl_acme_fail_unknown (error);
}

/* Who knows nothing of renewals is not told of them. */
static char *
dup_replaced (const PlAcmeRun *run)
{
  return run->wish->replaces != NULL && pl_acme_talk_get_directory (run->talk)->renewal_info != NULL
             ? pl_proof_dup_renewal_id_of (run->wish->replaces)
             : NULL;
}

/* An authority may refuse an order for what it replaces: because that was done already, or it does
 * not know of it. As an order of its own it is as good. */
static PlAcmeAnswer *
post_order (const PlAcmeRun *run, GError **error)
{
  const char *url = pl_acme_talk_get_directory (run->talk)->new_order;
  g_autofree char *replaced = dup_replaced (run);
  g_autofree char *payload = dup_payload (get_names (run), replaced);
  g_autofree char *plain = dup_payload (get_names (run), NULL);
  g_autoptr (GError) failure = NULL;
  PlAcmeAnswer *answer = pl_acme_talk_post (run->talk, url, payload, &failure);

  if (answer != NULL)
    return answer;
  if (replaced != NULL && g_error_matches (failure, PL_ACME_ERROR, PL_ACME_ERROR_REFUSED))
    return pl_acme_talk_post (run->talk, url, plain, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static Placed *
place (const PlAcmeRun *run, GError **error)
{
  g_autofree char *names = g_strjoinv (", ", run->wish->names);
  g_autoptr (Placed) placed = g_new0 (Placed, 1);
  g_autoptr (PlAcmeAnswer) answer = NULL;

  pl_acme_run_tell (run, PL_ACME_STEP_ORDER,
                    g_strdup_printf (_ ("A certificate for %s is ordered."), names));
  answer = post_order (run, error);
  if (answer == NULL || !take (placed, answer, error))
    return NULL;
  if (answer->location == NULL || !pl_acme_json_is_url (answer->location))
    {
      pl_acme_fail_unknown (error);
      return NULL;
    }
  placed->url = g_strdup (answer->location);
  return g_steal_pointer (&placed);
}

/* Following it */

static gboolean
fail_invalid (const Placed *placed, GError **error)
{
  if (placed->now->problem == NULL)
    return pl_acme_fail_unknown (error);
  g_propagate_error (error, pl_acme_problem_to_error (placed->now->problem, placed->retry_s));
  return FALSE;
}

static gboolean
is_there (const Placed *placed, PlAcmeStatus wanted)
{
  return placed->now->status == wanted || placed->now->status == PL_ACME_STATUS_VALID;
}

/* Waits until the order is so, or ends. */
static gboolean
follow (const PlAcmeRun *run, Placed *placed, PlAcmeStatus wanted, GError **error)
{
  PlAcmePace pace = { 0 };

  while (!is_there (placed, wanted) && placed->now->status != PL_ACME_STATUS_INVALID)
    {
      g_autoptr (PlAcmeAnswer) answer = NULL;

      if (!pl_acme_pace_wait (&pace, placed->retry_s, pl_acme_talk_get_stop (run->talk), error))
        return FALSE;
      answer = pl_acme_talk_post (run->talk, placed->url, "", error);
      if (answer == NULL || !take (placed, answer, error))
        return FALSE;
    }
  return is_there (placed, wanted) || fail_invalid (placed, error);
}

/* The certificate */

static gboolean
is_for_all (const PlCertificate *certificate, const char *const *names)
{
  for (; *names != NULL; names++)
    if (!g_strv_contains (pl_certificate_get_hosts (certificate), *names))
      return FALSE;
  return TRUE;
}

/* What was sent is looked at before anybody is shown it. */
static PlCertificate *
fetch (const PlAcmeRun *run, const Placed *placed, EVP_PKEY *key, GError **error)
{
  g_autoptr (PlAcmeAnswer) answer
      = pl_acme_talk_post (run->talk, placed->now->certificate, "", error);
  g_autoptr (GBytes) key_pem = pl_key_to_pem (key);
  g_autoptr (PlCertificate) certificate = NULL;

  if (answer == NULL)
    return NULL;
  certificate = pl_certificate_read (answer->body, key_pem, NULL, NULL);
  if (certificate != NULL && is_for_all (certificate, get_names (run)))
    return g_steal_pointer (&certificate);
  pl_acme_fail_unknown (error);
  return NULL;
}

static gboolean
finalize (const PlAcmeRun *run, Placed *placed, EVP_PKEY *key, GError **error)
{
  g_autofree char *request = pl_proof_dup_request (key, get_names (run), error);
  g_autofree char *payload = NULL;
  g_autoptr (PlAcmeAnswer) answer = NULL;

  if (request == NULL)
    return FALSE;
  payload = g_strdup_printf ("{\"csr\":\"%s\"}", request);
  answer = pl_acme_talk_post (run->talk, placed->now->finalize, payload, error);
  return answer != NULL && take (placed, answer, error);
}

static PlCertificate *
finish (const PlAcmeRun *run, Placed *placed, GError **error)
{
  g_autoptr (EVP_PKEY) key = pl_make_key ();

  pl_acme_run_tell (run, PL_ACME_STEP_FINISH,
                    g_strdup (_ ("The names are proven, and the certificate is made.")));
  return follow (run, placed, PL_ACME_STATUS_READY, error) && finalize (run, placed, key, error)
                 && follow (run, placed, PL_ACME_STATUS_VALID, error)
             ? fetch (run, placed, key, error)
             : NULL;
}

/* The whole */

static PlCertificate *
try_way (const PlAcmeRun *run, PlAcmeWay way, gboolean *is_of_way, GError **error)
{
  g_autoptr (Placed) placed = place (run, error);

  *is_of_way = FALSE;
  if (placed == NULL
      || !pl_acme_prove (run, (const char *const *) placed->now->authorizations, way, is_of_way,
                         error))
    return NULL;
  return finish (run, placed, error);
}

/* Takes @first and @second, why one way failed, then the other one. */
static void
fail_both (GError *first, GError *second, GError **error)
{
  g_autoptr (GError) one = first;
  g_autoptr (GError) other = second;
  g_autofree char *words = NULL;

  if (!g_error_matches (other, PL_ACME_ERROR, PL_ACME_ERROR_NOT_PROVEN))
    {
      g_propagate_error (error, g_steal_pointer (&other));
      return;
    }
  /* Translators: two sentences or more each: why one way failed, and why the other one did. */
  words = g_strdup_printf (_ ("%s The other way failed, too: %s"), one->message, other->message);
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_NOT_PROVEN, 0, words));
}

/* A proof that fails ends its order, too: the other way takes a new one. */
PlCertificate *
pl_acme_order_fulfil (const PlAcmeRun *run, GError **error)
{
  GError *first = NULL, *second = NULL;
  gboolean is_of_way;
  PlCertificate *certificate;

  if (run->wish->dns_hook != NULL)
    return try_way (run, PL_ACME_WAY_DNS, &is_of_way, error);
  certificate = try_way (run, PL_ACME_WAY_TLS_ALPN, &is_of_way, &first);
  if (certificate != NULL)
    return certificate;
  if (!is_of_way)
    {
      g_propagate_error (error, first);
      return NULL;
    }
  certificate = try_way (run, PL_ACME_WAY_HTTP, &is_of_way, &second);
  if (certificate != NULL)
    g_clear_error (&first);
  else
    fail_both (first, second, error);
  return certificate;
}
