/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The opening there is, if there is one: kept in a file over restarts, and over when its time is.
 */

#pragma once

#include "app/opening/clock.h"
#include "app/opening/opening.h"

typedef struct _PlOpeningKeeper PlOpeningKeeper;

/**
 * PlOpeningFunc:
 * @over: (nullable): what has just come to its end, with nobody having asked for that; %NULL: there
 *   is one, and a little less is left of it
 */
typedef void (*PlOpeningFunc) (const PlOpening *over, gpointer user_data);

/**
 * PlKeptOpening: what a keeper had once, to be put back.
 * @opening: what it was
 * @end_us: its end on the steady clock
 */
typedef struct
{
  PlOpening opening;
  gint64 end_us;
} PlKeptOpening;

/** pl_opening_keeper_new: (transfer full): @clock: see #pl_opening_clock; none is read yet. @func
 * is called on the thread's main context. */
PlOpeningKeeper *pl_opening_keeper_new (const char *settings_path,
                                        const PlOpeningClock *clock,
                                        PlOpeningFunc func,
                                        gpointer user_data);

/** pl_opening_keeper_free: waits until what was begun is on the disk. */
void pl_opening_keeper_free (PlOpeningKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlOpeningKeeper, pl_opening_keeper_free)

/** pl_opening_keeper_set_clock: others are looked at from now on; for tests. */
void pl_opening_keeper_set_clock (PlOpeningKeeper *keeper, const PlOpeningClock *clock);

/** pl_opening_keeper_load: takes up the one that is in the file. %FALSE: it is over by now, and
 * forgotten. */
gboolean pl_opening_keeper_load (PlOpeningKeeper *keeper);

/** pl_opening_keeper_get: (transfer none) (nullable): the one there is, until the next call. */
const PlOpening *pl_opening_keeper_get (const PlOpeningKeeper *keeper);

/** pl_opening_keeper_get_now_s: what its wall clock says. */
gint64 pl_opening_keeper_get_now_s (const PlOpeningKeeper *keeper);

/** pl_opening_keeper_get_left_s: how long it lasts still; 0: there is none. */
gint64 pl_opening_keeper_get_left_s (const PlOpeningKeeper *keeper);

/** pl_opening_keeper_dup_words: (transfer full) (nullable): see pl_opening_dup_words(); %NULL:
 * there is none. */
char *pl_opening_keeper_dup_words (const PlOpeningKeeper *keeper);

/** pl_opening_keeper_find_welcome: who may come in now where the settings say @before: as the
 * opening says, if there is one and it began under the same. */
PlWelcome pl_opening_keeper_find_welcome (const PlOpeningKeeper *keeper, const PlWelcome *before);

/**
 * pl_opening_keeper_settle:
 *
 * The settings in force say @before: an opening that began under others is over.
 *
 * Returns: whether there was one
 */
gboolean pl_opening_keeper_settle (PlOpeningKeeper *keeper, const PlWelcome *before);

/** pl_opening_keeper_begin: in place of the one there may be; @opening: see pl_opening_check(). It
 * is written in the background. */
void pl_opening_keeper_begin (PlOpeningKeeper *keeper, const PlOpening *opening);

/** pl_opening_keeper_end: there is none any more, by somebody's wish. */
void pl_opening_keeper_end (PlOpeningKeeper *keeper);

/** pl_opening_keeper_dup: (transfer full) (nullable): the one there is, for
 * pl_opening_keeper_put_back(); %NULL: there is none. g_free() it. */
PlKeptOpening *pl_opening_keeper_dup (const PlOpeningKeeper *keeper);

/** pl_opening_keeper_put_back: what was begun or ended since could not be: there is again what
 * there was, @before (nullable), and it lasts no longer than it was to. */
void pl_opening_keeper_put_back (PlOpeningKeeper *keeper, const PlKeptOpening *before);

/**
 * pl_opening_keeper_flush:
 *
 * Waits until what was begun is on the disk.
 *
 * Returns: (nullable): why it could not be written, so that it will not outlast a restart; until
 *   the next call
 */
const char *pl_opening_keeper_flush (PlOpeningKeeper *keeper);

/** pl_opening_keeper_look: looks at the clocks now: they may have been set, or the computer has
 * slept. They are looked at every few seconds by themselves. */
void pl_opening_keeper_look (PlOpeningKeeper *keeper);
