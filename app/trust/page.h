/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page that tells a device how to trust this computer. */

#pragma once

#include "app/certificates/certificate.h"
#include "app/system/catalogue.h"
#include "app/trust/devices.h"

/**
 * pl_trust_page_new: (transfer full):
 * @language: (nullable): as in HTML: `de`, `pt-BR`; %NULL: the program's
 * @words: (nullable): in that language
 * @is_plain_served: whether devices at home are served without encryption, too
 *
 * Returns: HTML
 */
GBytes *pl_trust_page_new (const PlTrustDevice *device,
                           const PlCertificate *authority,
                           const char *language,
                           const PlCatalogue *words,
                           gboolean is_plain_served);
