/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/make.h"

#include <gio/gio.h>

/* RFC 5280 §4.1.2.2 allows 20 octets, and authorities are to have 64 random bits at least. */
#define SERIAL_BITS 127

EVP_PKEY *
pl_make_key (void)
{
  return EVP_EC_gen ("P-256");
}

static gboolean
set_serial (X509 *x509)
{
  g_autoptr (BIGNUM) serial = BN_new ();

  return serial != NULL && BN_rand (serial, SERIAL_BITS, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ODD) == 1
         && BN_to_ASN1_INTEGER (serial, X509_get_serialNumber (x509)) != NULL;
}

static gboolean
set_names (X509 *x509, const PlMaking *making)
{
  X509_NAME *name = X509_get_subject_name (x509);

  return X509_NAME_add_entry_by_NID (name, NID_commonName, MBSTRING_UTF8,
                                     (const guint8 *) making->name, -1, -1, 0)
             == 1
         && X509_set_issuer_name (
                x509, making->issuer != NULL ? X509_get_subject_name (making->issuer) : name)
                == 1;
}

X509 *
pl_make_begin (const PlMaking *making, EVP_PKEY *key)
{
  g_autoptr (X509) x509 = X509_new ();

  if (x509 == NULL || X509_set_version (x509, X509_VERSION_3) != 1 || !set_serial (x509)
      || !set_names (x509, making)
      || ASN1_TIME_set (X509_getm_notBefore (x509), making->begin_s) == NULL
      || ASN1_TIME_set (X509_getm_notAfter (x509), making->end_s) == NULL
      || X509_set_pubkey (x509, key) != 1)
    return NULL;
  return g_steal_pointer (&x509);
}

gboolean
pl_make_add (X509 *x509, const PlMaking *making, int nid, const char *value)
{
  X509V3_CTX context;
  g_autoptr (X509_EXTENSION) extension = NULL;

  X509V3_set_ctx (&context, making->issuer != NULL ? making->issuer : x509, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension != NULL && X509_add_ext (x509, extension, -1) == 1;
}

gboolean
pl_make_sign (X509 *x509, const PlMaking *making, EVP_PKEY *key)
{
  return X509_sign (x509, making->issuer_key != NULL ? making->issuer_key : key, EVP_sha256 ()) > 0;
}

char *
pl_make_dup_hosts (const char *const *hosts)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (; *hosts != NULL; hosts++)
    g_string_append_printf (list, "%s%s:%s", list->len > 0 ? "," : "",
                            g_hostname_is_ip_address (*hosts) ? "IP" : "DNS", *hosts);
  return g_string_free (g_steal_pointer (&list), FALSE);
}
