/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An order for a certificate, from its placing to what comes of it (RFC 8555 §7.4). */

#pragma once

#include "app/acme/run.h"
#include "app/certificates/certificate.h"

/** pl_acme_order_fulfil: (transfer full): proves what is to be proven, and fetches the certificate,
 * with a new key. %NULL with @error. */
PlCertificate *pl_acme_order_fulfil (const PlAcmeRun *run, GError **error);
