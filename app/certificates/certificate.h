/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A certificate with its key and those that vouch for it: what a server shows of itself. An
 * immutable value that threads share. Of the key nothing leaves it but the key itself, for those
 * who sign with it. */

#pragma once

#include <gio/gio.h>

#include "app/certificates/openssl.h"

#define PL_CERTIFICATE_ERROR (pl_certificate_error_quark ())
GQuark pl_certificate_error_quark (void);

/**
 * PlCertificateError: why there is none to use; each with a message for people.
 * @PL_CERTIFICATE_ERROR_UNREADABLE: a file cannot be read
 * @PL_CERTIFICATE_ERROR_NO_CERTIFICATE: it holds no certificate, or a damaged one
 * @PL_CERTIFICATE_ERROR_NO_KEY: it holds no key, or a damaged one
 * @PL_CERTIFICATE_ERROR_LOCKED: the key needs a password, and there is none
 * @PL_CERTIFICATE_ERROR_PASSWORD: the password is a wrong one
 * @PL_CERTIFICATE_ERROR_MISMATCH: the key belongs to none of the certificates
 * @PL_CERTIFICATE_ERROR_WEAK: the key is too short for browsers
 * @PL_CERTIFICATE_ERROR_AUTHORITY: an authority cannot be made, or cannot issue now
 */
typedef enum
{
  PL_CERTIFICATE_ERROR_UNREADABLE,
  PL_CERTIFICATE_ERROR_NO_CERTIFICATE,
  PL_CERTIFICATE_ERROR_NO_KEY,
  PL_CERTIFICATE_ERROR_LOCKED,
  PL_CERTIFICATE_ERROR_PASSWORD,
  PL_CERTIFICATE_ERROR_MISMATCH,
  PL_CERTIFICATE_ERROR_WEAK,
  PL_CERTIFICATE_ERROR_AUTHORITY,
} PlCertificateError;

typedef struct _PlCertificate PlCertificate;

/**
 * pl_certificate_new:
 * @all: in any order: the certificate of @key, those that vouch for it, and perhaps others
 * @key: the private key
 *
 * Puts them in order (RFC 8446 §4.4.2): what does not vouch for it is left out, and so is the
 * root, which a client trusts already or not at all.
 *
 * Returns: (transfer full): %NULL with @error: %PL_CERTIFICATE_ERROR_NO_CERTIFICATE, _MISMATCH or
 *   _WEAK
 */
PlCertificate *pl_certificate_new (PlX509Stack *all, EVP_PKEY *key, GError **error);
PlCertificate *pl_certificate_ref (PlCertificate *certificate);
void pl_certificate_unref (PlCertificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlCertificate, pl_certificate_unref)

/** pl_certificate_get_x509, pl_certificate_get_chain, pl_certificate_get_key: (transfer none): the
 * computer's own certificate; those that vouch for it, each for the one before it, perhaps none;
 * its private key. */
X509 *pl_certificate_get_x509 (const PlCertificate *certificate);
PlX509Stack *pl_certificate_get_chain (const PlCertificate *certificate);
EVP_PKEY *pl_certificate_get_key (const PlCertificate *certificate);

/** pl_certificate_get_hosts: (transfer none): the names and addresses it is for. */
const char *const *pl_certificate_get_hosts (const PlCertificate *certificate);

/** pl_certificate_get_issuer: (transfer none): the name of who vouches for it. */
const char *pl_certificate_get_issuer (const PlCertificate *certificate);

/** pl_certificate_get_not_before_s, pl_certificate_get_not_after_s: from when until when it is
 * good, in seconds since 1970. */
gint64 pl_certificate_get_not_before_s (const PlCertificate *certificate);
gint64 pl_certificate_get_not_after_s (const PlCertificate *certificate);

/** pl_certificate_get_fingerprint: (transfer none): see pl_facts_dup_fingerprint(). */
const char *pl_certificate_get_fingerprint (const PlCertificate *certificate);

/** pl_certificate_get_issuer_x509: (transfer none) (nullable): who vouches for it, a root too;
 * %NULL: itself, or that was not among @all. */
X509 *pl_certificate_get_issuer_x509 (const PlCertificate *certificate);

/** pl_certificate_set_staple: what its authority says of it (DER), good until @until_s, seconds
 * since 1970. To be set before others have the certificate. */
void pl_certificate_set_staple (PlCertificate *certificate, GBytes *response, gint64 until_s);

/** pl_certificate_get_staple: (transfer none) (nullable): @until_s: (out): of meaning if there is
 * one. */
GBytes *pl_certificate_get_staple (const PlCertificate *certificate, gint64 *until_s);

/** pl_certificate_is_self_signed: whether nobody vouches for it but itself. */
gboolean pl_certificate_is_self_signed (const PlCertificate *certificate);

/** pl_certificate_was_sorted: whether @all stood in another order than clients demand. */
gboolean pl_certificate_was_sorted (const PlCertificate *certificate);

/** pl_certificate_had_root: whether its root was among @all. */
gboolean pl_certificate_had_root (const PlCertificate *certificate);

/** pl_certificate_fits: whether it is for @host, a name or an address without brackets (RFC 9525).
 */
gboolean pl_certificate_fits (const PlCertificate *certificate, const char *host);

/** pl_certificate_is_same: whether two show the same of themselves, with the same key, and the same
 * words of their authority. */
gboolean pl_certificate_is_same (const PlCertificate *a, const PlCertificate *b);
