/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the internet may see where it may come in: as it is set, and in words, which are the same
 * in window, tray and daemon. */

#pragma once

#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

/** pl_world_get_rule: what it may see. */
PlDoorRule pl_world_get_rule (const PlSettings *settings);

/** pl_world_choose: has it be @rule, in @settings. */
void pl_world_choose (PlSettings *settings, PlDoorRule rule);

/** pl_world_is_chosen: whether somebody has said what it may see, be it what holds initially. */
gboolean pl_world_is_chosen (const PlSettings *settings);

/** pl_world_is_news: whether the internet may come in by settings from before there was this
 * choice: then it sees less than it did, and somebody should be told. */
gboolean pl_world_is_news (const PlSettings *settings);

/** pl_world_get_words: (transfer none): a sentence without its full stop: `The internet may open
 * what you shared by link`. */
const char *pl_world_get_words (PlDoorRule rule);
