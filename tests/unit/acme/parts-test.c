/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the conversation is made of, against the examples of the RFCs. */

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <string.h>

#include "app/acme/answer.h"
#include "app/acme/base64url.h"
#include "app/acme/jws.h"
#include "app/acme/proof.h"
#include "app/certificates/make.h"
#include "app/certificates/read.h"

#define DIGEST_BYTES    32
#define SIGNATURE_BYTES 64

/* Base64 for URLs */

static void
test_base64url (void)
{
  static const guint8 octets[] = { 3, 236, 255, 224, 193 };
  gsize n_octets = 0;
  g_autofree char *text = pl_base64url_encode (octets, sizeof octets);
  g_autofree guint8 *back = pl_base64url_decode ("A-z_4ME", &n_octets);
  g_autofree char *none = pl_base64url_encode (octets, 0);

  /* RFC 7515, appendix C. */
  g_assert_cmpstr (text, ==, "A-z_4ME");
  g_assert_cmpmem (back, n_octets, octets, sizeof octets);
  g_assert_cmpstr (none, ==, "");
}

static void
test_base64url_refused (void)
{
  static const char *const texts[] = { "", "A", "A-z_4ME=", "A+z", "A/z", "A z", "A\nz", "Az.b" };
  gsize n_octets;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (pl_base64url_decode (texts[i], &n_octets));
}

/* Keys and signatures */

static BIGNUM *
read_number (const char *text)
{
  gsize n_octets = 0;
  g_autofree guint8 *octets = pl_base64url_decode (text, &n_octets);

  return BN_bin2bn (octets, (int) n_octets, NULL);
}

/* @d: (nullable): the private half */
static EVP_PKEY *
new_key (const char *x_text, const char *y_text, const char *d_text)
{
  guint8 point[65] = { POINT_CONVERSION_UNCOMPRESSED };
  g_autoptr (BIGNUM) x = read_number (x_text);
  g_autoptr (BIGNUM) y = read_number (y_text);
  g_autoptr (BIGNUM) d = d_text != NULL ? read_number (d_text) : NULL;
  OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new ();
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, "EC", NULL);
  EVP_PKEY *key = NULL;
  OSSL_PARAM *params;

  BN_bn2binpad (x, point + 1, 32);
  BN_bn2binpad (y, point + 33, 32);
  OSSL_PARAM_BLD_push_utf8_string (build, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string (build, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point);
  if (d != NULL)
    OSSL_PARAM_BLD_push_BN (build, OSSL_PKEY_PARAM_PRIV_KEY, d);
  params = OSSL_PARAM_BLD_to_param (build);
  EVP_PKEY_fromdata_init (context);
  g_assert_cmpint (
      EVP_PKEY_fromdata (context, &key, d != NULL ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params),
      ==, 1);
  OSSL_PARAM_free (params);
  OSSL_PARAM_BLD_free (build);
  EVP_PKEY_CTX_free (context);
  return key;
}

