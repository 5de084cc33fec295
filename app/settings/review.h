/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking a settings file through, each value for itself. */

#pragma once

#include "app/settings/problems.h"
#include "app/settings/settings.h"

/**
 * pl_settings_review:
 *
 * Adds to @problems every value that is not allowed, every one that is missing, and as warnings the
 * groups and keys that are not known. How values fit together is looked at by
 * pl_settings_new_config().
 */
void pl_settings_review (const PlSettings *settings, PlProblems *problems);
