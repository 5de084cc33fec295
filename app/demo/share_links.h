/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The share links of the demo, as data, and which of them a request has. */

#pragma once

#include "app/demo/site.h"

/**
 * PlShareLink:
 * @id: a UUID
 * @key: as in Immich's addresses: 50 octets in base64url
 * @slug: the same as a word
 * @password: (nullable): asked for by the page
 * @first, @n: which pictures it holds
 * @takes_uploads: whether guests may add some
 */
typedef struct
{
  const char *id;
  const char *album;
  const char *key;
  const char *slug;
  const char *password;
  const char *title;
  guint first;
  guint n;
  gboolean takes_uploads;
} PlShareLink;

/** pl_share_links: all there are. */
const PlShareLink *pl_share_links (guint *n_links);

/** pl_share_link_find: (transfer none) (nullable): the one whose @key and whose @slug, if given,
 * are these; the key goes first, as for Immich. */
const PlShareLink *pl_share_link_find (const char *key, const char *slug);

/** pl_share_is_guest: whether a request names a link at all. */
gboolean pl_share_is_guest (const PlVisit *visit);

/** pl_share_get_link: (transfer none) (nullable): the link the request names, which is then
 * answered if there is none such. */
const PlShareLink *pl_share_get_link (PlVisit *visit);

/** pl_share_link_holds: whether picture @index is in it. */
gboolean pl_share_link_holds (const PlShareLink *link, guint index);