/* RFC 9449 §4.1 and §6.1: a key and its thumbprint as RFC 7638 has it. */
static void
test_thumbprint (void)
{
  g_autoptr (EVP_PKEY) key = new_key ("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
                                      "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA", NULL);
  g_autofree char *thumbprint = pl_jws_dup_thumbprint (key);
  g_autofree char *jwk = pl_jws_dup_jwk (key);

  g_assert_true (pl_jws_is_fit (key));
  g_assert_cmpstr (thumbprint, ==, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
  g_assert_cmpstr (jwk, ==,
                   "{\"crv\":\"P-256\",\"kty\":\"EC\","
                   "\"x\":\"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs\","
                   "\"y\":\"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA\"}");
}

static void
test_unfit_keys (void)
{
  g_autoptr (EVP_PKEY) other = EVP_EC_gen ("P-384");
  g_autoptr (EVP_PKEY) edwards = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");

  g_assert_false (pl_jws_is_fit (other));
  g_assert_false (pl_jws_is_fit (edwards));
}

/* RFC 7515, appendix A.3. */
#define A3_X "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
#define A3_Y "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
#define A3_D "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"
#define A3_TEXT                                                                                    \
  "eyJhbGciOiJFUzI1NiJ9."                                                                          \
  "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
#define A3_SIGNATURE                                                                               \
  "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

static gboolean
is_signature (EVP_PKEY *key, const char *text, const char *signature)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autoptr (ECDSA_SIG) numbers = ECDSA_SIG_new ();
  gsize n_octets = 0;
  g_autofree guint8 *octets = pl_base64url_decode (signature, &n_octets);
  guint8 *der = NULL;
  int n_der;
  gboolean is_good;

  g_assert_cmpuint (n_octets, ==, SIGNATURE_BYTES);
  ECDSA_SIG_set0 (numbers, BN_bin2bn (octets, 32, NULL), BN_bin2bn (octets + 32, 32, NULL));
  n_der = i2d_ECDSA_SIG (numbers, &der);
  EVP_DigestVerifyInit (context, NULL, EVP_sha256 (), NULL, key);
  is_good
      = EVP_DigestVerify (context, der, (gsize) n_der, (const guint8 *) text, strlen (text)) == 1;
  OPENSSL_free (der);
  return is_good;
}

/* The example's own signature shows that what looks at ours does so as the RFC has it. A number of
 * a signature begins with zeros now and then, so it is done often. */
static void
test_signature (void)
{
  g_autoptr (EVP_PKEY) key = new_key (A3_X, A3_Y, A3_D);

  g_assert_true (is_signature (key, A3_TEXT, A3_SIGNATURE));
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *signature = pl_jws_dup_signature (key, A3_TEXT);

      g_assert_true (is_signature (key, A3_TEXT, signature));
    }
}

