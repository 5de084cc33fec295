/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the pages of Immich's share links ask for, as data. */

#pragma once

#include "net/http/slice.h"

/**
 * PlShareNeed: what a request has to have beside the right path.
 * @PL_SHARE_NEEDS_NOTHING: pages and files, and questions that anybody may ask
 * @PL_SHARE_NEEDS_LINK: a key or a slug in its query
 * @PL_SHARE_NEEDS_UPLOADS: that, and that guests may send photos
 */
typedef enum
{
  PL_SHARE_NEEDS_NOTHING,
  PL_SHARE_NEEDS_LINK,
  PL_SHARE_NEEDS_UPLOADS,
} PlShareNeed;

/**
 * PlShareRow:
 * @method: GET stands for HEAD, too
 * @path: what stands in braces: `{id}` for a UUID, `{key}` for the key of a link
 * (pl_share_key_read()), `{slug}` for a segment in any spelling, `{name}` for a segment in the only
 * spelling it has, `{names}`, at the end, for one or more of these
 * @fixed_bytes: how much of @path comes before the first brace
 * @takes_password: the query may have the password of a link
 */
typedef struct
{
  const char *method;
  const char *path;
  gsize fixed_bytes;
  PlShareNeed need;
  gboolean takes_password;
} PlShareRow;

/** pl_share_row_matches: @path: of a target, without its query. */
gboolean pl_share_row_matches (const PlShareRow *row, PlSlice method, PlSlice path);

/** pl_share_table_find: (transfer none) (nullable): the row that is for this. */
const PlShareRow *pl_share_table_find (PlSlice method, PlSlice path);

/** pl_share_pattern_is_sound: whether @path can stand in a row: begins with `/`, has no empty
 * segment, nothing that can be spelt otherwise, and only the words in braces that are known. */
gboolean pl_share_pattern_is_sound (PlSlice path);
