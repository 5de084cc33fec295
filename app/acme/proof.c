/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/proof.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "app/acme/base64url.h"
#include "app/acme/jws.h"
#include "app/certificates/make.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

/* id-pe-acmeIdentifier (RFC 8737 §6.1). */
#define IDENTIFIER_EXTENSION "1.3.6.1.5.5.7.1.31"

#define DIGEST_BYTES 32

/* The certificate of a proof is looked at once; some clocks are wrong by a day. */
#define PROOF_DAYS 7
#define DAY_S      (24 * 60 * 60)

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY,
                       _ ("No key or certificate could be made on this computer."));
  return FALSE;
}

char *
pl_proof_dup_answer (EVP_PKEY *account_key, const char *token)
{
  g_autofree char *thumbprint = pl_jws_dup_thumbprint (account_key);

  return g_strdup_printf ("%s.%s", token, thumbprint);
}

static void
digest_answer (EVP_PKEY *account_key, const char *token, guint8 digest[DIGEST_BYTES])
{
  g_autofree char *answer = pl_proof_dup_answer (account_key, token);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize n_octets = DIGEST_BYTES;

  g_checksum_update (sum, (const guchar *) answer, -1);
  g_checksum_get_digest (sum, digest, &n_octets);
}

char *
pl_proof_dup_record (const char *name)
{
  return g_strdup_printf ("_acme-challenge.%s", name);
}

char *
pl_proof_dup_value (EVP_PKEY *account_key, const char *token)
{
  guint8 digest[DIGEST_BYTES];

  digest_answer (account_key, token, digest);
  return pl_base64url_encode (digest, sizeof digest);
}

/* The certificate of TLS-ALPN-01 */

/* The digest as an OCTET STRING of its own within that of every extension (RFC 8737 §3). */
static gboolean
add_identifier (X509 *x509, EVP_PKEY *account_key, const char *token)
{
  guint8 value[2 + DIGEST_BYTES] = { V_ASN1_OCTET_STRING, DIGEST_BYTES };
  g_autoptr (ASN1_OBJECT) type = OBJ_txt2obj (IDENTIFIER_EXTENSION, 1);
  g_autoptr (ASN1_OCTET_STRING) octets = ASN1_OCTET_STRING_new ();
  g_autoptr (X509_EXTENSION) extension = NULL;

  digest_answer (account_key, token, value + 2);
  if (type == NULL || octets == NULL || ASN1_OCTET_STRING_set (octets, value, sizeof value) != 1)
    return FALSE;
  extension = X509_EXTENSION_create_by_OBJ (NULL, type, 1, octets);
  return extension != NULL && X509_add_ext (x509, extension, -1) == 1;
}

static X509 *
make_proof (EVP_PKEY *account_key, EVP_PKEY *key, const char *name, const char *token)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  PlMaking making
      = { .name = "ACME challenge", .begin_s = now_s - DAY_S, .end_s = now_s + PROOF_DAYS * DAY_S };
  const char *const hosts[] = { name, NULL };
  g_autofree char *host = pl_make_dup_hosts (hosts);
  g_autoptr (X509) x509 = pl_make_begin (&making, key);

  if (x509 == NULL || !pl_make_add (x509, &making, NID_subject_alt_name, host)
      || !add_identifier (x509, account_key, token) || !pl_make_sign (x509, &making, key))
    return NULL;
  return g_steal_pointer (&x509);
}

static gboolean
add_certificate (PlAcmeChallenge *challenge,
                 EVP_PKEY *account_key,
                 const PlAcmeOffer *offer,
                 GError **error)
{
  g_autoptr (EVP_PKEY) key = pl_make_key ();
  X509 *x509 = key != NULL ? make_proof (account_key, key, challenge->name, offer->token) : NULL;
  g_autoptr (PlX509Stack) stack = sk_X509_new_null ();
  g_autoptr (PlCertificate) certificate = NULL;

  if (x509 == NULL)
    return fail (error);
  sk_X509_push (stack, x509);
  certificate = pl_certificate_new (stack, key, error);
  if (certificate == NULL)
    return FALSE;
  challenge->chain = pl_certificate_chain_to_pem (certificate);
  challenge->key = pl_certificate_key_to_pem (certificate);
  return TRUE;
}

