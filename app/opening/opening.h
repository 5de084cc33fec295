/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An opening: others may come in for a while than the settings say, which stay as they are. So
 * nobody has to go back: an opening that is over is none (docs/adr/022-open-for-a-while.md). */

#pragma once

#include "app/opening/welcome.h"

/** PL_OPENING_LONGEST_S: whoever wants it for longer wants another setting. */
#define PL_OPENING_LONGEST_S (366 * 24 * 60 * 60)

/**
 * PlOpening:
 * @welcome: who may come in while it lasts
 * @before: what the settings said when it began: what it goes back to. When they say something else
 *   somebody has decided anew, and it is over
 * @begun_s, @until_s: on the wall clock, in seconds since 1970
 */
typedef struct
{
  PlWelcome welcome;
  PlWelcome before;
  gint64 begun_s;
  gint64 until_s;
} PlOpening;

/**
 * pl_opening_check:
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT), for people, when @opening lets nobody
 *   in who may not come in anyway, is over before it begins, or would last too long
 */
gboolean pl_opening_check (const PlOpening *opening, GError **error);

/**
 * pl_opening_get_left_s:
 * @now_s: on the wall clock
 *
 * Returns: how long it lasts, never more than it was to last in all; 0: it is over. It is also
 *   where the clock stands so long before its beginning that nothing is known of the time
 */
gint64 pl_opening_get_left_s (const PlOpening *opening, gint64 now_s);

/** pl_opening_find_midnight: the end of the day that @now_s is of, where the computer is. */
gint64 pl_opening_find_midnight (gint64 now_s);

/** pl_opening_dup_path: (transfer full) (type filename): the file it is kept in: in what the system
 * has the service keep (`$STATE_DIRECTORY`), else beside the settings at @settings_path, whose name
 * it has with `.opening` behind it. */
char *pl_opening_dup_path (const char *settings_path);

/** pl_opening_dup_data: (transfer full): what to write there. */
char *pl_opening_dup_data (const PlOpening *opening, gsize *length);

/** pl_opening_read: %FALSE where @data holds no opening; @opening is then untouched. */
gboolean pl_opening_read (const char *data, gsize length, PlOpening *opening);
