/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates made here: what all of them have in common. */

#pragma once

#include "app/certificates/openssl.h"

/**
 * PlMaking:
 * @name: the common name of whom it is for
 * @begin_s, @end_s: seconds since 1970
 * @issuer, @issuer_key: (nullable): who signs it; %NULL: it is signed by itself
 *
 * What a certificate is to say.
 */
typedef struct
{
  const char *name;
  gint64 begin_s;
  gint64 end_s;
  X509 *issuer;
  EVP_PKEY *issuer_key;
} PlMaking;

/** pl_make_key: (transfer full) (nullable): a new one of P-256. */
EVP_PKEY *pl_make_key (void);

/** pl_make_begin: (transfer full) (nullable): all but its extensions and its signature, with a
 * random serial number (127 bits). */
X509 *pl_make_begin (const PlMaking *making, EVP_PKEY *key);

/** pl_make_add: adds an extension; @value: as in OpenSSL's configuration (x509v3_config(5)). */
gboolean pl_make_add (X509 *x509, const PlMaking *making, int nid, const char *value);

/** pl_make_sign: with SHA-256, by whom @making says. */
gboolean pl_make_sign (X509 *x509, const PlMaking *making, EVP_PKEY *key);

/** pl_make_dup_hosts: (transfer full): names and addresses as pl_make_add() takes them, for
 * %NID_subject_alt_name. */
char *pl_make_dup_hosts (const char *const *hosts);
