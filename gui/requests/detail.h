/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All that is known of one request: how it ended, what took how long, and its headers. Takes the
 * actions `requests.hide`, `.copy-url` and `.copy-curl` from where it is put. */

#pragma once

#include <gtk/gtk.h>

#include "app/model/device_list.h"
#include "app/model/request_item.h"

#define PL_TYPE_REQUEST_DETAIL (pl_request_detail_get_type ())
G_DECLARE_FINAL_TYPE (PlRequestDetail, pl_request_detail, PL, REQUEST_DETAIL, GtkBox)

/** pl_request_detail_set_devices: by whose names people know who asked; called once, and they
 * outlive it. */
void pl_request_detail_set_devices (PlRequestDetail *detail, PlDeviceList *devices);

/** pl_request_detail_set_item: @item: (nullable): a reference is taken; what comes of it later is
 * shown as well. */
void pl_request_detail_set_item (PlRequestDetail *detail, PlRequestItem *item);
