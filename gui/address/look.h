/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A look at addresses of Immich before a setting takes them: those of one text at a time. */

#pragma once

#include "app/engine/engine.h"
#include "app/finder/judge.h"

typedef struct _PlAddressLook PlAddressLook;

/** PlAddressLookFunc: who is there is known now; @judgment: borrowed: on the whole list. */
typedef void (*PlAddressLookFunc) (const PlJudgment *judgment, gpointer user_data);

/** pl_address_look_new: (transfer full): @done is never called before pl_address_look_start()
 * returns. */
PlAddressLook *pl_address_look_new (PlEngine *engine, PlAddressLookFunc done, gpointer user_data);

/** pl_address_look_free: its function is not called any more. */
void pl_address_look_free (PlAddressLook *look);

/**
 * pl_address_look_start: see pl_judge_list_async()
 * @group: of the upstream that it would be for: what it says of certificates holds
 *
 * Nothing happens where @text is what is looked at, or was last; another look ends.
 */
void
pl_address_look_start (PlAddressLook *look, const char *group, const char *text, const char *known);

/** pl_address_look_cancel: as if nothing had been looked at. */
void pl_address_look_cancel (PlAddressLook *look);

/** pl_address_look_is_under_way: whether it is not known yet who is there. */
gboolean pl_address_look_is_under_way (PlAddressLook *look);

/** pl_address_look_get_doubt: (transfer none) (nullable): what was found out last, where it may be
 * insisted on. */
const PlJudgment *pl_address_look_get_doubt (PlAddressLook *look);
