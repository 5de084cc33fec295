/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the settings say of the authority that is to make a certificate. */

#pragma once

#include "app/acme/acme.h"
#include "app/settings/problems.h"
#include "app/settings/settings.h"

/** pl_acme_is_shut_out: whether the authority of @wish cannot see by itself that the names lead
 * here, since nobody comes in from the internet and there is no program that proves it by DNS. */
gboolean pl_acme_is_shut_out (const PlSettings *settings, const PlAcmeWish *wish);

/**
 * pl_acme_read_settings:
 * @settings_path: (type filename): as of pl_settings_new_certificate_wish()
 * @wish: (out) (transfer full) (nullable): %NULL: no authority is to be asked
 * @problems: what is wrong is added, and what will keep an authority from making one
 *
 * Reads small files, and nothing over the network.
 *
 * Returns: %FALSE when something is wrong
 */
gboolean pl_acme_read_settings (const PlSettings *settings,
                                const char *settings_path,
                                PlAcmeWish **wish,
                                PlProblems *problems);
