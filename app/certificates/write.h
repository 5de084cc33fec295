/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates as text (PEM, RFC 7468), and onto the disk. */

#pragma once

#include "app/certificates/certificate.h"

/** pl_certificate_to_pem: (transfer full): it, its chain, and its key, which is a secret: to be
 * written with pl_certificate_write_secret(). */
GBytes *pl_certificate_to_pem (const PlCertificate *certificate);

/** pl_certificate_chain_to_pem, pl_certificate_key_to_pem: (transfer full): the two parts of it, as
 * the engine takes them (net/io/tls.h); the key is a secret that is cleared when it is freed. */
GBytes *pl_certificate_chain_to_pem (const PlCertificate *certificate);
GBytes *pl_certificate_key_to_pem (const PlCertificate *certificate);

/** pl_key_to_pem: (transfer full): a key alone (PKCS#8), which is a secret as above. */
GBytes *pl_key_to_pem (EVP_PKEY *key);

/** pl_certificate_dup_der: (transfer full): itself alone, for those who are to trust it (DER). */
GBytes *pl_certificate_dup_der (const PlCertificate *certificate);

/** pl_certificate_write_secret: a file that its owner alone can read, whole or not at all. %FALSE
 * with @error (#GFileError). */
gboolean pl_certificate_write_secret (const char *path, GBytes *secret, GError **error);
