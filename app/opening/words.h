/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Openings as people say them, in window, tray and daemon. */

#pragma once

#include "app/opening/opening.h"

/** pl_opening_dup_until: (transfer full): a moment to come: `22:00`, `midnight` of today, `28 Nov,
 * 22:00`. */
char *pl_opening_dup_until (gint64 until_s, gint64 now_s);

/** pl_opening_dup_left: (transfer full): `43 min`, `2 h 5 min`, `3 days`, `less than a minute`. */
char *pl_opening_dup_left (gint64 left_s);

/**
 * pl_opening_dup_words: (transfer full):
 * @left_s: how long it lasts still
 *
 * Returns: a sentence without its full stop: `Open to the internet until 22:00, 43 min left; then
 *   to your network only`
 */
char *pl_opening_dup_words (const PlOpening *opening, gint64 left_s, gint64 now_s);

/** pl_opening_get_over_words: (transfer none): what is so when it is over, likewise: `Open to your
 * network only, again`. */
const char *pl_opening_get_over_words (const PlOpening *opening);
