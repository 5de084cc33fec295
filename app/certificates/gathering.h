/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All that encryption needs at one time, by what the settings wish: certificates, and what is to be
 * said of them. Read and made by whichever thread calls; then a value. */

#pragma once

#include "app/certificates/judge.h"
#include "app/certificates/load.h"

/** PL_ACME_FOLDER: beside what is of mode local, what an authority has to do with; there
 * PL_ACME_CERTIFICATE_FILE: the certificate, its chain and its key, one file, so that they never
 * are of different ones. */
#define PL_ACME_FOLDER           "acme"
#define PL_ACME_CERTIFICATE_FILE "certificate.pem"

/**
 * PlEncryption: as `[tls] mode` has them.
 * @PL_ENCRYPTION_OFF: there is none
 * @PL_ENCRYPTION_LOCAL: by an authority of this computer's own
 * @PL_ENCRYPTION_FILES: by certificates that somebody else keeps
 * @PL_ENCRYPTION_ACME: by one that an authority makes by itself, kept by app/acme/renewer.h; while
 * there is none, and once it has ended, as @PL_ENCRYPTION_LOCAL
 */
typedef enum
{
  PL_ENCRYPTION_OFF,
  PL_ENCRYPTION_LOCAL,
  PL_ENCRYPTION_FILES,
  PL_ENCRYPTION_ACME,
} PlEncryption;

/**
 * PlCertificateWish:
 * @folder: (nullable): of modes local and acme, see pl_local_dup_folder()
 * @files: (nullable) (element-type PlCertificateFiles): of mode files; of mode acme the one that
 * need not be there
 * @called: (nullable): of modes local and acme: a name that leads here beside those of this
 * computer. It is found out, not wished for: pl_certificate_wish_equal() passes over it
 */
typedef struct
{
  PlEncryption mode;
  char *folder;
  GArray *files;
  char *called;
} PlCertificateWish;

/** pl_certificate_wish_new: (transfer full): with a copy of @folder (nullable) and a reference to
 * @files (nullable), which must not be changed any more. */
PlCertificateWish *pl_certificate_wish_new (PlEncryption mode, const char *folder, GArray *files);

/** pl_certificate_wish_new_acme: (transfer full): of mode acme, in a @folder (type filename) of
 * mode local. */
PlCertificateWish *pl_certificate_wish_new_acme (const char *folder);

void pl_certificate_wish_free (PlCertificateWish *wish);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlCertificateWish, pl_certificate_wish_free)

PlCertificateWish *pl_certificate_wish_copy (const PlCertificateWish *wish);
gboolean pl_certificate_wish_equal (const PlCertificateWish *a, const PlCertificateWish *b);

/**
 * PlGathering:
 * @certificates: (element-type PlCertificate): one at least unless encryption is off
 * @authority: (nullable): where the certificate is this computer's own: what phones are to trust
 * @remarks: (element-type PlRemark): what is to be said of @certificates, the gravest first
 * @problem: (nullable): why they could not be renewed, in words
 */
typedef struct
{
  GPtrArray *certificates;
  PlCertificate *authority;
  GPtrArray *remarks;
  char *problem;
} PlGathering;

/** pl_gathering_new: (transfer full): %NULL with @error (#PlCertificateError) when there is nothing
 * to serve with. Reads files and signs: some milliseconds, and however long the disk takes. */
PlGathering *pl_gathering_new (const PlCertificateWish *wish, gint64 now_s, GError **error);
void pl_gathering_free (PlGathering *gathering);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlGathering, pl_gathering_free)

/** pl_gathering_shows_same: whether a client would see no difference. */
gboolean pl_gathering_shows_same (const PlGathering *a, const PlGathering *b);

/** pl_gathering_find_grave: (transfer none) (nullable): why browsers will refuse it. */
const PlRemark *pl_gathering_find_grave (const PlGathering *gathering);
