/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates out of files, as `[tls] certificate=` and `key=` name them. Reads and calculates,
 * which may take a while: not for a thread that somebody waits for. */

#pragma once

#include "app/certificates/certificate.h"

/**
 * PlCertificateFiles: of one certificate. (type filename)
 * @certificate: PEM, or PKCS#12 (any file that is no PEM)
 * @key: (nullable): PEM; %NULL or empty: it is in @certificate
 * @password: (nullable): its first line opens the key; %NULL or empty: the key is not locked
 */
typedef struct
{
  char *certificate;
  char *key;
  char *password;
} PlCertificateFiles;

/** pl_certificate_files_new_array: (transfer full) (element-type PlCertificateFiles): empty. */
GArray *pl_certificate_files_new_array (void);

/**
 * pl_certificate_files_read_lists: (transfer full) (element-type PlCertificateFiles):
 * @certificates, @keys, @passwords: paths with `;` between: the first key belongs to the first
 *   certificate; fewer of them: the rest have none of their own
 * @folder: (nullable): where paths begin that are relative
 *
 * Returns: %NULL with @error (%G_IO_ERROR_INVALID_ARGUMENT) when there is a key or a password
 *   without a certificate
 */
GArray *pl_certificate_files_read_lists (const char *certificates,
                                         const char *keys,
                                         const char *passwords,
                                         const char *folder,
                                         GError **error);

/** pl_certificate_load: (transfer full): %NULL with @error (#PlCertificateError), which names the
 * file and says what to do. */
PlCertificate *pl_certificate_load (const PlCertificateFiles *files, GError **error);

/** pl_certificate_files_dup_exposed: (transfer full) (type filename) (nullable): the file with the
 * key if others on this computer may read it; else %NULL. */
char *pl_certificate_files_dup_exposed (const PlCertificateFiles *files);
