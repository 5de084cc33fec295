/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/write.h"

#include <openssl/pem.h>

#include "app/certificates/secret.h"

/* Of the owner alone. */
#define MODE 0600

/* What OpenSSL itself had it in is cleared by OpenSSL. */
static GBytes *
dup_secret (BIO *bio)
{
  char *octets;
  long n_octets = BIO_get_mem_data (bio, &octets);

  return pl_secret_new (octets, (gsize) n_octets);
}

static void
write_chain (BIO *bio, const PlCertificate *certificate)
{
  PlX509Stack *chain = pl_certificate_get_chain (certificate);

  PEM_write_bio_X509 (bio, pl_certificate_get_x509 (certificate));
  for (int i = 0; i < sk_X509_num (chain); i++)
    PEM_write_bio_X509 (bio, sk_X509_value (chain, i));
}

static void
write_key (BIO *bio, EVP_PKEY *key)
{
  PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
}

GBytes *
pl_certificate_chain_to_pem (const PlCertificate *certificate)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  write_chain (bio, certificate);
  return dup_secret (bio);
}

GBytes *
pl_key_to_pem (EVP_PKEY *key)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_secmem ());

  write_key (bio, key);
  return dup_secret (bio);
}

GBytes *
pl_certificate_key_to_pem (const PlCertificate *certificate)
{
  return pl_key_to_pem (pl_certificate_get_key (certificate));
}

GBytes *
pl_certificate_to_pem (const PlCertificate *certificate)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_secmem ());

  write_chain (bio, certificate);
  write_key (bio, pl_certificate_get_key (certificate));
  return dup_secret (bio);
}

GBytes *
pl_certificate_dup_der (const PlCertificate *certificate)
{
  unsigned char *octets = NULL;
  int n_octets = i2d_X509 (pl_certificate_get_x509 (certificate), &octets);
  GBytes *der = g_bytes_new (octets, MAX (n_octets, 0));

  OPENSSL_free (octets);
  return der;
}

gboolean
pl_certificate_write_secret (const char *path, GBytes *secret, GError **error)
{
  gsize n_octets;
  const char *octets = g_bytes_get_data (secret, &n_octets);

  return g_file_set_contents_full (path, octets, n_octets,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   MODE, error);
}
