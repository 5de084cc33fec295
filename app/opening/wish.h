/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An opening as it is asked for on a command line: `world=links 2h`. */

#pragma once

#include "app/opening/opening.h"

/**
 * PlOpeningWish:
 * @is_end: `off`: what is open is to be so no longer; the rest is of no meaning
 * @welcome: who is to come in; @has_world: it was said what the internet may see
 * @length_s: for how long; 0: until @until_s
 */
typedef struct
{
  gboolean is_end;
  PlWelcome welcome;
  gboolean has_world;
  gint64 length_s;
  gint64 until_s;
} PlOpeningWish;

/**
 * pl_opening_wish_parse:
 * @text: words with spaces between: whom it is for, `world=links`, `world=everything` (both mean
 *   the internet) or `exposure=network`, `exposure=internet`; and how long, `30m`, `2h`, `3d`, or
 *   `until 22:00`, `until 2026-12-24 18:00`, `until 2026-12-24` (to the end of that day). Or `off`
 * @now_s: on the wall clock; the next 22:00 from then on is meant
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT), for people, when @text is none of
 *   that
 */
gboolean
pl_opening_wish_parse (const char *text, gint64 now_s, PlOpeningWish *wish, GError **error);

/** pl_opening_wish_find: what @wish, which is no end, comes to where the settings say @before, at
 * @now_s; for pl_opening_check(). What the internet may see is, where nobody said it, what they
 * say. */
PlOpening pl_opening_wish_find (const PlOpeningWish *wish, const PlWelcome *before, gint64 now_s);
