/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A configuration profile with an authority, for what Apple makes. */

#pragma once

#include "app/certificates/certificate.h"

/** pl_trust_profile_new: (transfer full): XML, not signed. The same authority makes the same
 * profile, so that installing it again replaces it. */
GBytes *pl_trust_profile_new (const PlCertificate *authority);
