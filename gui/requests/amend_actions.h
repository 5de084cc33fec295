/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Remedies for requests that were kept out at the door: one entry more in the settings. */

#pragma once

#include "app/engine/engine.h"
#include "gui/requests/list.h"

/**
 * pl_amend_actions_add:
 * @group: gets actions that ask before they do anything, and are enabled while the selected request
 *   would have passed, and is not yet seen to: `allow`, where the page of a share link asked for
 * it; `trust-proxy`, where it came by a proxy nearby whose word is not believed
 * @list: whose selected request it is; borrowed, like all others
 */
void pl_amend_actions_add (GSimpleActionGroup *group, PlRequestList *list, PlEngine *engine);
