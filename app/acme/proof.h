/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What proves that a name leads to this computer, and what the certificate is then made of. */

#pragma once

#include "app/acme/acme.h"
#include "app/acme/answer.h"
#include "app/certificates/openssl.h"

/** pl_proof_dup_answer: (transfer full): the key authorization (RFC 8555 §8.1): @token and the
 * account key's thumbprint. */
char *pl_proof_dup_answer (EVP_PKEY *account_key, const char *token);

/** pl_proof_dup_record: (transfer full): the TXT record's name of DNS-01 (§8.4). */
char *pl_proof_dup_record (const char *name);

/** pl_proof_dup_value: (transfer full): the record's value. */
char *pl_proof_dup_value (EVP_PKEY *account_key, const char *token);

/** pl_proof_new_challenge: (transfer full): what our engine is to answer for @offer about @name;
 * @offer is not of DNS. %NULL with @error: OpenSSL could not make the certificate. */
PlAcmeChallenge *pl_proof_new_challenge (EVP_PKEY *account_key,
                                         const char *name,
                                         const PlAcmeOffer *offer,
                                         GError **error);

/** pl_proof_dup_request: (transfer full): the request for a certificate of @key for @names
 * (PKCS#10, RFC 2986), DER in base64url. %NULL with @error: OpenSSL could not. */
char *pl_proof_dup_request (EVP_PKEY *key, const char *const *names, GError **error);

/** pl_proof_dup_renewal_id: (transfer full) (nullable): by which an authority knows @certificate
 * (RFC 9773 §4.1); %NULL: it does not say whose key signed it. */
char *pl_proof_dup_renewal_id (X509 *certificate);

/** pl_proof_dup_renewal_id_of: (transfer full) (nullable): the same, of the first in @chain (PEM);
 * %NULL also when there is none. */
char *pl_proof_dup_renewal_id_of (GBytes *chain);
