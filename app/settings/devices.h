/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The devices that were turned away, as `[door] turned-away=` says it. */

#pragma once

#include "app/settings/settings.h"
#include "net/proxy/proxy.h"

/** pl_settings_dup_turned_away: (transfer full): who was turned away; may be empty. */
PlTrust *pl_settings_dup_turned_away (const PlSettings *settings);

/** pl_settings_turn_away: puts @device at the end of those, if it is not one of them. */
void pl_settings_turn_away (PlSettings *settings, const PlAddress *device);

/** pl_settings_let_in_again: takes @device out, however it is spelt there; networks that it is in
 * stay. */
void pl_settings_let_in_again (PlSettings *settings, const PlAddress *device);
