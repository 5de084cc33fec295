/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the addresses of an upstream that speak HTTPS show who they are. */

#pragma once

#include <gio/gio.h>

#include "net/io/tls.h"

/**
 * PlProof:
 * @context: with which connections are encrypted
 * @verifies: whether a certificate has to fit and to be vouched for
 * @authorities: (nullable): PEM: who may vouch; %NULL: those that the system knows
 *
 * An immutable value that threads share.
 */
typedef struct
{
  PlTlsContext *context;
  gboolean verifies;
  GBytes *authorities;
  /*< private >*/
  gatomicrefcount ref_count;
} PlProof;

/** pl_proof_new: (transfer full): %NULL with @error as of pl_tls_context_new_client(). */
PlProof *pl_proof_new (gboolean verifies, GBytes *authorities, GError **error);
PlProof *pl_proof_ref (PlProof *proof);
void pl_proof_unref (PlProof *proof);

/**
 * pl_proof_vouches:
 *
 * Whether one of the authorities of @proof vouches for @certificate, whomever that is for; %FALSE
 * where there are none. For who asks by GIO's TLS, which else believes the system's.
 */
gboolean pl_proof_vouches (const PlProof *proof, GTlsCertificate *certificate);

/** pl_proof_equal: whether both ask for the same; each may be %NULL. */
gboolean pl_proof_equal (const PlProof *a, const PlProof *b);
