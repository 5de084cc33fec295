/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of a share link asked for in vain, because its Immich is newer than what is known
 * of such pages, and the line of the settings that lets it through. */

#pragma once

#include "net/proxy/proxy.h"

/**
 * pl_share_page_dup_wish: (transfer full) (nullable):
 *
 * The line of `[door] also-links=` by which @record would have passed: `GET
 * /api/assets/{id}/tiles`. It lets nothing through but what differs from @record in its ids.
 *
 * Returns: %NULL where @record was not kept out for that, does not look like such a page's request
 *   (reading, below `/api/` with the link, else a file of which pages are made, from one), or is
 * for what versions of Immich that are known have for those who log in
 */
char *pl_share_page_dup_wish (const PlRecord *record);

/** pl_share_page_is_asking: whether @record carries a link or says to come from the page of one, as
 * guests' requests do; anybody can say so. */
gboolean pl_share_page_is_asking (const PlRecord *record);
