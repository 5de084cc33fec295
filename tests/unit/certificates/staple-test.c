/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What authorities say of certificates, and what they do not: times, other certificates, others who
 * sign. */

#include "app/certificates/read.h"
#include "app/certificates/staple.h"

#include <openssl/ocsp.h>

#include "tests/unit/certificates/maker.h"

#define HOUR_S (60 * 60)

typedef struct
{
  EVP_PKEY *root_key;
  EVP_PKEY *key;
  X509 *root;
  X509 *own;
  X509 *other;
  PlCertificate *certificate;
  gint64 now_s;
} House;

static X509 *
issue (House *house, const char *name, gboolean is_authority, EVP_PKEY *key)
{
  return make_certificate (&(MadeCertificate){ name, "DNS:photos.example", house->root,
                                               house->root_key, is_authority, -DAY_S, 90 * DAY_S },
                           key);
}

static void
set_up (House *house, gconstpointer data)
{
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (GError) error = NULL;

  house->now_s = g_get_real_time () / G_USEC_PER_SEC;
  house->root_key = make_key ();
  house->key = make_key ();
  house->root = make_certificate (
      &(MadeCertificate){ "Root", .is_authority = TRUE, .begin_s = -DAY_S, .end_s = 3650 * DAY_S },
      house->root_key);
  house->own = issue (house, "photos.example", FALSE, house->key);
  house->other = issue (house, "photos.example", FALSE, house->key);
  pem = to_pem ((X509 *[]){ house->own, house->root, NULL }, house->key, NULL);
  house->certificate = pl_certificate_read (pem, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (House *house, gconstpointer data)
{
  EVP_PKEY_free (house->root_key);
  EVP_PKEY_free (house->key);
  X509_free (house->root);
  X509_free (house->own);
  X509_free (house->other);
  pl_certificate_unref (house->certificate);
}

/* What is said: about whom, from when until when (from now on), how the certificate is called, and
 * who signs. */
typedef struct
{
  X509 *about;
  int status;
  gint64 since_s;
  gint64 until_s;
  const EVP_MD *digest;
  X509 *signer;
  EVP_PKEY *signer_key;
} Saying;

static GBytes *
take_der (OCSP_RESPONSE *response)
{
  guchar *der = NULL;
  int length = i2d_OCSP_RESPONSE (response, &der);
  GBytes *octets = g_bytes_new (der, (gsize) length);

  OPENSSL_free (der);
  OCSP_RESPONSE_free (response);
  return octets;
}

static GBytes *
say (const House *house, const Saying *saying)
{
  OCSP_BASICRESP *basic = OCSP_BASICRESP_new ();
  OCSP_CERTID *id = OCSP_cert_to_id (saying->digest, saying->about, house->root);
  ASN1_TIME *since = ASN1_TIME_set (NULL, house->now_s + saying->since_s);
  ASN1_TIME *until = ASN1_TIME_set (NULL, house->now_s + saying->until_s);
  OCSP_RESPONSE *response;

  ASN1_TIME_to_generalizedtime (since, &since);
  ASN1_TIME_to_generalizedtime (until, &until);
  g_assert_nonnull (OCSP_basic_add1_status (basic, id, saying->status, OCSP_REVOKED_STATUS_NOSTATUS,
                                            since, since, until));
  g_assert_cmpint (
      OCSP_basic_sign (basic, saying->signer != NULL ? saying->signer : house->root,
                       saying->signer_key != NULL ? saying->signer_key : house->root_key,
                       EVP_sha256 (), NULL, 0),
      ==, 1);
  response = OCSP_response_create (OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
  ASN1_TIME_free (since);
  ASN1_TIME_free (until);
  OCSP_CERTID_free (id);
  OCSP_BASICRESP_free (basic);
  return take_der (response);
}

/* @words: what is said of it; %NULL: it is shown */
static void
assert_judged (const House *house, const Saying *saying, const char *words)
{
  g_autoptr (GBytes) response = say (house, saying);
  gint64 until_s = 0;
  g_autofree char *why = pl_staple_judge (house->certificate, response, house->now_s, &until_s);

  if (words != NULL)
    g_assert_nonnull (g_strstr_len (why, -1, words));
  else
    {
      g_assert_cmpstr (why, ==, NULL);
      g_assert_cmpint (until_s, ==, house->now_s + saying->until_s);
    }
}

static void
test_times (House *house, gconstpointer data)
{
  Saying saying = { house->own, V_OCSP_CERTSTATUS_GOOD, -HOUR_S, DAY_S, EVP_sha1 () };

  assert_judged (house, &saying, NULL);
  saying.since_s = 60; /* a clock that is ahead a little */
  assert_judged (house, &saying, NULL);
  saying.since_s = HOUR_S;
  assert_judged (house, &saying, "time to come");
  saying.since_s = -2 * DAY_S;
  saying.until_s = 0;
  assert_judged (house, &saying, "out of date");
}

static void
test_states (House *house, gconstpointer data)
{
  Saying saying = { house->own, V_OCSP_CERTSTATUS_REVOKED, -HOUR_S, DAY_S, EVP_sha1 () };

  assert_judged (house, &saying, "revoked");
  saying.status = V_OCSP_CERTSTATUS_UNKNOWN;
  assert_judged (house, &saying, "does not know");
}

static void
test_about_whom (House *house, gconstpointer data)
{
  Saying saying = { house->own, V_OCSP_CERTSTATUS_GOOD, -HOUR_S, DAY_S, EVP_sha256 () };

  assert_judged (house, &saying, NULL);
  saying.about = house->other;
  assert_judged (house, &saying, "another certificate");
}

/* An authority of its own in the name only, and one whose certificate is for servers. */
static void
test_who_signs (House *house, gconstpointer data)
{
  g_autoptr (X509) stranger = make_certificate (
      &(MadeCertificate){ "Root", .is_authority = TRUE, .end_s = DAY_S }, house->key);
  Saying saying
      = { house->own, V_OCSP_CERTSTATUS_GOOD, -HOUR_S, DAY_S, EVP_sha1 (), stranger, house->key };

  assert_judged (house, &saying, "not signed");
  saying.signer = house->own;
  assert_judged (house, &saying, "not signed");
}

static void
test_rubbish (House *house, gconstpointer data)
{
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("-----BEGIN OCSP", 15);
  g_autoptr (GBytes) refusal
      = take_der (OCSP_response_create (OCSP_RESPONSE_STATUS_TRYLATER, NULL));
  gint64 until_s;
  g_autofree char *of_rubbish
      = pl_staple_judge (house->certificate, rubbish, house->now_s, &until_s);
  g_autofree char *of_refusal
      = pl_staple_judge (house->certificate, refusal, house->now_s, &until_s);

  g_assert_nonnull (g_strstr_len (of_rubbish, -1, "no answer"));
  g_assert_nonnull (g_strstr_len (of_refusal, -1, "no answer"));
}

/* Without who vouches for it nothing can be judged. */
static void
test_certificate_alone (House *house, gconstpointer data)
{
  g_autoptr (GBytes) pem = to_pem ((X509 *[]){ house->own, NULL }, house->key, NULL);
  Saying saying = { house->own, V_OCSP_CERTSTATUS_GOOD, -HOUR_S, DAY_S, EVP_sha1 () };

  pl_certificate_unref (house->certificate);
  house->certificate = pl_certificate_read (pem, NULL, NULL, NULL);
  assert_judged (house, &saying, "fullchain.pem");
}

static void
test_demand (House *house, gconstpointer data)
{
  g_autoptr (X509_EXTENSION) demand
      = X509V3_EXT_conf_nid (NULL, NULL, NID_tlsfeature, "status_request");
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (PlCertificate) demanding = NULL;
  g_autoptr (PlRemark) remark = NULL;

  g_assert_false (pl_staple_is_demanded (house->certificate));
  g_assert_null (pl_staple_load (house->certificate, "/nowhere/a.pem", house->now_s));
  X509_add_ext (house->own, demand, -1);
  X509_sign (house->own, house->root_key, EVP_sha256 ());
  pem = to_pem ((X509 *[]){ house->own, house->root, NULL }, house->key, NULL);
  demanding = pl_certificate_read (pem, NULL, NULL, NULL);
  g_assert_true (pl_staple_is_demanded (demanding));
  remark = pl_staple_load (demanding, "/nowhere/a.pem", house->now_s);
  g_assert_nonnull (g_strstr_len (remark->words, -1, "“/nowhere/a.pem.ocsp”"));
}

#define ADD(path, func) g_test_add (path, House, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/staple/times", test_times);
  ADD ("/staple/states", test_states);
  ADD ("/staple/about-whom", test_about_whom);
  ADD ("/staple/who-signs", test_who_signs);
  ADD ("/staple/rubbish", test_rubbish);
  ADD ("/staple/demand", test_demand);
  ADD ("/staple/alone", test_certificate_alone);
  return g_test_run ();
}
