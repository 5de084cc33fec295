/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an authority is told is signed (RFC 7515, as RFC 8555 §6.2 narrows it): with the account's
 * key, EC P-256 and SHA-256 (ES256). */

#pragma once

#include "app/certificates/openssl.h"

/** pl_jws_is_fit: whether @key is of the one kind that is signed with here. */
gboolean pl_jws_is_fit (EVP_PKEY *key);

/** pl_jws_dup_jwk: (transfer full): the public half of @key (RFC 7517), with its members in the
 * order and form of RFC 7638. */
char *pl_jws_dup_jwk (EVP_PKEY *key);

/** pl_jws_dup_thumbprint: (transfer full): of the public half, in base64url (RFC 7638). */
char *pl_jws_dup_thumbprint (EVP_PKEY *key);

/**
 * PlJwsHead: what is said beside the payload, and signed with it (RFC 8555 §6.2).
 * @account: (nullable): the account's URL; %NULL: the key itself stands there
 * @nonce: from the authority, base64url
 */
typedef struct
{
  const char *account;
  const char *nonce;
  const char *url;
} PlJwsHead;

/** pl_jws_sign: (transfer full) (nullable): the whole as JSON; @payload: empty for a question that
 * only fetches (§6.3). %NULL: OpenSSL could not. */
char *pl_jws_sign (EVP_PKEY *key, const PlJwsHead *head, const char *payload);

/** pl_jws_bind: (transfer full) (nullable): that the owner of @id, whose @secret is known to the
 * authority (base64url), has @key now (RFC 8555 §7.3.4). %NULL: @secret is none. */
char *pl_jws_bind (EVP_PKEY *key, const char *id, const char *secret, const char *url);

/** pl_jws_dup_signature: (transfer full) (nullable): of @signed_text by ES256, in base64url (RFC
 * 7518 §3.4). */
char *pl_jws_dup_signature (EVP_PKEY *key, const char *signed_text);

/** pl_jws_dup_mac: (transfer full) (nullable): of @signed_text by HS256 (RFC 7518 §3.2); @secret:
 * base64url; %NULL when that is none. */
char *pl_jws_dup_mac (const char *secret, const char *signed_text);
