/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lines of the settings file may be. GKeyFile reads them, but does not say where it stumbles,
 * and takes a line that begins with `;` for a mistake, which other programs have for a comment. */

#pragma once

#include <glib.h>

/**
 * pl_syntax_dup_checked: (transfer full):
 * @name: of the file, for messages
 * @data: (nullable): %NULL only with a @length of 0
 *
 * Returns: @data, each `;` that begins a line as `#`; or %NULL with @error (%G_KEY_FILE_ERROR),
 * which names the line and what it should be
 */
char *pl_syntax_dup_checked (const char *name, const char *data, gsize length, GError **error);
