/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/read.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#include "app/i18n.h"

/* Nobody shows more of themselves; a bundle of all authorities has some hundred and fifty. */
#define MAX_CERTIFICATES 500

/* What a locked key asks for. */
typedef struct
{
  const char *password; /* (nullable) */
  gboolean was_asked;
} Lock;

/* OpenSSL asks on the terminal unless it is given this. */
static int
give_password_cb (char *buffer, int n_octets, int is_writing, void *user_data)
{
  Lock *lock = user_data;
  gsize length;

  lock->was_asked = TRUE;
  if (lock->password == NULL)
    return -1;
  length = strlen (lock->password);
  if (length > (gsize) n_octets)
    return -1;
  memcpy (buffer, lock->password, length);
  return length;
}

static BIO *
open_bytes (GBytes *bytes)
{
  gsize n_octets;
  const void *octets = g_bytes_get_data (bytes, &n_octets);

  return BIO_new_mem_buf (octets != NULL ? octets : "", MIN (n_octets, G_MAXINT));
}

static gboolean
is_pem (GBytes *bytes)
{
  gsize n_octets;
  const char *octets = g_bytes_get_data (bytes, &n_octets);

  return octets != NULL && g_strstr_len (octets, n_octets, "-----BEGIN ") != NULL;
}

static gboolean
fail_locked (const char *password, GError **error)
{
  if (password == NULL)
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_LOCKED,
                         _ ("The key is locked with a password. Name a file with the password in "
                            "it (password-file), or store the key without one."));
  else
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_PASSWORD,
                         _ ("The password does not open the key."));
  return FALSE;
}

/* Takes over what OpenSSL has noted of a failure. */
static int
take_reason (void)
{
  int reason = ERR_GET_REASON (ERR_peek_last_error ());

  ERR_clear_error ();
  return reason;
}

static PlX509Stack *
read_pem_certificates (GBytes *pem, GError **error)
{
  g_autoptr (PlX509Stack) all = sk_X509_new_null ();
  g_autoptr (BIO) bio = open_bytes (pem);
  Lock lock = { NULL };
  X509 *next;

  ERR_clear_error ();
  while (sk_X509_num (all) < MAX_CERTIFICATES
         && (next = PEM_read_bio_X509 (bio, NULL, give_password_cb, &lock)) != NULL)
    sk_X509_push (all, next);
  if (take_reason () == PEM_R_NO_START_LINE && sk_X509_num (all) > 0)
    return g_steal_pointer (&all);
  if (sk_X509_num (all) == MAX_CERTIFICATES)
    return g_steal_pointer (&all);
  g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_CERTIFICATE,
                       sk_X509_num (all) > 0
                           ? _ ("A certificate in it is damaged. Get the file anew.")
                           : _ ("There is no certificate in it that can be read. It begins with "
                                "“-----BEGIN CERTIFICATE-----”."));
  return NULL;
}

EVP_PKEY *
pl_certificate_read_key (GBytes *pem, const char *password, GError **error)
{
  g_autoptr (BIO) bio = open_bytes (pem);
  Lock lock = { .password = password };
  EVP_PKEY *key = PEM_read_bio_PrivateKey (bio, NULL, give_password_cb, &lock);

  ERR_clear_error ();
  if (key == NULL && lock.was_asked)
    fail_locked (password, error);
  else if (key == NULL)
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_KEY,
                         _ ("There is no private key in it that can be read. It begins with "
                            "“-----BEGIN PRIVATE KEY-----”."));
  return key;
}

static PlCertificate *
read_pem (GBytes *certificates, GBytes *keys, const char *password, GError **error)
{
  g_autoptr (PlX509Stack) all = read_pem_certificates (certificates, error);
  g_autoptr (EVP_PKEY) key
      = all != NULL ? pl_certificate_read_key (keys != NULL ? keys : certificates, password, error)
                    : NULL;

  return key != NULL ? pl_certificate_new (all, key, error) : NULL;
}

/* PKCS#12 */

/* Returns: (nullable): the password that opens it, which may be none, written in either way */
static const char *
find_password (PKCS12 *sealed, const char *password)
{
  if (PKCS12_verify_mac (sealed, password, -1) == 1)
    return password != NULL ? password : "";
  return password == NULL && PKCS12_verify_mac (sealed, "", 0) == 1 ? "" : NULL;
}

static gboolean
fail_sealed (GError **error)
{
  if (take_reason () == ERR_R_UNSUPPORTED)
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_KEY,
                         _ ("It is locked in a way of the past that is not safe any more. Export "
                            "it again with a newer program, or as PEM."));
  else
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_KEY,
                         _ ("There is no certificate with its key in it that can be read."));
  return FALSE;
}

static PlX509Stack *
gather (X509 *own, PlX509Stack *others)
{
  PlX509Stack *all = sk_X509_new_null ();

  X509_up_ref (own);
  sk_X509_push (all, own);
  for (int i = 0; i < sk_X509_num (others); i++)
    {
      X509_up_ref (sk_X509_value (others, i));
      sk_X509_push (all, sk_X509_value (others, i));
    }
  return all;
}

static PlCertificate *
open_sealed (PKCS12 *sealed, const char *password, GError **error)
{
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509) own = NULL;
  g_autoptr (PlX509Stack) others = NULL;
  g_autoptr (PlX509Stack) all = NULL;

  if (PKCS12_parse (sealed, password, &key, &own, &others) != 1 || key == NULL || own == NULL)
    {
      fail_sealed (error);
      return NULL;
    }
  ERR_clear_error ();
  all = gather (own, others);
  return pl_certificate_new (all, key, error);
}

static PlCertificate *
read_sealed (GBytes *octets, const char *password, GError **error)
{
  g_autoptr (BIO) bio = open_bytes (octets);
  g_autoptr (PKCS12) sealed = d2i_PKCS12_bio (bio, NULL);
  const char *opening = NULL;

  ERR_clear_error ();
  if (sealed == NULL)
    {
      g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_CERTIFICATE,
                           _ ("It is neither a PEM file nor a PKCS#12 file (.p12, .pfx)."));
      return NULL;
    }
  if (PKCS12_mac_present (sealed) && (opening = find_password (sealed, password)) == NULL)
    {
      ERR_clear_error ();
      fail_locked (password, error);
      return NULL;
    }
  ERR_clear_error ();
  return open_sealed (sealed, opening != NULL ? opening : password, error);
}

PlCertificate *
pl_certificate_read (GBytes *certificates, GBytes *keys, const char *password, GError **error)
{
  return is_pem (certificates) || keys != NULL ? read_pem (certificates, keys, password, error)
                                               : read_sealed (certificates, password, error);
}
