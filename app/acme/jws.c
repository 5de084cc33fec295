/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/jws.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/hmac.h>
#include <string.h>

#include "app/acme/base64url.h"
#include "app/acme/json.h"

/* A number of P-256: a coordinate, or half a signature. */
#define NUMBER_BYTES 32

#define DIGEST_BYTES 32

gboolean
pl_jws_is_fit (EVP_PKEY *key)
{
  char group[64];

  return EVP_PKEY_is_a (key, "EC") == 1
         && EVP_PKEY_get_group_name (key, group, sizeof group, NULL) == 1
         && g_str_equal (group, SN_X9_62_prime256v1);
}

/* The key */

static char *
dup_coordinate (EVP_PKEY *key, const char *which)
{
  guint8 octets[NUMBER_BYTES] = { 0 };
  BIGNUM *taken = NULL;
  g_autoptr (BIGNUM) number = NULL;

  EVP_PKEY_get_bn_param (key, which, &taken);
  number = taken;
  if (number != NULL)
    BN_bn2binpad (number, octets, sizeof octets);
  return pl_base64url_encode (octets, sizeof octets);
}

char *
pl_jws_dup_jwk (EVP_PKEY *key)
{
  g_autofree char *x = dup_coordinate (key, OSSL_PKEY_PARAM_EC_PUB_X);
  g_autofree char *y = dup_coordinate (key, OSSL_PKEY_PARAM_EC_PUB_Y);

  return g_strdup_printf ("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}", x, y);
}

char *
pl_jws_dup_thumbprint (EVP_PKEY *key)
{
  g_autofree char *jwk = pl_jws_dup_jwk (key);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[DIGEST_BYTES];
  gsize n_octets = sizeof digest;

  g_checksum_update (sum, (const guchar *) jwk, -1);
  g_checksum_get_digest (sum, digest, &n_octets);
  return pl_base64url_encode (digest, n_octets);
}

/* Signatures */

/* OpenSSL's form is DER, that of RFC 7518 two numbers of fixed length. */
static char *
encode_signature (const guint8 *der, gsize n_octets)
{
  g_autoptr (ECDSA_SIG) signature = d2i_ECDSA_SIG (NULL, &der, (long) n_octets);
  guint8 plain[2 * NUMBER_BYTES];

  if (signature == NULL
      || BN_bn2binpad (ECDSA_SIG_get0_r (signature), plain, NUMBER_BYTES) != NUMBER_BYTES
      || BN_bn2binpad (ECDSA_SIG_get0_s (signature), plain + NUMBER_BYTES, NUMBER_BYTES)
             != NUMBER_BYTES)
    return NULL;
  return pl_base64url_encode (plain, sizeof plain);
}

char *
pl_jws_dup_signature (EVP_PKEY *key, const char *signed_text)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  const guint8 *octets = (const guint8 *) signed_text;
  guint8 der[128];
  gsize n_octets = sizeof der;

  if (context == NULL || EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, key) != 1
      || EVP_DigestSign (context, der, &n_octets, octets, strlen (signed_text)) != 1)
    return NULL;
  return encode_signature (der, n_octets);
}

char *
pl_jws_dup_mac (const char *secret, const char *signed_text)
{
  guint8 mac[DIGEST_BYTES];
  guint n_mac = sizeof mac;
  gsize n_octets = 0;
  guint8 *octets = pl_base64url_decode (secret, &n_octets);
  gboolean is_done;

  if (octets == NULL)
    return NULL;
  is_done = HMAC (EVP_sha256 (), octets, (int) n_octets, (const guint8 *) signed_text,
                  strlen (signed_text), mac, &n_mac)
            != NULL;
  OPENSSL_cleanse (octets, n_octets);
  g_free (octets);
  return is_done ? pl_base64url_encode (mac, n_mac) : NULL;
}

/* The whole */

static char *
dup_encoded (const char *text)
{
  return pl_base64url_encode ((const guint8 *) text, strlen (text));
}

/* Takes @signature (nullable). */
static char *
put_together (const char *head, const char *payload, char *signature)
{
  g_autofree char *owned = signature;

  return owned == NULL
             ? NULL
             : g_strdup_printf ("{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}",
                                head, payload, owned);
}

static char *
dup_head (EVP_PKEY *key, const PlJwsHead *head)
{
  g_autofree char *who
      = head->account != NULL ? pl_acme_json_dup_quoted (head->account) : pl_jws_dup_jwk (key);
  g_autofree char *nonce = pl_acme_json_dup_quoted (head->nonce);
  g_autofree char *url = pl_acme_json_dup_quoted (head->url);

  return g_strdup_printf ("{\"alg\":\"ES256\",\"%s\":%s,\"nonce\":%s,\"url\":%s}",
                          head->account != NULL ? "kid" : "jwk", who, nonce, url);
}

char *
pl_jws_sign (EVP_PKEY *key, const PlJwsHead *head, const char *payload)
{
  g_autofree char *head_text = dup_head (key, head);
  g_autofree char *head_code = dup_encoded (head_text);
  g_autofree char *payload_code = dup_encoded (payload);
  g_autofree char *signed_text = g_strdup_printf ("%s.%s", head_code, payload_code);

  return put_together (head_code, payload_code, pl_jws_dup_signature (key, signed_text));
}

char *
pl_jws_bind (EVP_PKEY *key, const char *id, const char *secret, const char *url)
{
  g_autofree char *kid = pl_acme_json_dup_quoted (id);
  g_autofree char *where = pl_acme_json_dup_quoted (url);
  g_autofree char *head_text
      = g_strdup_printf ("{\"alg\":\"HS256\",\"kid\":%s,\"url\":%s}", kid, where);
  g_autofree char *jwk = pl_jws_dup_jwk (key);
  g_autofree char *head_code = dup_encoded (head_text);
  g_autofree char *payload_code = dup_encoded (jwk);
  g_autofree char *signed_text = g_strdup_printf ("%s.%s", head_code, payload_code);

  return put_together (head_code, payload_code, pl_jws_dup_mac (secret, signed_text));
}
