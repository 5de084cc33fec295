/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a certificate authority answers: understood or not, and of what is understood nothing can
 * reach a person that is not to be shown, or be asked that is not to be. */

#include "app/acme/answer.h"
#include "app/acme/base64url.h"
#include "app/acme/json.h"

#include "tests/fuzz/fuzz.h"

static void
check_error (GError *error)
{
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (error->message, -1), <, 1500);
  for (const char *at = error->message; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (at)));
  g_error_free (error);
}

static void
check_problem (const PlAcmeProblem *problem)
{
  check_error (pl_acme_problem_to_error (problem, 0));
  check_error (pl_acme_problem_to_error (problem, 1700000000));
  for (PlAcmeWay way = PL_ACME_WAY_TLS_ALPN; way <= PL_ACME_WAY_DNS; way++)
    check_error (pl_acme_problem_to_proof_error (problem, "photos.example", way));
}

static void
check_directory (GBytes *body)
{
  g_autoptr (PlAcmeDirectory) directory = pl_acme_directory_read (body);

  if (directory == NULL)
    return;
  g_assert_true (pl_acme_json_is_url (directory->new_nonce));
  g_assert_true (pl_acme_json_is_url (directory->new_account));
  g_assert_true (pl_acme_json_is_url (directory->new_order));
}

static void
check_order (GBytes *body)
{
  g_autoptr (PlAcmeOrder) order = pl_acme_order_read (body);

  if (order == NULL)
    return;
  g_assert_true (pl_acme_json_is_url (order->finalize));
  g_assert_cmpuint (g_strv_length (order->authorizations), >, 0);
  for (guint i = 0; order->authorizations[i] != NULL; i++)
    g_assert_true (pl_acme_json_is_url (order->authorizations[i]));
  g_assert_true (order->status != PL_ACME_STATUS_VALID || order->certificate != NULL);
  if (order->problem != NULL)
    check_problem (order->problem);
}

static void
check_authorization (GBytes *body)
{
  g_autoptr (PlAcmeAuthorization) authorization = pl_acme_authorization_read (body);

  if (authorization == NULL)
    return;
  for (guint i = 0; i < authorization->offers->len; i++)
    {
      const PlAcmeOffer *offer = authorization->offers->pdata[i];

      g_assert_true (pl_acme_json_is_url (offer->url));
      g_assert_true (pl_base64url_is_text (offer->token));
      if (offer->problem != NULL)
        check_problem (offer->problem);
    }
  check_error (pl_acme_problem_to_proof_error (NULL, authorization->name, PL_ACME_WAY_HTTP));
}

static void
check_renewal (GBytes *body)
{
  gint64 start_s, end_s;

  if (pl_acme_renewal_read (body, &start_s, &end_s))
    g_assert_cmpint (start_s, <=, end_s);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new_static (data, size);
  g_autoptr (PlAcmeProblem) problem = pl_acme_problem_read (body);

  if (problem != NULL)
    check_problem (problem);
  check_directory (body);
  check_order (body);
  check_authorization (body);
  check_renewal (body);
  return 0;
}
