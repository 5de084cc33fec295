/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To let through what the page of a share link asked for in vain. */

#pragma once

#include "app/engine/engine.h"
#include "gui/requests/list.h"

/**
 * pl_allow_action_add:
 * @group: gets `allow`, which is enabled while the selected request can be let through for guests
 *   from now on, and is not yet; it asks before it does
 * @list: whose selected request it is; borrowed, like all others
 */
void pl_allow_action_add (GSimpleActionGroup *group, PlRequestList *list, PlEngine *engine);
