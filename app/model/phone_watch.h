/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the phone that somebody wants to connect has come, and where it has not, what was seen of
 * it instead: from that follows what to do. Other devices that come and go meanwhile are no phone
 * that is being connected. */

#pragma once

#include "app/model/device_list.h"
#include "app/model/phone_words.h"

#define PL_TYPE_PHONE_WATCH (pl_phone_watch_get_type ())
G_DECLARE_FINAL_TYPE (PlPhoneWatch, pl_phone_watch, PL, PHONE_WATCH, GObject)

/** PL_PHONE_WATCH_PATIENCE_S: so long nothing need be wrong where nothing was seen. */
#define PL_PHONE_WATCH_PATIENCE_S 60

/** PlPhoneWatch::changed: what is seen is something else now. That time goes by is not told. */

/** pl_phone_watch_new: @devices: of which those that are there are known; a reference is kept. */
PlPhoneWatch *pl_phone_watch_new (PlDeviceList *devices);

/**
 * pl_phone_watch_begin:
 * @now_us: wall clock
 *
 * Somebody takes a phone to connect it: what was seen before is forgotten. From now on a device
 * that is known may be that phone, too, if it comes anew and as one that connects.
 */
void pl_phone_watch_begin (PlPhoneWatch *watch, gint64 now_us);

/** pl_phone_watch_rest: nobody is waited for; what was seen is forgotten, and all devices that are
 * there are known. Somebody new is noticed all the same. */
void pl_phone_watch_rest (PlPhoneWatch *watch);

/** pl_phone_watch_note: for the engine: @record, which the devices know of already. @is_outside: it
 * is of somebody who is not at home. */
void pl_phone_watch_note (PlPhoneWatch *watch, const PlRecord *record, gboolean is_outside);

/** pl_phone_watch_note_turned_away: for the engine: whom the door did not let in. */
void pl_phone_watch_note_turned_away (PlPhoneWatch *watch, const PlTurnedAwayList *list);

/** pl_phone_watch_tell: for the engine: the batch is over: #PlPhoneWatch::changed is emitted if
 * due. */
void pl_phone_watch_tell (PlPhoneWatch *watch);

/** pl_phone_watch_get_sight: @now_us: wall clock. */
PlPhoneSight pl_phone_watch_get_sight (PlPhoneWatch *watch, gint64 now_us);

/** pl_phone_watch_get_phone: (transfer none) (nullable): the last that has arrived; it may have
 * met with trouble since. */
PlDeviceItem *pl_phone_watch_get_phone (PlPhoneWatch *watch);

/** pl_phone_watch_dup_words: (transfer full): what happened, then what to do, of what
 * pl_phone_watch_get_sight() says; empty for %PL_PHONE_IDLE. */
char *pl_phone_watch_dup_words (PlPhoneWatch *watch, gint64 now_us);
