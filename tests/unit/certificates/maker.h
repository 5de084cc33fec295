/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates to try things with, made while the tests run. */

#pragma once

#include "app/certificates/openssl.h"

#define DAY_S (24 * 60 * 60)

/**
 * MadeCertificate:
 * @name: the common name
 * @hosts: (nullable): as OpenSSL's configuration has it: `DNS:a.example,IP:192.168.1.2`
 * @issuer, @issuer_key: (nullable): who signs it; %NULL: itself
 * @is_authority: it may vouch for others
 * @begin_s, @end_s: from now on, in seconds
 * @digest: (nullable): %NULL: SHA-256
 */
typedef struct
{
  const char *name;
  const char *hosts;
  X509 *issuer;
  EVP_PKEY *issuer_key;
  gboolean is_authority;
  gint64 begin_s;
  gint64 end_s;
  const EVP_MD *digest;
} MadeCertificate;

/** make_key: (transfer full): of P-256, as `local` has it. */
EVP_PKEY *make_key (void);

/** make_certificate: (transfer full): of @key. */
X509 *make_certificate (const MadeCertificate *as, EVP_PKEY *key);

/** to_pem: (transfer full): @certificates end with %NULL, and then comes @key (nullable), locked
 * with @password (nullable). */
GBytes *to_pem (X509 *const *certificates, EVP_PKEY *key, const char *password);
