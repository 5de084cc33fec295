/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that are lists, one entry at a time, as the window adds them. */

#pragma once

#include "app/settings/settings.h"

/** pl_settings_list_has: whether @entry, so spelt, is one of those of `[group] key`. */
gboolean pl_settings_list_has (const PlSettings *settings,
                               const char *group,
                               const char *key,
                               const char *entry);

/** pl_settings_list_add: puts @entry at the end of those; %FALSE: it may not stand there. */
gboolean
pl_settings_list_add (PlSettings *settings, const char *group, const char *key, const char *entry);
