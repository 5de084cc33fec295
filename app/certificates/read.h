/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Octets into certificates and keys: PEM (RFC 7468) and PKCS#12 (RFC 7292). Messages are for people
 * and never hold a part of what was read. */

#pragma once

#include "app/certificates/certificate.h"

/**
 * pl_certificate_read:
 * @certificates: PEM with certificates, others being passed over; or PKCS#12
 * @keys: (nullable): PEM with a private key; %NULL: it is in @certificates
 * @password: (nullable): what the key, or all, is locked with
 *
 * Returns: (transfer full): %NULL with @error (#PlCertificateError)
 */
PlCertificate *
pl_certificate_read (GBytes *certificates, GBytes *keys, const char *password, GError **error);

/** pl_certificate_read_key: (transfer full): the first private key of @pem; %NULL with @error:
 * %PL_CERTIFICATE_ERROR_NO_KEY, _LOCKED or _PASSWORD. */
EVP_PKEY *pl_certificate_read_key (GBytes *pem, const char *password, GError **error);
