/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The devices to choose from, as a menu. Each sets the action `requests.device` to its address as
 * text, all of them together to an empty one. */

#pragma once

#include <gio/gio.h>

#include "app/model/device_list.h"

/** pl_device_menu_new: (transfer full): it changes with @devices, which must live as long. */
GMenuModel *pl_device_menu_new (PlDeviceList *devices);

/** pl_device_menu_find: (transfer none) (nullable): the device that @key, the action's state, is.
 */
PlDeviceItem *pl_device_menu_find (PlDeviceList *devices, const char *key);
