/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small certificate authority of this computer's own (mode `local`). Who trusts it is bound to
 * little: it may vouch for this computer's names, for `.local`, `.home.arpa` and `.lan`, and for
 * private addresses alone (RFC 5280 §4.2.1.10), whoever may get hold of its key. */

#pragma once

#include "app/certificates/certificate.h"

typedef struct _PlAuthority PlAuthority;

/**
 * pl_authority_new: (transfer full):
 * @host_name: this computer's name, which it may vouch for, and is called by
 * @now_s: seconds since 1970
 *
 * Makes one with a new key of P-256, for ten years.
 *
 * Returns: %NULL with @error (%PL_CERTIFICATE_ERROR_AUTHORITY)
 */
PlAuthority *pl_authority_new (const char *host_name, gint64 now_s, GError **error);

/** pl_authority_read: (transfer full): from pl_authority_to_pem(); errors as pl_certificate_read().
 */
PlAuthority *pl_authority_read (GBytes *pem, GError **error);
void pl_authority_free (PlAuthority *authority);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAuthority, pl_authority_free)

/** pl_authority_to_pem: (transfer full): certificate and key, which is a secret. */
GBytes *pl_authority_to_pem (const PlAuthority *authority);

/** pl_authority_get_certificate: (transfer none): for its facts; whoever has it has the key. */
PlCertificate *pl_authority_get_certificate (const PlAuthority *authority);

/** pl_authority_permits: whether it may vouch for @host, a name or an address. */
gboolean pl_authority_permits (const PlAuthority *authority, const char *host);

/**
 * pl_authority_issue: (transfer full):
 * @hosts: whom for; those it may not vouch for are left out
 *
 * Makes a certificate with a new key that phones and browsers take (SHA-256, subject alternative
 * names, for servers alone, 397 days at most).
 *
 * Returns: %NULL with @error (%PL_CERTIFICATE_ERROR_AUTHORITY), also when by the clock the
 *   authority is not begun yet or is over: then it is rather the clock that is wrong
 */
PlCertificate *pl_authority_issue (const PlAuthority *authority,
                                   const char *const *hosts,
                                   gint64 now_s,
                                   GError **error);

/** pl_authority_should_renew: whether @certificate is from another authority, is past two thirds of
 * its life, has not begun (the clock was put back), or lacks one of @hosts that the authority may
 * vouch for. */
gboolean pl_authority_should_renew (const PlAuthority *authority,
                                    const PlCertificate *certificate,
                                    const char *const *hosts,
                                    gint64 now_s);