/* RFC 7515, appendix A.1. */
static void
test_mac (void)
{
  static const char secret[]
      = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
  static const char text[]
      = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
        "VlfQ";
  g_autofree char *mac = pl_jws_dup_mac (secret, text);

  g_assert_cmpstr (mac, ==, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_assert_null (pl_jws_dup_mac ("no key", text));
}

static char *
dup_decoded (JsonObject *object, const char *member)
{
  gsize n_octets = 0;
  g_autofree guint8 *octets
      = pl_base64url_decode (json_object_get_string_member (object, member), &n_octets);

  return g_strndup ((const char *) octets, n_octets);
}

static void
test_signed (void)
{
  g_autoptr (EVP_PKEY) key = new_key (A3_X, A3_Y, A3_D);
  PlJwsHead head
      = { .account = "https://a.example/\"1", .nonce = "n-1", .url = "https://a.example/o" };
  g_autofree char *text = pl_jws_sign (key, &head, "{}");
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  g_autofree char *head_text = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *signed_text = NULL;

  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  head_text = dup_decoded (object, "protected");
  payload = dup_decoded (object, "payload");
  signed_text = g_strdup_printf ("%s.%s", json_object_get_string_member (object, "protected"),
                                 json_object_get_string_member (object, "payload"));
  g_assert_cmpstr (head_text, ==,
                   "{\"alg\":\"ES256\",\"kid\":\"https://a.example/\\\"1\",\"nonce\":\"n-1\","
                   "\"url\":\"https://a.example/o\"}");
  g_assert_cmpstr (payload, ==, "{}");
  g_assert_true (
      is_signature (key, signed_text, json_object_get_string_member (object, "signature")));
}

/* Proofs */

static const PlAcmeOffer tls_offer
    = { .way = PL_ACME_WAY_TLS_ALPN,
        .token = (char *) "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA" };

static void
test_http_challenge (void)
{
  g_autoptr (EVP_PKEY) key = new_key (A3_X, A3_Y, A3_D);
  PlAcmeOffer offer = tls_offer;
  g_autofree char *thumbprint = pl_jws_dup_thumbprint (key);
  g_autofree char *answer = g_strdup_printf ("%s.%s", offer.token, thumbprint);
  g_autoptr (PlAcmeChallenge) challenge = NULL;

  offer.way = PL_ACME_WAY_HTTP;
  challenge = pl_proof_new_challenge (key, "photos.example", &offer, NULL);
  g_assert_cmpint (challenge->kind, ==, PL_ACME_CHALLENGE_HTTP);
  g_assert_cmpstr (challenge->name, ==, "photos.example");
  g_assert_cmpstr (challenge->token, ==, offer.token);
  g_assert_cmpstr (challenge->answer, ==, answer);
}

/* RFC 8737 §3: a critical extension, an OCTET STRING with the digest of the key authorization. */
static void
assert_identifies (X509 *x509, const char *answer)
{
  g_autoptr (ASN1_OBJECT) type = OBJ_txt2obj ("1.3.6.1.5.5.7.1.31", 1);
  int index = X509_get_ext_by_OBJ (x509, type, -1);
  X509_EXTENSION *extension = X509_get_ext (x509, index);
  const ASN1_OCTET_STRING *octets = X509_EXTENSION_get_data (extension);
  guint8 expected[2 + DIGEST_BYTES] = { 0x04, 0x20 };

  EVP_Digest (answer, strlen (answer), expected + 2, NULL, EVP_sha256 (), NULL);
  g_assert_cmpint (X509_EXTENSION_get_critical (extension), ==, 1);
  g_assert_cmpmem (ASN1_STRING_get0_data (octets), ASN1_STRING_length (octets), expected,
                   sizeof expected);
}

static void
test_tls_challenge (void)
{
  static const char *const hosts[] = { "photos.example", NULL };
  g_autoptr (EVP_PKEY) key = new_key (A3_X, A3_Y, A3_D);
  g_autoptr (PlAcmeChallenge) challenge
      = pl_proof_new_challenge (key, "photos.example", &tls_offer, NULL);
  g_autofree char *answer = pl_proof_dup_answer (key, tls_offer.token);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlCertificate) certificate
      = pl_certificate_read (challenge->chain, challenge->key, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (challenge->kind, ==, PL_ACME_CHALLENGE_TLS_ALPN);
  g_assert_true (g_strv_equal (pl_certificate_get_hosts (certificate), hosts));
  g_assert_true (pl_certificate_is_self_signed (certificate));
  assert_identifies (pl_certificate_get_x509 (certificate), answer);
}

/* A name that is longer than a common name may be (RFC 5280, ub-common-name). */
static void
test_long_name (void)
{
  static const char name[]
      = "a-name-that-is-so-long-that-nobody-would-type.it-into-a-phone.at-all.example";
  g_autoptr (EVP_PKEY) key = new_key (A3_X, A3_Y, A3_D);
  g_autoptr (PlAcmeChallenge) challenge = pl_proof_new_challenge (key, name, &tls_offer, NULL);

  g_assert_nonnull (challenge);
}

static void
test_request (void)
{
  static const char *const names[] = { "photos.example", "*.immich.example", NULL };
  g_autoptr (EVP_PKEY) key = pl_make_key ();
  g_autofree char *text = pl_proof_dup_request (key, names, NULL);
  gsize n_octets = 0;
  g_autofree guint8 *octets = pl_base64url_decode (text, &n_octets);
  const guint8 *at = octets;
  g_autoptr (X509_REQ) request = d2i_X509_REQ (NULL, &at, (long) n_octets);
  g_autoptr (PlX509Extensions) extensions = X509_REQ_get_extensions (request);
  g_autoptr (GENERAL_NAMES) found = X509V3_get_d2i (extensions, NID_subject_alt_name, NULL, NULL);

  g_assert_cmpint (X509_REQ_verify (request, key), ==, 1);
  g_assert_cmpint (sk_GENERAL_NAME_num (found), ==, 2);
  for (int i = 0; i < 2; i++)
    {
      const ASN1_STRING *name = sk_GENERAL_NAME_value (found, i)->d.dNSName;

      g_assert_cmpmem (ASN1_STRING_get0_data (name), ASN1_STRING_length (name), names[i],
                       strlen (names[i]));
    }
}

/* Renewal */

/* RFC 9773 §4.1: the example's authority key identifier and serial number. */
static void
test_renewal_id (void)
{
  static const guint8 authority_octets[]
      = { 0x69, 0x88, 0x5B, 0x6B, 0x87, 0x46, 0x40, 0x41, 0xE1, 0xB3,
          0x7B, 0x84, 0x7B, 0xA0, 0xAE, 0x2C, 0xDE, 0x01, 0xC8, 0xD4 };
  PlMaking making = { .name = "photos.example", .begin_s = 0, .end_s = 1000 };
  g_autoptr (EVP_PKEY) key = pl_make_key ();
  g_autoptr (X509) x509 = pl_make_begin (&making, key);
  AUTHORITY_KEYID *authority = AUTHORITY_KEYID_new ();
  g_autofree char *id = NULL;

  authority->keyid = ASN1_OCTET_STRING_new ();
  ASN1_OCTET_STRING_set (authority->keyid, authority_octets, sizeof authority_octets);
  X509_add1_ext_i2d (x509, NID_authority_key_identifier, authority, 0, 0);
  AUTHORITY_KEYID_free (authority);
  ASN1_INTEGER_set_uint64 (X509_get_serialNumber (x509), 0x87654321);
  pl_make_sign (x509, &making, key);
  id = pl_proof_dup_renewal_id (x509);
  g_assert_cmpstr (id, ==, "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE");
}

static void
test_no_renewal_id (void)
{
  PlMaking making = { .name = "photos.example", .begin_s = 0, .end_s = 1000 };
  g_autoptr (EVP_PKEY) key = pl_make_key ();
  g_autoptr (X509) x509 = pl_make_begin (&making, key);

  g_assert_null (pl_proof_dup_renewal_id (x509));
}

static gboolean
read_renewal (const char *text, gint64 *start_s, gint64 *end_s)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));

  return pl_acme_renewal_read (body, start_s, end_s);
}

