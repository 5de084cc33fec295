/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/certificate.h"

#include "app/certificates/facts.h"
#include "app/i18n.h"

/* What browsers refuse, and OpenSSL at the level Debian sets: RSA below 2048 bits. */
#define LEAST_SECURITY_BITS 112

/* Nobody's chain is longer; the certificates of a file may lead in a circle. */
#define MAX_CHAIN 10

struct _PlCertificate
{
  X509 *x509;
  PlX509Stack *chain;
  EVP_PKEY *key;
  X509 *issuer_x509; /* (nullable) */
  GBytes *staple;    /* (nullable) */
  gint64 staple_until_s;
  GStrv hosts;
  char *issuer;
  char *fingerprint;
  gint64 not_before_s;
  gint64 not_after_s;
  gboolean is_self_signed;
  gboolean was_sorted;
  gboolean had_root;
  gatomicrefcount ref_count;
};

GQuark
pl_certificate_error_quark (void)
{
  return g_quark_from_static_string ("pl-certificate-error-quark");
}

/* Returns: (nullable): the one out of @all that @key belongs to */
static X509 *
find_own (PlX509Stack *all, EVP_PKEY *key)
{
  for (int i = 0; i < sk_X509_num (all); i++)
    {
      EVP_PKEY *public_key = X509_get0_pubkey (sk_X509_value (all, i));
      if (public_key != NULL && EVP_PKEY_eq (public_key, key) == 1)
        return sk_X509_value (all, i);
    }
  return NULL;
}

static gboolean
vouches_for (X509 *issuer, X509 *subject)
{
  EVP_PKEY *public_key = X509_get0_pubkey (issuer);

  return public_key != NULL && X509_check_issued (issuer, subject) == X509_V_OK
         && X509_verify (subject, public_key) == 1;
}

/* Returns: (nullable): out of @all */
static X509 *
find_issuer (PlX509Stack *all, X509 *subject)
{
  for (int i = 0; i < sk_X509_num (all); i++)
    if (sk_X509_value (all, i) != subject && vouches_for (sk_X509_value (all, i), subject))
      return sk_X509_value (all, i);
  return NULL;
}

/* Where each certificate of the chain stood is where it stands now: the rest was behind it. */
static gboolean
is_in_order (PlX509Stack *all, X509 *own, PlX509Stack *chain)
{
  if (sk_X509_value (all, 0) != own)
    return FALSE;
  for (int i = 0; i < sk_X509_num (chain); i++)
    if (sk_X509_value (all, i + 1) != sk_X509_value (chain, i))
      return FALSE;
  return TRUE;
}

static void
put_in_order (PlCertificate *certificate, PlX509Stack *all)
{
  X509 *last = certificate->x509;

  certificate->chain = sk_X509_new_null ();
  certificate->is_self_signed = pl_facts_is_self_signed (last);
  while (!pl_facts_is_self_signed (last) && sk_X509_num (certificate->chain) < MAX_CHAIN)
    {
      X509 *issuer = find_issuer (all, last);
      if (issuer == NULL)
        break;
      if (certificate->issuer_x509 == NULL && X509_up_ref (issuer) == 1)
        certificate->issuer_x509 = issuer;
      if (pl_facts_is_self_signed (issuer))
        {
          certificate->had_root = TRUE;
          break;
        }
      X509_up_ref (issuer);
      sk_X509_push (certificate->chain, issuer);
      last = issuer;
    }
  certificate->was_sorted = !is_in_order (all, certificate->x509, certificate->chain);
}

static void
read_facts (PlCertificate *certificate)
{
  certificate->hosts = pl_facts_dup_hosts (certificate->x509);
  certificate->issuer = pl_facts_dup_name (X509_get_issuer_name (certificate->x509));
  certificate->fingerprint = pl_facts_dup_fingerprint (certificate->x509);
  certificate->not_before_s = pl_facts_get_time_s (X509_get0_notBefore (certificate->x509));
  certificate->not_after_s = pl_facts_get_time_s (X509_get0_notAfter (certificate->x509));
}

