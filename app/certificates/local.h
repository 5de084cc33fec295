/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mode `local` on the disk: the authority of this computer and its certificate, in a folder of
 * their own. What is there is used; what is missing is made; an authority is never written over,
 * because phones trust it. */

#pragma once

#include "app/certificates/authority.h"

#define PL_LOCAL_AUTHORITY_FILE   "authority.pem"
#define PL_LOCAL_CERTIFICATE_FILE "certificate.pem"

/**
 * PlLocal:
 * @certificate: what this computer shows of itself
 * @authority: who vouches for it: what phones are to trust, without its key's use
 * @is_new: whether the certificate was issued just now
 * @problem: (nullable): why it could not be renewed, or not be stored, in words; it serves
 *   nonetheless
 */
typedef struct
{
  PlCertificate *certificate;
  PlCertificate *authority;
  gboolean is_new;
  char *problem;
} PlLocal;

void pl_local_free (PlLocal *local);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlLocal, pl_local_free)

/** pl_local_dup_folder: (transfer full) (type filename): `certificates` in what the system has the
 * service keep (`$STATE_DIRECTORY`), else beside the settings at @settings_path. */
char *pl_local_dup_folder (const char *settings_path);

/**
 * pl_local_prepare: (transfer full):
 * @folder: (type filename): made if it is not there
 * @host_name: this computer's name, for a new authority
 * @hosts: whom the certificate is to be for
 * @now_s: seconds since 1970
 *
 * Reads, makes and renews. Takes milliseconds, and waits for the disk.
 *
 * Returns: %NULL with @error (#PlCertificateError) when there is nothing to serve with
 */
PlLocal *pl_local_prepare (const char *folder,
                           const char *host_name,
                           const char *const *hosts,
                           gint64 now_s,
                           GError **error);