static void
test_renewal (void)
{
  gint64 start_s = 0, end_s = 0;

  g_assert_true (read_renewal ("{\"suggestedWindow\":{\"start\":\"2025-01-02T04:00:00Z\","
                               "\"end\":\"2025-01-03T04:00:00+01:00\"},"
                               "\"explanationURL\":\"https://a.example/why\"}",
                               &start_s, &end_s));
  g_assert_cmpint (start_s, ==, 1735790400);
  g_assert_cmpint (end_s, ==, 1735873200);
  g_assert_false (read_renewal ("{\"suggestedWindow\":{\"start\":\"2025-01-03T04:00:00Z\","
                                "\"end\":\"2025-01-02T04:00:00Z\"}}",
                                &start_s, &end_s));
  g_assert_false (
      read_renewal ("{\"suggestedWindow\":{\"start\":\"now\",\"end\":7}}", &start_s, &end_s));
  g_assert_false (read_renewal ("{}", &start_s, &end_s));
  g_assert_cmpint (start_s, ==, 1735790400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acme/base64url", test_base64url);
  g_test_add_func ("/acme/base64url/refused", test_base64url_refused);
  g_test_add_func ("/acme/jws/thumbprint", test_thumbprint);
  g_test_add_func ("/acme/jws/unfit-keys", test_unfit_keys);
  g_test_add_func ("/acme/jws/signature", test_signature);
  g_test_add_func ("/acme/jws/mac", test_mac);
  g_test_add_func ("/acme/jws/signed", test_signed);
  g_test_add_func ("/acme/proof/http", test_http_challenge);
  g_test_add_func ("/acme/proof/tls-alpn", test_tls_challenge);
  g_test_add_func ("/acme/proof/long-name", test_long_name);
  g_test_add_func ("/acme/proof/request", test_request);
  g_test_add_func ("/acme/renewal/id", test_renewal_id);
  g_test_add_func ("/acme/renewal/no-id", test_no_renewal_id);
  g_test_add_func ("/acme/renewal/window", test_renewal);
  return g_test_run ();
}
