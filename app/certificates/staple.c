/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/staple.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

#include "app/certificates/facts.h"
#include "app/i18n.h"

/* Clocks differ. */
#define TOLERANCE_S 300

/* The number of a TLS extension (RFC 6066 §8), by which RFC 7633 names it. */
#define STATUS_REQUEST 5

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OCSP_RESPONSE, OCSP_RESPONSE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OCSP_BASICRESP, OCSP_BASICRESP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OCSP_CERTID, OCSP_CERTID_free)

static OCSP_BASICRESP *
read_response (GBytes *octets)
{
  gsize length;
  const guchar *der = g_bytes_get_data (octets, &length);
  g_autoptr (OCSP_RESPONSE) response = d2i_OCSP_RESPONSE (NULL, &der, (long) length);

  return response != NULL ? OCSP_response_get1_basic (response) : NULL;
}

/* By the authority itself, or by one that it has charged with that. Whether the authority can be
 * trusted is for browsers to say. */
static gboolean
is_signed_by (OCSP_BASICRESP *basic, X509 *issuer)
{
  g_autoptr (X509_STORE) store = X509_STORE_new ();
  g_autoptr (PlX509Stack) others = sk_X509_new_null ();

  X509_up_ref (issuer);
  sk_X509_push (others, issuer);
  X509_STORE_add_cert (store, issuer);
  X509_STORE_set_flags (store, X509_V_FLAG_PARTIAL_CHAIN);
  return OCSP_basic_verify (basic, others, store, 0) > 0;
}

static gboolean
is_about (OCSP_SINGLERESP *single, X509 *x509, X509 *issuer)
{
  OCSP_CERTID *id = (OCSP_CERTID *) OCSP_SINGLERESP_get0_id (single);
  ASN1_OBJECT *digest;
  g_autoptr (OCSP_CERTID) own = NULL;

  OCSP_id_get0_info (NULL, &digest, NULL, NULL, id);
  if (EVP_get_digestbyobj (digest) != NULL)
    own = OCSP_cert_to_id (EVP_get_digestbyobj (digest), x509, issuer);
  return own != NULL && OCSP_id_cmp (own, id) == 0;
}

static OCSP_SINGLERESP *
find_single (OCSP_BASICRESP *basic, X509 *x509, X509 *issuer)
{
  for (int i = 0; i < OCSP_resp_count (basic); i++)
    if (is_about (OCSP_resp_get0 (basic, i), x509, issuer))
      return OCSP_resp_get0 (basic, i);
  return NULL;
}

static char *
judge_single (OCSP_SINGLERESP *single, gint64 now_s, gint64 *until_s)
{
  ASN1_GENERALIZEDTIME *since, *until;
  int status = OCSP_single_get0_status (single, NULL, NULL, &since, &until);

  if (status == V_OCSP_CERTSTATUS_REVOKED)
    return g_strdup (_ ("the authority says in it that the certificate is revoked. Have a new "
                        "certificate made"));
  if (status != V_OCSP_CERTSTATUS_GOOD)
    return g_strdup (_ ("the authority says in it that it does not know the certificate"));
  if (until == NULL)
    return g_strdup (_ ("it does not say until when it is good"));
  *until_s = pl_facts_get_time_s (until);
  if (pl_facts_get_time_s (since) > now_s + TOLERANCE_S)
    return g_strdup (_ ("it begins in the time to come. Look at this computer's clock"));
  if (*until_s <= now_s)
    return g_strdup (_ ("it is out of date. Fetch it anew, every day at best"));
  return NULL;
}

char *
pl_staple_judge (const PlCertificate *certificate, GBytes *response, gint64 now_s, gint64 *until_s)
{
  g_autoptr (OCSP_BASICRESP) basic = read_response (response);
  X509 *issuer = pl_certificate_get_issuer_x509 (certificate);
  OCSP_SINGLERESP *single;
  gboolean is_signed = basic != NULL && issuer != NULL && is_signed_by (basic, issuer);

  ERR_clear_error ();
  if (basic == NULL)
    return g_strdup (_ ("it is no answer of OCSP (in the form called DER)"));
  if (issuer == NULL)
    return g_strdup (_ ("who signed the certificate is not in its file. Use fullchain.pem"));
  if (!is_signed)
    return g_strdup (_ ("it is not signed by who signed the certificate"));
  single = find_single (basic, pl_certificate_get_x509 (certificate), issuer);
  if (single == NULL)
    return g_strdup (_ ("it is about another certificate. Fetch it anew"));
  return judge_single (single, now_s, until_s);
}

gboolean
pl_staple_is_demanded (const PlCertificate *certificate)
{
  TLS_FEATURE *features
      = X509_get_ext_d2i (pl_certificate_get_x509 (certificate), NID_tlsfeature, NULL, NULL);
  gboolean is_demanded = FALSE;

  for (int i = 0; i < sk_ASN1_INTEGER_num (features); i++)
    is_demanded |= ASN1_INTEGER_get (sk_ASN1_INTEGER_value (features, i)) == STATUS_REQUEST;
  TLS_FEATURE_free (features);
  return is_demanded;
}

/* Takes @words. */
static PlRemark *
remark (char *words)
{
  PlRemark *made = g_new (PlRemark, 1);

  made->kind = PL_REMARK_STAPLE;
  made->words = words;
  return made;
}

static PlRemark *
remark_unusable (const char *path, const char *why)
{
  /* Translators: a file, and the second half of the sentence, without its full stop. */
  return remark (g_strdup_printf (_ ("“%s” is not handed to browsers: %s."), path, why));
}

static PlRemark *
remark_missing (const PlCertificate *certificate, const char *path)
{
  if (!pl_staple_is_demanded (certificate))
    return NULL;
  return remark (g_strdup_printf (
      /* Translators: “must staple” is what people ask authorities for by that name. */
      _ ("The certificate demands an answer of OCSP with it (“must staple”), and Firefox refuses "
         "the "
         "page without one. Have the certificate made without that demand, or keep an answer in "
         "“%s”."),
      path));
}

PlRemark *
pl_staple_load (PlCertificate *certificate, const char *path, gint64 now_s)
{
  g_autofree char *own_path = g_strconcat (path, PL_STAPLE_SUFFIX, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) response = NULL;
  g_autofree char *why = NULL;
  char *octets;
  gsize n_octets;
  gint64 until_s;

  if (!g_file_get_contents (own_path, &octets, &n_octets, &error))
    return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
               ? remark_missing (certificate, own_path)
               : remark_unusable (own_path, _ ("it cannot be read"));
  response = g_bytes_new_take (octets, n_octets);
  why = pl_staple_judge (certificate, response, now_s, &until_s);
  if (why != NULL)
    return remark_unusable (own_path, why);
  pl_certificate_set_staple (certificate, response, until_s);
  return NULL;
}
