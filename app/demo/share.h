/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Share links, as Immich has them: who holds the key sees the pictures of one album, without a
 * login. There are three, which the demo's page shows: an album, one with a password, and one that
 * takes pictures of guests. */

#pragma once

#include "app/demo/site.h"

/** pl_share_admits: whether the request may see picture @index: it has no link at all, since the
 * demo asks nobody to log in, or one that holds the picture. Else it is answered. */
gboolean pl_share_admits (PlVisit *visit, guint index);

/** pl_share_admits_upload: the same for pictures that are sent. */
gboolean pl_share_admits_upload (PlVisit *visit);

/** pl_share_page: the page of a link, `/share/KEY` and `/s/SLUG`; also with a photo behind it. */
void pl_share_page (PlVisit *visit);

/* What the page asks. */
void pl_share_me (PlVisit *visit);
void pl_share_album (PlVisit *visit);
void pl_share_add_to_album (PlVisit *visit);
void pl_share_buckets (PlVisit *visit);
void pl_share_bucket (PlVisit *visit);
void pl_share_asset (PlVisit *visit);
void pl_share_download_info (PlVisit *visit);
void pl_share_download (PlVisit *visit);

/** pl_share_list: the links there are, for the demo's own page. */
void pl_share_list (PlVisit *visit);
