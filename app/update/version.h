/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Versions of this program: numbers with points between. */

#pragma once

#include <glib.h>

/** pl_version_is_valid: from one number to four, of five digits at most each, and nothing else. */
gboolean pl_version_is_valid (const char *version);

/** pl_version_is_newer: whether @version came after @than; both valid. What is not said is 0: `1.2`
 * is `1.2.0`. */
gboolean pl_version_is_newer (const char *version, const char *than);
