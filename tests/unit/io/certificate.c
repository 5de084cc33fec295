/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/io/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

static GBytes *
take_octets (BIO *bio)
{
  char *octets;
  long length = BIO_get_mem_data (bio, &octets);
  GBytes *bytes = g_bytes_new (octets, (gsize) length);

  BIO_free (bio);
  return bytes;
}

static GBytes *
write_certificate (X509 *certificate)
{
  BIO *bio = BIO_new (BIO_s_mem ());

  g_assert_cmpint (PEM_write_bio_X509 (bio, certificate), ==, 1);
  return take_octets (bio);
}

static GBytes *
write_key (EVP_PKEY *key)
{
  BIO *bio = BIO_new (BIO_s_mem ());

  g_assert_cmpint (PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL), ==, 1);
  return take_octets (bio);
}

static void
add_names (X509 *certificate, const char *names)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, NID_subject_alt_name, names);

  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

static X509 *
sign (EVP_PKEY *key, const char *names, long from_s, long until_s)
{
  X509 *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), g_random_int_range (1, G_MAXINT));
  X509_gmtime_adj (X509_getm_notBefore (certificate), from_s);
  X509_gmtime_adj (X509_getm_notAfter (certificate), until_s);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guchar *) "a test", -1, -1, 0);
  X509_set_issuer_name (certificate, name);
  X509_set_pubkey (certificate, key);
  add_names (certificate, names);
  g_assert_cmpint (X509_sign (certificate, key, EVP_sha256 ()), >, 0);
  return certificate;
}

PlTlsCertificate *
certificate_make (const char *names, long from_s, long until_s)
{
  PlTlsCertificate *made = g_new0 (PlTlsCertificate, 1);
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = sign (key, names, from_s, until_s);

  made->chain = write_certificate (certificate);
  made->key = write_key (key);
  X509_free (certificate);
  EVP_PKEY_free (key);
  return made;
}

void
certificate_free (PlTlsCertificate *certificate)
{
  g_bytes_unref (certificate->chain);
  g_bytes_unref (certificate->key);
  g_free (certificate);
}

PlTlsContext *
certificate_new_context (const char *const *protocols, GBytes **authority)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlTlsCertificate) certificate
      = certificate_make ("DNS:localhost,IP:127.0.0.1", -60, 3600);
  PlTlsContext *context = pl_tls_context_new_server (certificate, 1, protocols, &error);

  g_assert_no_error (error);
  if (authority != NULL)
    *authority = g_bytes_ref (certificate->chain);
  return context;
}