/* Challenges */

void
pl_acme_challenge_free (PlAcmeChallenge *challenge)
{
  g_free (challenge->name);
  g_free (challenge->token);
  g_free (challenge->answer);
  g_clear_pointer (&challenge->chain, g_bytes_unref);
  g_clear_pointer (&challenge->key, g_bytes_unref);
  g_free (challenge);
}

PlAcmeChallenge *
pl_proof_new_challenge (EVP_PKEY *account_key,
                        const char *name,
                        const PlAcmeOffer *offer,
                        GError **error)
{
  g_autoptr (PlAcmeChallenge) challenge = g_new0 (PlAcmeChallenge, 1);

  g_return_val_if_fail (offer->way != PL_ACME_WAY_DNS, NULL);
  challenge->name = g_strdup (name);
  if (offer->way == PL_ACME_WAY_HTTP)
    {
      challenge->kind = PL_ACME_CHALLENGE_HTTP;
      challenge->token = g_strdup (offer->token);
      challenge->answer = pl_proof_dup_answer (account_key, offer->token);
    }
  else
    {
      challenge->kind = PL_ACME_CHALLENGE_TLS_ALPN;
      if (!add_certificate (challenge, account_key, offer, error))
        return NULL;
    }
  return g_steal_pointer (&challenge);
}

/* The request */

static gboolean
add_names (X509_REQ *request, const char *const *names)
{
  g_autofree char *value = pl_make_dup_hosts (names);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, NID_subject_alt_name, value);
  g_autoptr (PlX509Extensions) extensions = sk_X509_EXTENSION_new_null ();

  if (extension == NULL)
    return FALSE;
  sk_X509_EXTENSION_push (extensions, extension);
  return X509_REQ_add_extensions (request, extensions) == 1;
}

char *
pl_proof_dup_request (EVP_PKEY *key, const char *const *names, GError **error)
{
  g_autoptr (X509_REQ) request = X509_REQ_new ();
  unsigned char *der = NULL;
  int n_octets = -1;
  char *text;

  if (request != NULL && X509_REQ_set_version (request, X509_REQ_VERSION_1) == 1
      && X509_REQ_set_pubkey (request, key) == 1 && add_names (request, names)
      && X509_REQ_sign (request, key, EVP_sha256 ()) > 0)
    n_octets = i2d_X509_REQ (request, &der);
  if (n_octets <= 0)
    {
      fail (error);
      return NULL;
    }
  text = pl_base64url_encode (der, (gsize) n_octets);
  OPENSSL_free (der);
  return text;
}

/* Renewal */

/* The serial number's content octets of DER, whose first bit is its sign: a zero before it where
 * the number would else look negative. */
static char *
dup_serial (X509 *certificate)
{
  unsigned char *der = NULL;
  int n_octets = i2d_ASN1_INTEGER (X509_get_serialNumber (certificate), &der);
  char *text = NULL;

  /* A type, a length of one octet (RFC 5280 §4.1.2.2 allows 20), the content. */
  if (n_octets > 2 && n_octets < 128)
    text = pl_base64url_encode (der + 2, (gsize) n_octets - 2);
  OPENSSL_free (der);
  return text;
}

char *
pl_proof_dup_renewal_id (X509 *certificate)
{
  const ASN1_OCTET_STRING *authority = X509_get0_authority_key_id (certificate);
  g_autofree char *serial = dup_serial (certificate);
  g_autofree char *id = NULL;

  if (authority == NULL || serial == NULL)
    return NULL;
  id = pl_base64url_encode (ASN1_STRING_get0_data (authority),
                            (gsize) ASN1_STRING_length (authority));
  return g_strdup_printf ("%s.%s", id, serial);
}

char *
pl_proof_dup_renewal_id_of (GBytes *chain)
{
  gsize n_octets;
  const void *octets = g_bytes_get_data (chain, &n_octets);
  g_autoptr (BIO) bio = BIO_new_mem_buf (octets, (int) n_octets);
  g_autoptr (X509) certificate = bio != NULL ? PEM_read_bio_X509 (bio, NULL, NULL, NULL) : NULL;

  ERR_clear_error ();
  return certificate != NULL ? pl_proof_dup_renewal_id (certificate) : NULL;
}
