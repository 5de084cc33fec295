/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what is so to what is told of it: the lamp and two lines of text. Nothing here looks at
 * anything but what it is given. */

#pragma once

#include "app/engine/runner.h"
#include "app/model/lamp.h"
#include "app/model/trouble.h"

/**
 * PlSituation: what is so.
 * @run: the state of what runs
 * @exposure: who may come in
 * @world: what the internet may see, where it may come in
 * @is_looking: nobody has said yet where Immich is, and none was found
 * @was_seen_outside: somebody has come in from the internet, so that it is known to work
 * @has_demo: the demo stands in for an Immich
 * @n_devices_today: other devices that were here
 * @is_guessed: strangers guess passwords and have to wait now
 * @trouble: (nullable): the gravest there is; borrowed
 * @has_fault: some trouble, not necessarily the gravest, keeps photos from being reached
 */
typedef struct
{
  PlRunState run;
  PlExposure exposure;
  PlDoorRule world;
  gboolean is_looking;
  gboolean was_seen_outside;
  gboolean has_demo;
  guint n_devices_today;
  gboolean is_guessed;
  PlTrouble *trouble;
  gboolean has_fault;
} PlSituation;

PlLamp pl_situation_get_lamp (const PlSituation *situation);

/** pl_situation_get_words: (transfer none): all in one sentence: `Your photos can be reached from
 * your network`. */
const char *pl_situation_get_words (const PlSituation *situation);

/** pl_situation_dup_detail: (transfer full): the line below; may be empty. */
char *pl_situation_dup_detail (const PlSituation *situation);

/** pl_situation_tells_of_guessers: whether that line is about strangers who guess passwords. */
gboolean pl_situation_tells_of_guessers (const PlSituation *situation);
