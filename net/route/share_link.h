/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What makes a request one of a share link of Immich's: the key or the slug in its address, read so
 * strictly that Immich cannot read another. */

#pragma once

#include "net/http/slice.h"

/** PL_SHARE_KEY_BYTES: how long the key of a link is. */
#define PL_SHARE_KEY_BYTES 50

/**
 * pl_share_key_read:
 * @text: as it stands in an address
 * @key: (out): its octets, by which keys are compared
 *
 * Immich takes many spellings of one key: base64url or hexadecimal digits, with `+` and `/`,
 * padding, white space or other last bits. Only the two it makes itself are taken here: 67 letters
 * of base64url whose spare bits are nought, and 100 digits in lower case, which old links have.
 *
 * Returns: %FALSE for anything else
 */
gboolean pl_share_key_read (PlSlice text, guint8 key[PL_SHARE_KEY_BYTES]);

/**
 * PlShareQuery:
 * @PL_SHARE_QUERY_NO_LINK: there is neither key nor slug
 * @PL_SHARE_QUERY_LINK: there is one key in its own spelling, or one slug
 * @PL_SHARE_QUERY_UNCLEAR: there are several, or one in a spelling that readers take differently
 * @PL_SHARE_QUERY_LOGIN: there is what somebody with an account comes by: `sessionKey`, `apiKey`,
 * `userToken`
 */
typedef enum
{
  PL_SHARE_QUERY_NO_LINK,
  PL_SHARE_QUERY_LINK,
  PL_SHARE_QUERY_UNCLEAR,
  PL_SHARE_QUERY_LOGIN,
} PlShareQuery;

/**
 * pl_share_query_read:
 * @query: what follows the `?`; may be empty
 * @has_password: (out): whether there is the password of a link, too
 *
 * Immich's server takes the first of several keys, sees through percent-encodings of names, and
 * takes `key[]` for a list; case counts for it. Whatever looks like one of these names in any of
 * these ways without being it is unclear, an account's before all else.
 */
PlShareQuery pl_share_query_read (PlSlice query, gboolean *has_password);
