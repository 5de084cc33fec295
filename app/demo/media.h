/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures, and a file as big as a video. */

#pragma once

#include "app/demo/site.h"

void pl_media_thumbnail (PlVisit *visit);
void pl_media_original (PlVisit *visit);

/**
 * pl_media_big_file:
 *
 * 512 MiB made while they are sent. The octet at any place can be worked out, so that a reader can
 * tell whether a range is the right one: see pl_media_word_at().
 */
void pl_media_big_file (PlVisit *visit);

/**
 * pl_media_word_at:
 *
 * The eight octets of the big file from @index * 8, as a little-endian number: splitmix64 of
 * @index.
 */
guint64 pl_media_word_at (guint64 index);
