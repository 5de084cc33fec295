/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the path of a target is spelt, seen as a danger: whether programs that read it after us
 * could take it for another path. */

#pragma once

#include "net/http/slice.h"

/**
 * pl_path_is_plain:
 * @path: an absolute path without a query
 *
 * Whether all programs read @path alike, as they do nearly every path: no percent-encodings, `\`,
 * `;`, doubled slashes, or segments that begin with a dot.
 */
gboolean pl_path_is_plain (PlSlice path);

/**
 * pl_path_read_widely:
 * @path: an absolute path as pl_target_parse() gave it, or what is left of one; may be empty
 * @out: where the result goes, at least @path.length octets; not terminated
 *
 * Reads @path as the program would that decodes, splits and merges the most: its normal form
 * (pl_path_normalize()) without the parameters of its segments (`/a;x=1/b` is `/a/b`).
 *
 * Returns: a slice of @out
 */
PlSlice pl_path_read_widely (PlSlice path, char *out);

/**
 * pl_path_divides_readers:
 * @path: an absolute path as pl_target_parse() gave it
 *
 * Whether the widest reading is not the last word on @path, since a program that decodes less may
 * end up somewhere else altogether:
 * - a segment is `..`, in any spelling, and there are percent-encodings, `\`, `;` or doubled
 *   slashes besides, so that how far up it leads depends on the reader: `/a/b%2fc/../../d` is `/d`
 *   to most, and `/a/d` to those who see one segment more to climb over;
 * - a parameter holds an encoded slash or a `\`, which ends it for some only: `/a;x%2fb`.
 */
gboolean pl_path_divides_readers (PlSlice path);
