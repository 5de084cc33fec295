/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/certificates/maker.h"

#include <openssl/pem.h>
#include <string.h>

EVP_PKEY *
make_key (void)
{
  EVP_PKEY *key = EVP_EC_gen ("P-256");

  g_assert_nonnull (key);
  return key;
}

static void
add_extension (X509 *x509, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  g_autoptr (X509_EXTENSION) extension = NULL;

  X509V3_set_ctx (&context, issuer, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  g_assert_cmpint (X509_add_ext (x509, extension, -1), ==, 1);
}

X509 *
make_certificate (const MadeCertificate *as, EVP_PKEY *key)
{
  static int serial = 0;
  X509 *x509 = X509_new ();
  X509 *issuer = as->issuer != NULL ? as->issuer : x509;
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  X509_set_version (x509, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), ++serial);
  X509_NAME_add_entry_by_NID (X509_get_subject_name (x509), NID_commonName, MBSTRING_UTF8,
                              (const guint8 *) as->name, -1, -1, 0);
  X509_set_issuer_name (x509, X509_get_subject_name (issuer));
  ASN1_TIME_set (X509_getm_notBefore (x509), now_s + as->begin_s);
  ASN1_TIME_set (X509_getm_notAfter (x509), now_s + as->end_s);
  X509_set_pubkey (x509, key);
  add_extension (x509, issuer, NID_basic_constraints, as->is_authority ? "CA:TRUE" : "CA:FALSE");
  if (as->hosts != NULL)
    add_extension (x509, issuer, NID_subject_alt_name, as->hosts);
  g_assert_cmpint (X509_sign (x509, as->issuer_key != NULL ? as->issuer_key : key,
                              as->digest != NULL ? as->digest : EVP_sha256 ()),
                   >, 0);
  return x509;
}

GBytes *
to_pem (X509 *const *certificates, EVP_PKEY *key, const char *password)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *octets;
  long n_octets;

  for (; *certificates != NULL; certificates++)
    PEM_write_bio_X509 (bio, *certificates);
  if (key != NULL)
    PEM_write_bio_PKCS8PrivateKey (bio, key, password != NULL ? EVP_aes_128_cbc () : NULL, password,
                                   password != NULL ? strlen (password) : 0, NULL, NULL);
  n_octets = BIO_get_mem_data (bio, &octets);
  return g_bytes_new (octets, n_octets);
}
