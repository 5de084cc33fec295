/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wished for of an authority and what there is of it, in memory and on the disk: whether
 * that will do, when it is due, and what becomes of it when it is made or could not be. Nobody is
 * asked here, and the clock is handed in: times are seconds since 1970. */

#pragma once

#include "app/acme/acme.h"
#include "app/acme/store.h"

/**
 * PlAcmeHolding:
 * @store: what the disk has of @wish
 * @certificate: (nullable): what the authority made
 */
typedef struct
{
  PlAcmeWish *wish;
  PlAcmeStore *store;
  PlCertificate *certificate;
} PlAcmeHolding;

/**
 * pl_acme_holding_new: (transfer full)
 * @wish: borrowed
 * @folder: (type filename): see pl_acme_store_dup_folder()
 * @is_changed: something else was wished for until now in this run: what failed before is tried at
 *   once
 */
PlAcmeHolding *
pl_acme_holding_new (const PlAcmeWish *wish, const char *folder, gboolean is_changed);
void pl_acme_holding_free (PlAcmeHolding *holding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeHolding, pl_acme_holding_free)

/** pl_acme_holding_needs_first: whether there is nothing that could be renewed. */
gboolean pl_acme_holding_needs_first (const PlAcmeHolding *holding);

/** pl_acme_holding_find_due_s: when a certificate is to be made; what is past is due. */
gint64 pl_acme_holding_find_due_s (PlAcmeHolding *holding, gint64 now_s);

/** pl_acme_holding_is_barred: whether the authority has said that it does not want to be asked yet.
 */
gboolean pl_acme_holding_is_barred (const PlAcmeHolding *holding, gint64 now_s);

/** pl_acme_holding_dup_wish: (transfer full): with the certificate that is there, of which its
 * authority is told. */
PlAcmeWish *pl_acme_holding_dup_wish (const PlAcmeHolding *holding);

/**
 * pl_acme_holding_expect_failure:
 *
 * That it failed stands on the disk before it is tried: a program that ends over and over because
 * of this has waited nonetheless. %FALSE with @error, for people, when it cannot be written.
 */
gboolean pl_acme_holding_expect_failure (PlAcmeHolding *holding, gint64 now_s, GError **error);

/** pl_acme_holding_note_failure: why, and from that when it is tried again. */
void pl_acme_holding_note_failure (PlAcmeHolding *holding, const GError *error, gint64 now_s);

/**
 * pl_acme_holding_take:
 * @chain, @key: PEM, as the authority and who asked it have made them
 *
 * From now on they are what there is. What is not fit to serve does not take the place of what
 * does: %FALSE with @error, for people.
 */
gboolean pl_acme_holding_take (PlAcmeHolding *holding,
                               GBytes *chain,
                               GBytes *key,
                               gint64 now_s,
                               GError **error);

/** pl_acme_holding_heed_window: the authority wants it to be renewed between @start_s and @stop_s.
 */
void
pl_acme_holding_heed_window (PlAcmeHolding *holding, gint64 start_s, gint64 stop_s, gint64 now_s);
