/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The devices that were seen, as a file that is kept from run to run. */

#pragma once

#include <gio/gio.h>

#include "app/model/device_item.h"

/** pl_device_file_dup: (transfer full): @devices: a model of #PlDeviceItem. */
char *pl_device_file_dup (GListModel *devices, gsize *length);

/** pl_device_file_read: (transfer full): the devices in @data, of #PlDeviceItem; what cannot be
 * read is passed over. */
GPtrArray *pl_device_file_read (const char *data, gsize length);
