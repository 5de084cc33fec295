/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the settings say of encryption, as a wish for certificates. */

#pragma once

#include "app/certificates/gathering.h"
#include "app/settings/problems.h"
#include "app/settings/settings.h"

/**
 * pl_settings_new_certificate_wish: (transfer full):
 * @settings_path: (type filename): where @settings are stored, or would be: paths begin there that
 *   are relative, and what this computer makes by itself is kept near
 * @problems: what is wrong is added
 *
 * Returns: %NULL when something is; whether files are there is not looked at
 */
PlCertificateWish *pl_settings_new_certificate_wish (const PlSettings *settings,
                                                     const char *settings_path,
                                                     PlProblems *problems);
