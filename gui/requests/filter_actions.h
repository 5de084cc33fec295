/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be seen, as actions: for chips, menus and keys alike. */

#pragma once

#include <gio/gio.h>

#include "app/model/device_list.h"
#include "app/model/request_filter.h"

/**
 * pl_filter_actions_add:
 * @map: gets the switches `errors`, `uploads`, `media`, `pages` and `live`, and `device`, whose
 * state is a key of device_menu.h
 * @filter, @devices: borrowed, and must live as long as @map
 */
void pl_filter_actions_add (GActionMap *map, PlRequestFilter *filter, PlDeviceList *devices);

/** pl_filter_actions_reset: all switches off, all devices. */
void pl_filter_actions_reset (GActionGroup *group);
