/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page that tells a device how to trust this computer. */

#pragma once

#include "app/certificates/certificate.h"
#include "app/trust/devices.h"

/** pl_trust_page_new: (transfer full): HTML in the program's language. @is_plain_served: whether
 * devices at home are served without encryption, too. */
GBytes *pl_trust_page_new (const PlTrustDevice *device,
                           const PlCertificate *authority,
                           gboolean is_plain_served);
