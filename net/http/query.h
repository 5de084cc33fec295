/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the names in a query are spelt, seen as a danger: what programs that read it after us could
 * take one for. */

#pragma once

#include "net/http/slice.h"

/**
 * pl_query_name_passes_for:
 * @name: what stands before the `=`, as it came
 * @lower: a word in lower case
 *
 * Whether @name is @lower to the reader that sees through the most: who ignores case, decodes
 * percent-encodings, drops what passes for white space, and takes brackets for the name of a list
 * or of a group (`[key]` is `key` to servers on Express 4, `key[]` and `key[0]` are lists of it).
 */
gboolean pl_query_name_passes_for (PlSlice name, const char *lower);
