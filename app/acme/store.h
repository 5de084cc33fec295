/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept of an authority on the disk, in a folder that its user alone can look into: the key
 * of the account, the certificate it made, and when it may be asked again, so that a program that
 * starts over and over asks no more often than one that runs. */

#pragma once

#include "app/certificates/certificate.h"

/**
 * PlAcmeStore:
 * @directory: (nullable): the authority that was asked last; @names: (nullable): whom for
 * @n_failures: how often that failed in a row
 * @retry_s: when it is tried again, seconds since 1970; 0: nothing failed
 * @barred_until_s: until when the authority does not want to be asked; 0: it did not say so
 * @words: (nullable): why it failed last
 * @issuer: (nullable): the directory of who made the certificate that is there
 * @renew_s: when that is renewed; 0: not chosen yet
 * @ask_s: when its authority is to be asked when to renew it
 *
 * What stands in the folder beside key and certificate.
 */
typedef struct
{
  char *folder;
  char *directory;
  GStrv names;
  guint n_failures;
  gint64 retry_s;
  gint64 barred_until_s;
  char *words;
  char *issuer;
  gint64 renew_s;
  gint64 ask_s;
} PlAcmeStore;

/** pl_acme_store_dup_folder: (transfer full) (type filename): where it is; @certificates: see
 * pl_local_dup_folder(). */
char *pl_acme_store_dup_folder (const char *certificates);

/** pl_acme_store_new: (transfer full): what is in @folder, which need not be there. */
PlAcmeStore *pl_acme_store_new (const char *folder);
void pl_acme_store_free (PlAcmeStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeStore, pl_acme_store_free)

/** pl_acme_store_begin_anew: another authority is asked, or for other names: what failed until now
 * is of no meaning. */
void pl_acme_store_begin_anew (PlAcmeStore *store, const char *directory, const char *const *names);

/** pl_acme_store_save: %FALSE with @error, for people, when it cannot be written. */
gboolean pl_acme_store_save (const PlAcmeStore *store, GError **error);

/** pl_acme_store_read_account: (transfer full): the account's key (PEM), a secret. It is made when
 * there is none, and never written over: who has lost it has lost the account. %NULL with @error,
 * for people. */
GBytes *pl_acme_store_read_account (const PlAcmeStore *store, GError **error);

/** pl_acme_store_read_certificate: (transfer full) (nullable): %NULL: there is none that can be
 * read. */
PlCertificate *pl_acme_store_read_certificate (const PlAcmeStore *store);

/** pl_acme_store_write_certificate: whole or not at all. %FALSE with @error, for people. */
gboolean pl_acme_store_write_certificate (const PlAcmeStore *store,
                                          const PlCertificate *certificate,
                                          GError **error);