PlCertificate *
pl_certificate_new (PlX509Stack *all, EVP_PKEY *key, GError **error)
{
  X509 *own = find_own (all, key);

  if (sk_X509_num (all) <= 0)
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_CERTIFICATE,
                         _ ("There is no certificate in it."));
  else if (own == NULL)
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_MISMATCH,
                         _ ("The key does not belong to the certificate. Use the key that the "
                            "certificate was made for."));
  else if (EVP_PKEY_get_security_bits (key) < LEAST_SECURITY_BITS)
    g_set_error_literal (
        error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_WEAK,
        _ ("The key is too short to be safe, and browsers refuse it. Have a "
           "certificate made with a new key: RSA of 2048 bits or more, or P-256."));
  else
    {
      PlCertificate *certificate = g_new0 (PlCertificate, 1);

      g_atomic_ref_count_init (&certificate->ref_count);
      X509_up_ref (own);
      certificate->x509 = own;
      EVP_PKEY_up_ref (key);
      certificate->key = key;
      put_in_order (certificate, all);
      read_facts (certificate);
      return certificate;
    }
  return NULL;
}

PlCertificate *
pl_certificate_ref (PlCertificate *certificate)
{
  g_atomic_ref_count_inc (&certificate->ref_count);
  return certificate;
}

void
pl_certificate_unref (PlCertificate *certificate)
{
  if (!g_atomic_ref_count_dec (&certificate->ref_count))
    return;
  X509_free (certificate->x509);
  pl_x509_stack_free (certificate->chain);
  EVP_PKEY_free (certificate->key);
  X509_free (certificate->issuer_x509);
  g_clear_pointer (&certificate->staple, g_bytes_unref);
  g_strfreev (certificate->hosts);
  g_free (certificate->issuer);
  g_free (certificate->fingerprint);
  g_free (certificate);
}

X509 *
pl_certificate_get_x509 (const PlCertificate *certificate)
{
  return certificate->x509;
}

PlX509Stack *
pl_certificate_get_chain (const PlCertificate *certificate)
{
  return certificate->chain;
}

EVP_PKEY *
pl_certificate_get_key (const PlCertificate *certificate)
{
  return certificate->key;
}

const char *const *
pl_certificate_get_hosts (const PlCertificate *certificate)
{
  return (const char *const *) certificate->hosts;
}

const char *
pl_certificate_get_issuer (const PlCertificate *certificate)
{
  return certificate->issuer;
}

gint64
pl_certificate_get_not_before_s (const PlCertificate *certificate)
{
  return certificate->not_before_s;
}

gint64
pl_certificate_get_not_after_s (const PlCertificate *certificate)
{
  return certificate->not_after_s;
}

const char *
pl_certificate_get_fingerprint (const PlCertificate *certificate)
{
  return certificate->fingerprint;
}

X509 *
pl_certificate_get_issuer_x509 (const PlCertificate *certificate)
{
  return certificate->issuer_x509;
}

void
pl_certificate_set_staple (PlCertificate *certificate, GBytes *response, gint64 until_s)
{
  g_return_if_fail (certificate->staple == NULL);

  certificate->staple = g_bytes_ref (response);
  certificate->staple_until_s = until_s;
}

GBytes *
pl_certificate_get_staple (const PlCertificate *certificate, gint64 *until_s)
{
  *until_s = certificate->staple_until_s;
  return certificate->staple;
}

static gboolean
is_same_staple (GBytes *a, GBytes *b)
{
  return a == NULL || b == NULL ? a == b : g_bytes_equal (a, b);
}

gboolean
pl_certificate_is_self_signed (const PlCertificate *certificate)
{
  return certificate->is_self_signed;
}

gboolean
pl_certificate_was_sorted (const PlCertificate *certificate)
{
  return certificate->was_sorted;
}

gboolean
pl_certificate_had_root (const PlCertificate *certificate)
{
  return certificate->had_root;
}

gboolean
pl_certificate_fits (const PlCertificate *certificate, const char *host)
{
  if (g_hostname_is_ip_address (host))
    return X509_check_ip_asc (certificate->x509, host, 0) == 1;
  return X509_check_host (
             certificate->x509, host, 0,
             X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, NULL)
         == 1;
}

gboolean
pl_certificate_is_same (const PlCertificate *a, const PlCertificate *b)
{
  if (X509_cmp (a->x509, b->x509) != 0 || sk_X509_num (a->chain) != sk_X509_num (b->chain)
      || !is_same_staple (a->staple, b->staple))
    return FALSE;
  for (int i = 0; i < sk_X509_num (a->chain); i++)
    if (X509_cmp (sk_X509_value (a->chain, i), sk_X509_value (b->chain, i)) != 0)
      return FALSE;
  return TRUE;
}
