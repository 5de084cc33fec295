/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the settings of an upstream say of certificates: `verify-tls` and `ca-file`. */

#pragma once

#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

/**
 * pl_settings_new_proof: (transfer full):
 * @group: `upstream immich`
 *
 * How those of its addresses that encrypt show who they are.
 *
 * Returns: %NULL with @error when the file cannot be used
 */
PlProof *pl_settings_new_proof (const PlSettings *settings, const char *group, GError **error);

/** pl_settings_find_proof: (transfer full) (nullable): the same where it is not for the system to
 * say whom to believe; else, or where it cannot be said, %NULL. For who asks such an address beside
 * the engine. */
PlProof *pl_settings_find_proof (const PlSettings *settings, const char *group);
