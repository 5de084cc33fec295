/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is served below `/.porchlight/trust`: by which devices learn to trust this computer. */

#pragma once

#include "app/certificates/certificate.h"
#include "net/proxy/proxy.h"

/** pl_trust_new_pages: (transfer full): @authority: (nullable): %NULL: there is nothing to trust,
 * and nothing is found there; @is_plain_served: see pl_trust_page_new(). */
PlOwnPages *pl_trust_new_pages (const PlCertificate *authority, gboolean is_plain_served);
