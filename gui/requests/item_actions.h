/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected request, as actions. */

#pragma once

#include "app/model/device_list.h"
#include "gui/kit/toast.h"
#include "gui/requests/list.h"

/**
 * pl_item_actions_add:
 * @group: gets `copy-url`, `copy-curl` and `only-device`, which sets its action `device`; they are
 *   enabled while there is a request for them
 * @list: whose selected request it is
 * @devices: borrowed, like all others
 * @toast: what says that something was copied
 */
void pl_item_actions_add (GSimpleActionGroup *group,
                          PlRequestList *list,
                          PlDeviceList *devices,
                          PlToast *toast);
