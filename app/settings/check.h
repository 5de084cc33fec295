/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a value may stand in a setting. */

#pragma once

#include "app/settings/table.h"

/**
 * pl_setting_check:
 * @text: a value, decoded and without spaces around it
 * @error: its message says what is allowed, to be put behind "… is not allowed: "
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT) when @setting cannot be @text
 */
gboolean pl_setting_check (const PlSetting *setting, const char *text, GError **error);

/** pl_setting_dup_list: (transfer full): the elements of a list value, without spaces and empty
 * ones; free with g_strfreev(). */
char **pl_setting_dup_list (const char *text);
