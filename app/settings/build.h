/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From settings to what the engine runs. */

#pragma once

#include "app/settings/problems.h"
#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

/**
 * pl_settings_new_config: (transfer full):
 * @problems: all that is wrong is added, not only the first; unknown groups and keys as warnings
 *
 * Upstreams without any route: everything goes to the upstream, if there is exactly one.
 *
 * Returns: %NULL when @problems has errors, be they from here or from before
 */
PlConfig *pl_settings_new_config (const PlSettings *settings, PlProblems *problems);
